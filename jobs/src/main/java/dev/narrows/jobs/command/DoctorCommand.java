package dev.narrows.jobs.command;

import dev.narrows.files.Folder;
import dev.narrows.files.Reason;
import dev.narrows.jobs.cluster.Cluster;
import dev.narrows.jobs.cluster.ComputePlace;
import dev.narrows.jobs.cluster.ExecutorProbe;
import dev.narrows.jobs.cluster.ExecutorReport;
import dev.narrows.jobs.cluster.Executors;
import dev.narrows.jobs.cluster.SparkEnd;
import dev.narrows.jobs.cluster.StudyDevices;
import dev.narrows.jobs.document.DoctorDocument;
import dev.narrows.jobs.document.FindingDocument;
import dev.narrows.jobs.folder.ResultsFolder;
import dev.narrows.jobs.preflight.Finding;
import dev.narrows.jobs.preflight.OpenedStudy;
import dev.narrows.jobs.preflight.Preflight;
import dev.narrows.jobs.preflight.ResultsFindings;
import dev.narrows.jobs.preflight.TimeFindings;
import dev.narrows.jobs.run.GpuOptions;
import dev.narrows.jobs.show.Numbers;
import dev.narrows.jobs.show.Terminal;
import dev.narrows.study.BadInput;
import dev.narrows.study.DataSpec;
import dev.narrows.study.Study;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.SparkConf;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code narrows doctor}: checks that trials can run here and on every executor of a cluster. */
@Command(name = "doctor", resourceBundle = "dev.narrows.jobs.Help", mixinStandardHelpOptions = true)
public final class DoctorCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final List<DoctorDocument.Check> checks = new ArrayList<>();
    private boolean ill;

    @Parameters(
            arity = "0..1",
            paramLabel = "STUDY",
            description = "a study file or results folder, whose images, results folder and memory are checked too")
    private Optional<String> file = Optional.empty();

    @Option(names = "--master", paramLabel = "URL", description = "Spark's master, such as spark://host:7077")
    private Optional<String> master = Optional.empty();

    @Mixin
    private GpuOptions gpus = new GpuOptions();

    @Mixin
    private StudyOptions options = new StudyOptions();

    @Mixin
    private FormatOption format = new FormatOption();

    private ComputePlace where = ComputePlace.ANY;

    public DoctorCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        options.reach();
        where = gpus.place(master, Optional.empty(), terminal::note);
        Optional<StudyPlace> place = file.map(options::place);
        Optional<Study> study = place.map(StudyPlace::study);
        // Before the first line is written, because the command then starts anew.
        study.ifPresent(Preflight::askForLibraries);
        int threads = study.map(Study::threads).orElse(1);
        Optional<String> results = place.map(StudyPlace::folderName).or(options::output);
        ExecutorProbe probe = new ExecutorProbe(threads, List.of(), Optional.empty());
        // With --gpus no trial runs here, and the library for CUDA is the executors'.
        ExecutorReport here = where.gpus().isPresent() ? probe.withoutEngine() : probe.here();
        tell(here);
        Optional<OpenedStudy> opened = study.flatMap(this::preflight);
        say(true, slots(threads));
        GpuOptions.unused(where).ifPresent(line -> say(true, line));
        Optional<Folder> folder = results.flatMap(this::folder);
        if (folder.isPresent() && study.isPresent()) {
            results(new ResultsFolder(results.get()), study.get(), opened);
        }
        if (where.gpus().isPresent() || master.isPresent() || System.getProperty("spark.master") != null) {
            List<String> data = study.stream()
                    .flatMap(given -> given.data().stream())
                    .map(DataSpec::source)
                    .filter(source -> !source.startsWith("bundled:"))
                    .distinct()
                    .toList();
            executors(here, study.map(Study::name).orElse("doctor"), threads, data, folder, opened);
        }
        format.print(terminal, () -> new DoctorDocument(!ill, checks), () -> checks, () -> {});
        return ill ? 1 : 0;
    }

    private String slots(int threads) {
        String each = Numbers.counted(threads, "thread") + " per trial";
        return where.gpus()
                .map(gpus -> "%s, %s at once on each of %s"
                        .formatted(each, Numbers.counted(gpus.trialsAtOnce(), "trial"), gpus.named()))
                .orElseGet(() -> "%s and %s here: %s at once in this process"
                        .formatted(
                                each,
                                Numbers.counted(Runtime.getRuntime().availableProcessors(), "core"),
                                Numbers.counted(Cluster.slotsHere(threads), "trial")));
    }

    private Optional<OpenedStudy> preflight(Study study) {
        try {
            SparkConf conf = Cluster.conf(study.name(), where, study.threads());
            OpenedStudy opened = OpenedStudy.wholly(study).on(StudyDevices.of(where.gpus(), conf));
            where = opened.planned().fitted(where);
            Preflight.of(opened, Cluster.conf(study.name(), where, study.threads()))
                    .findings()
                    .forEach(this::tell);
            return Optional.of(opened);
        } catch (BadInput e) {
            e.problems().forEach(problem -> say(false, problem));
            return Optional.empty();
        }
    }

    /** Findings of the results folder as a run would meet it, and the time of the trials that have not ended. */
    private void results(ResultsFolder folder, Study study, Optional<OpenedStudy> opened) {
        try {
            ResultsFindings results = ResultsFindings.of(folder, study);
            results.findings().forEach(this::tell);
            opened.map(OpenedStudy::planned)
                    .filter(planned -> !planned.data().isEmpty())
                    .ifPresent(planned -> tell(new TimeFindings(planned, planned.candidates(), results).fact(where)));
        } catch (BadInput e) {
            e.problems().forEach(problem -> say(false, problem));
        }
    }

    private Optional<Folder> folder(String given) {
        try {
            ResultsFolder results = new ResultsFolder(given);
            Folder folder = Folder.at(results.address(), results.settings());
            String trace = "_doctor";
            folder.write(trace, "");
            folder.delete(trace);
            say(true, "Results can be written into " + results);
            return Optional.of(folder);
        } catch (RuntimeException e) {
            say(false, "Cannot write results into %s: %s".formatted(given, Reason.of(e)));
            return Optional.empty();
        }
    }

    private void executors(
            ExecutorReport here,
            String name,
            int threads,
            List<String> data,
            Optional<Folder> results,
            Optional<OpenedStudy> opened) {
        try (Cluster spark = Cluster.start(name, where, threads, terminal::note, () -> false)) {
            if (spark.isHere()) {
                return;
            }
            Map<String, ExecutorReport> reports =
                    new ExecutorProbe(threads, data, results.map(Folder::address)).everywhere(spark.spark());
            say(
                    true,
                    "Spark at %s gives %s and %s at once"
                            .formatted(
                                    spark.spark().master(),
                                    Numbers.counted(reports.size(), "executor"),
                                    Numbers.counted(spark.slots(), "trial")));
            List<String> unseen =
                    results.map(folder -> ExecutorProbe.unseen(folder, reports)).orElse(List.of());
            int cores = Executors.cores(spark.spark()).stream()
                    .max(Integer::compare)
                    .orElse(threads);
            reports.forEach((executor, report) -> {
                tell(report);
                opened.flatMap(study -> Preflight.onExecutor(
                                study.planned(), spark.spark().getConf(), executor, report.memoryBytes(), cores))
                        .ifPresent(this::tell);
                if (!report.java().equals(here.java()) || !report.spark().equals(here.spark())) {
                    boolean sparks = report.spark().equals(here.spark());
                    say(
                            sparks,
                            "%s has Java %s and Spark %s, and the driver has Java %s and Spark %s%s"
                                    .formatted(
                                            executor,
                                            report.java(),
                                            report.spark(),
                                            here.java(),
                                            here.spark(),
                                            sparks ? "" : ": build with -Dspark.version=" + report.spark()));
                }
                if (report.problems().isEmpty() && unseen.contains(executor)) {
                    say(
                            false,
                            ("Cannot share results in %s: files written by %s are not visible here; use a"
                                            + " shared disk, hdfs:// or s3a://")
                                    .formatted(results.get(), executor));
                }
            });
        } catch (BadInput e) {
            e.problems().forEach(problem -> say(false, problem));
        } catch (RuntimeException e) {
            say(false, SparkEnd.reason().orElseThrow(() -> e));
        }
    }

    private void tell(ExecutorReport report) {
        String gpus = report.gpus().isEmpty() ? "" : ", GPU " + String.join(", ", report.gpus());
        String memory = report.memoryBytes() == Long.MAX_VALUE ? "memory unknown" : Numbers.bytes(report.memoryBytes());
        say(
                report.problems().isEmpty(),
                "%s: Java %s, Spark %s, %s%s, %s%s"
                        .formatted(
                                report.name(),
                                report.java(),
                                report.spark(),
                                report.engine().isEmpty() ? "" : "PyTorch %s, ".formatted(report.engine()),
                                report.platform(),
                                memory,
                                gpus));
        report.readings().forEach(gpu -> say(true, "%s: %s".formatted(report.name(), gpu)));
        report.problems().forEach(problem -> say(false, "%s: %s".formatted(report.name(), problem)));
    }

    private void say(boolean well, String sentence) {
        tell(new Finding(
                well ? Finding.Severity.FACT : Finding.Severity.ERROR,
                Finding.Topic.CLUSTER,
                "",
                sentence,
                Map.of(),
                ""));
    }

    private void tell(Finding finding) {
        boolean passed = finding.severity() != Finding.Severity.ERROR;
        ill |= !passed;
        FindingDocument told = FindingLines.document(finding);
        checks.add(new DoctorDocument.Check(passed, told.message(), told.severity(), told.topic()));
        if (format.isText()) {
            new FindingLines(terminal).check(finding);
        }
    }
}
