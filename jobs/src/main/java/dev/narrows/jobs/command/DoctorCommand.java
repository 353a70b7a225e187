package dev.narrows.jobs.command;

import dev.narrows.engine.Host;
import dev.narrows.files.Folder;
import dev.narrows.files.Reason;
import dev.narrows.jobs.cluster.Cluster;
import dev.narrows.jobs.cluster.ExecutorProbe;
import dev.narrows.jobs.cluster.ExecutorReport;
import dev.narrows.jobs.cluster.Executors;
import dev.narrows.jobs.folder.ResultsFolder;
import dev.narrows.jobs.preflight.Finding;
import dev.narrows.jobs.preflight.OpenedStudy;
import dev.narrows.jobs.preflight.Preflight;
import dev.narrows.jobs.preflight.ResultsFindings;
import dev.narrows.jobs.preflight.TimeFindings;
import dev.narrows.jobs.show.Numbers;
import dev.narrows.jobs.show.Terminal;
import dev.narrows.study.BadInput;
import dev.narrows.study.DataSpec;
import dev.narrows.study.Precision;
import dev.narrows.study.Study;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code narrows doctor}: checks that trials can run here and on every executor of a cluster. */
@Command(name = "doctor", resourceBundle = "dev.narrows.jobs.Help", mixinStandardHelpOptions = true)
public final class DoctorCommand implements Callable<Integer> {
    private final Terminal terminal;
    private boolean ill;

    @Parameters(
            arity = "0..1",
            paramLabel = "STUDY",
            description = "a study file or results folder, whose images, results folder and memory are checked too")
    private Optional<String> file = Optional.empty();

    @Option(names = "--master", paramLabel = "URL", description = "Spark's master, such as spark://host:7077")
    private Optional<String> master = Optional.empty();

    @Mixin
    private StudyOptions options = new StudyOptions();

    public DoctorCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        options.reach();
        Optional<StudyPlace> place = file.map(options::place);
        Optional<Study> study = place.map(StudyPlace::study);
        int threads = study.map(Study::threads).orElse(1);
        Optional<String> results = place.map(StudyPlace::folderName).or(options::output);
        ExecutorReport here = new ExecutorProbe(threads, List.of(), Optional.empty()).here();
        tell(here);
        say(
                true,
                "%s per trial and %s here: %s at once in this process"
                        .formatted(
                                Numbers.counted(threads, "thread"),
                                Numbers.counted(Runtime.getRuntime().availableProcessors(), "core"),
                                Numbers.counted(Cluster.slotsHere(threads), "trial")));
        Optional<OpenedStudy> opened = study.flatMap(given -> preflight(given, threads));
        Optional<Folder> folder = results.flatMap(this::folder);
        if (folder.isPresent() && study.isPresent()) {
            results(new ResultsFolder(results.get()), study.get(), opened);
        }
        if (master.isPresent() || System.getProperty("spark.master") != null) {
            List<String> data = study.stream()
                    .flatMap(given -> given.data().stream())
                    .map(DataSpec::source)
                    .filter(source -> !source.startsWith("bundled:"))
                    .distinct()
                    .toList();
            executors(here, study.map(Study::name).orElse("doctor"), threads, data, folder, opened);
        }
        return ill ? 1 : 0;
    }

    private Optional<OpenedStudy> preflight(Study study, int threads) {
        try {
            OpenedStudy opened = OpenedStudy.wholly(study);
            Preflight.of(opened, Cluster.conf(study.name(), master, Optional.empty(), threads))
                    .findings()
                    .forEach(this::tell);
            return Optional.of(opened);
        } catch (BadInput e) {
            e.problems().forEach(problem -> say(false, problem));
            return Optional.empty();
        }
    }

    /** What a run would meet in the results folder, and the time of the trials that have not ended. */
    private void results(ResultsFolder folder, Study study, Optional<OpenedStudy> opened) {
        try {
            ResultsFindings results = ResultsFindings.of(folder, study);
            results.findings().forEach(this::tell);
            opened.map(OpenedStudy::planned)
                    .filter(planned -> !planned.data().isEmpty())
                    .ifPresent(planned ->
                            tell(new TimeFindings(planned, planned.trials(Host.resolve(Precision.AUTO)), results)
                                    .fact(Cluster.conf(study.name(), master, Optional.empty(), study.threads()))));
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
        try (Cluster spark = Cluster.start(name, master, Optional.empty(), threads, terminal::note, () -> false)) {
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
                            "Cannot share results in %s: files written by %s are not visible here; use a shared disk, hdfs:// or s3a://"
                                    .formatted(results.get(), executor));
                }
            });
        } catch (BadInput e) {
            e.problems().forEach(problem -> say(false, problem));
        }
    }

    private void tell(ExecutorReport report) {
        String gpus = report.gpus().isEmpty() ? "" : ", GPU " + String.join(", ", report.gpus());
        String memory = report.memoryBytes() == Long.MAX_VALUE ? "memory unknown" : Numbers.bytes(report.memoryBytes());
        say(
                report.problems().isEmpty(),
                "%s: Java %s, Spark %s, PyTorch %s, %s, %s%s"
                        .formatted(
                                report.name(),
                                report.java(),
                                report.spark(),
                                report.engine(),
                                report.platform(),
                                memory,
                                gpus));
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
        ill |= finding.severity() == Finding.Severity.ERROR;
        new FindingLines(terminal).check(finding);
    }
}
