package dev.narrows.jobs.command;

import dev.narrows.data.Dataset;
import dev.narrows.data.Datasets;
import dev.narrows.engine.TrainedNetwork;
import dev.narrows.jobs.cluster.HadoopSettings;
import dev.narrows.jobs.folder.ResultsFolder;
import dev.narrows.jobs.folder.UnreadableFiles;
import dev.narrows.jobs.plan.PlannedStudy;
import dev.narrows.jobs.show.ShellWord;
import dev.narrows.jobs.show.Terminal;
import dev.narrows.results.TrialRow;
import dev.narrows.space.Variant;
import dev.narrows.study.BadInput;
import dev.narrows.study.Measure;
import dev.narrows.study.Preparation;
import dev.narrows.study.Study;
import dev.narrows.tradeoff.Quality;
import dev.narrows.tradeoff.VariantSummary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a trained network as a file that other programs run. */
@Command(name = "export", resourceBundle = "dev.narrows.jobs.Help", mixinStandardHelpOptions = true)
public final class ExportCommand implements Callable<Integer> {
    private static final int MOST_LABELS = 5;

    private final Terminal terminal;

    @Parameters(
            paramLabel = "TRIAL",
            description = "id prefix of a trial; or label or id prefix of a variant, whose best trial is exported")
    private String wanted = "";

    @Option(names = "--study", required = true, paramLabel = "STUDY", description = "a study file or a results folder")
    private String given = "";

    @Option(names = "--format", required = true, paramLabel = "FORMAT", description = "torchscript or onnx")
    private ExportFormat format = ExportFormat.ONNX;

    @Option(names = "--to", required = true, paramLabel = "FILE", description = "file for the network")
    private Path target = Path.of("");

    @Mixin
    private StudyOptions options = new StudyOptions();

    public ExportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        options.reach();
        StudyPlace place = options.place(given);
        Study study = place.study();
        ResultsFolder folder = place.folder();
        PlannedStudy planned = PlannedStudy.of(study);
        Map<String, Variant> variants = planned.variantsById();
        TrialRow trial = trial(folder, variants, study);
        Variant variant = variants.get(trial.variantId());
        if (variant == null) {
            throw new BadInput("Cannot export trial %s: its variant, %s, is not in the current grid of %s"
                    .formatted(trial.trialId(), trial.variant(), given));
        }
        byte[] archive =
                folder.weights().read(trial.trialId()).orElseThrow(() -> notKept(trial, place, study, planned));
        ExportFacts facts =
                new ExportFacts(trial, variant, images(trial), Quality.ofRows(study.objectives(), List.of(trial)));
        byte[] network = format.write(trained(folder, trial, variant, archive), study.name(), facts.notes());
        WholeFile.write(target, network);
        facts.lines(target).forEach(terminal::say);
        return 0;
    }

    private TrialRow trial(ResultsFolder folder, Map<String, Variant> variants, Study study) {
        UnreadableFiles unreadable = new UnreadableFiles();
        List<TrialRow> rows = folder.journal().rows(unreadable::row);
        unreadable.notes().forEach(terminal::note);
        List<TrialRow> named =
                rows.stream().filter(row -> begins(row.trialId())).toList();
        if (named.size() == 1) {
            return named.get(0);
        }
        Optional<Set<String>> now = folder.trials().map(Set::copyOf);
        List<TrialRow> own = rows.stream()
                .filter(row -> now.isEmpty() || now.get().contains(row.trialId()))
                .toList();
        Measure quality = Quality.ofRows(study.objectives(), own);
        List<VariantSummary> summaries =
                VariantSummary.of(List.copyOf(variants.values()), own, List.of(), quality).stream()
                        .filter(summary -> summary.chosen().stream().anyMatch(row -> has(row, quality)))
                        .toList();
        List<VariantSummary> found = summaries.stream().filter(this::isNamed).toList();
        if (found.size() == 1) {
            return found.get(0).chosen().stream()
                    .filter(row -> has(row, quality))
                    .max(Comparator.comparingDouble(row -> Quality.of(row, quality)))
                    .orElseThrow();
        }
        throw new BadInput(("Cannot find '%s' in %s: %d of its %d trials and %d of its variants with a completed"
                        + " trial have this label or id prefix%s")
                .formatted(wanted, folder, named.size(), rows.size(), found.size(), labels(found)));
    }

    /** A label that is printed with a number of training images stands for no variant without it, but is told apart. */
    private boolean isNamed(VariantSummary summary) {
        return summary.label().equals(wanted)
                || summary.label().equals(wanted + summary.count())
                || begins(summary.id());
    }

    private boolean begins(String id) {
        return !wanted.isEmpty() && id.startsWith(wanted);
    }

    private static boolean has(TrialRow row, Measure quality) {
        return !Double.isNaN(Quality.of(row, quality));
    }

    private static String labels(List<VariantSummary> found) {
        return found.isEmpty()
                ? ""
                : ": "
                        + found.stream()
                                .limit(MOST_LABELS)
                                .map(summary -> "'" + summary.label() + "'")
                                .collect(Collectors.joining(", "))
                        + (found.size() > MOST_LABELS ? ", …" : "");
    }

    /** The images that the trial was trained on, whose figures a program that runs the network needs. */
    private Dataset images(TrialRow trial) {
        Dataset images = Datasets.open(trial.data(), HadoopSettings.here());
        String recorded = trial.dataFingerprint();
        if (recorded == null || recorded.equals(images.fingerprint())) {
            return images;
        }
        if (trial.data().preparation().corrupt() == Preparation.Corrupt.REFUSE) {
            throw new BadInput(("Cannot export trial %s: its images have changed (%s has fingerprint %s instead of %s),"
                            + " and with them the figures that pixels are normalised by; put them back, or train it"
                            + " again")
                    .formatted(trial.trialId(), trial.data().source(), images.fingerprint(), recorded));
        }
        // An image that may be left out goes into the fingerprint by its place, so that this is no proof.
        terminal.note(("The images of trial %s may have changed (%s has fingerprint %s instead of %s): mean, deviation"
                        + " and names of classes are those of the images there")
                .formatted(trial.trialId(), trial.data().source(), images.fingerprint(), recorded));
        return images;
    }

    private BadInput notKept(TrialRow trial, StudyPlace place, Study study, PlannedStudy planned) {
        boolean current = planned.trials().stream().anyMatch(one -> one.id().equals(trial.trialId()));
        List<String> overrides = new ArrayList<>(options.overrides());
        overrides.addAll(RunAgain.overrides(trial, current ? Optional.of(study) : Optional.empty()));
        overrides.add("keep-weights=all");
        return new BadInput(("Cannot export trial %s (%s): its weights were not kept; train it again and export that:"
                        + " %s && narrows export %s --study %s --format %s --to %s")
                .formatted(
                        trial.trialId(),
                        trial.variant(),
                        RunAgain.command(trial, place.studyFile(), overrides),
                        trial.trialId(),
                        RunAgain.folder(trial),
                        format.name().toLowerCase(Locale.ROOT),
                        ShellWord.of(target.toString())));
    }

    private static TrainedNetwork trained(ResultsFolder folder, TrialRow trial, Variant variant, byte[] archive) {
        try {
            return TrainedNetwork.of(variant.network(), variant.input(), archive);
        } catch (IOException e) {
            throw new BadInput("Cannot read the weights in %s: %s"
                    .formatted(folder.weights().file(trial.trialId()), e.getMessage()));
        }
    }
}
