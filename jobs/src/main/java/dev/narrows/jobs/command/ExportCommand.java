package dev.narrows.jobs.command;

import dev.narrows.data.Dataset;
import dev.narrows.data.Datasets;
import dev.narrows.engine.TrainedNetwork;
import dev.narrows.jobs.cluster.HadoopSettings;
import dev.narrows.jobs.folder.ResultsFolder;
import dev.narrows.jobs.folder.UnreadableFiles;
import dev.narrows.jobs.plan.PlannedStudy;
import dev.narrows.jobs.show.Numbers;
import dev.narrows.jobs.show.Terminal;
import dev.narrows.results.TrialRow;
import dev.narrows.space.Variant;
import dev.narrows.study.BadInput;
import dev.narrows.study.Measure;
import dev.narrows.study.Study;
import dev.narrows.tradeoff.Quality;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
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
        Map<String, Variant> variants = PlannedStudy.of(study).variantsById();
        TrialRow trial = trial(folder, variants, study);
        Variant variant = variants.get(trial.variantId());
        if (variant == null) {
            throw new BadInput("Cannot export trial %s: its variant, %s, is not in the current grid of %s"
                    .formatted(trial.trialId(), trial.variant(), given));
        }
        byte[] archive = folder.weights().read(trial.trialId()).orElseThrow(() -> notKept(trial, place, study));
        Dataset data = Datasets.open(trial.data(), HadoopSettings.here());
        byte[] network = format.write(trained(folder, trial, variant, archive), study.name(), notes(trial, data));
        WholeFile.write(target, network);
        tell(trial, variant, data);
        return 0;
    }

    private TrialRow trial(ResultsFolder folder, Map<String, Variant> variants, Study study) {
        UnreadableFiles unreadable = new UnreadableFiles();
        List<TrialRow> rows = folder.journal().rows(unreadable::row);
        unreadable.notes().forEach(terminal::note);
        List<TrialRow> named =
                rows.stream().filter(row -> row.trialId().startsWith(wanted)).toList();
        if (named.size() == 1) {
            return named.get(0);
        }
        Optional<Set<String>> now = folder.trials().map(Set::copyOf);
        List<TrialRow> own = rows.stream()
                .filter(row -> now.isEmpty() || now.get().contains(row.trialId()))
                .toList();
        Measure quality = Quality.ofRows(study.objectives(), own);
        List<TrialRow> best = variants.values().stream()
                .filter(variant ->
                        variant.label().equals(wanted) || variant.id().startsWith(wanted))
                .flatMap(variant -> own.stream()
                        .filter(row -> row.variantId().equals(variant.id()))
                        .filter(row -> !Double.isNaN(Quality.of(row, quality)))
                        .max(Comparator.comparingDouble(row -> Quality.of(row, quality)))
                        .stream())
                .toList();
        if (best.size() != 1) {
            throw new BadInput(("Cannot find '%s' in %s: %d of its %d trials and %d of its variants with a completed"
                            + " trial have this label or id prefix")
                    .formatted(wanted, folder, named.size(), rows.size(), best.size()));
        }
        return best.get(0);
    }

    private BadInput notKept(TrialRow trial, StudyPlace place, Study study) {
        return new BadInput(
                "Cannot export trial %s (%s): its weights were not kept; %s --set keep-weights=all trains it again"
                        .formatted(
                                trial.trialId(),
                                trial.variant(),
                                RunAgain.command(trial, place.studyFile(), Optional.of(study))));
    }

    private static TrainedNetwork trained(ResultsFolder folder, TrialRow trial, Variant variant, byte[] archive) {
        try {
            return TrainedNetwork.of(variant.network(), variant.input(), archive);
        } catch (IOException e) {
            throw new BadInput("Cannot read the weights in %s: %s"
                    .formatted(folder.weights().file(trial.trialId()), e.getMessage()));
        }
    }

    private static Map<String, String> notes(TrialRow trial, Dataset data) {
        Map<String, String> notes = new LinkedHashMap<>();
        notes.put("narrows.study", trial.study());
        notes.put("narrows.trial_id", trial.trialId());
        notes.put("narrows.variant_id", trial.variantId());
        notes.put("narrows.variant", trial.variant());
        notes.put("narrows.seed", Long.toString(trial.seed()));
        notes.put("narrows.final_validation_accuracy", Double.toString(Quality.of(trial, Measure.VALIDATION_ACCURACY)));
        notes.put("narrows.mean", figures(data.mean()));
        notes.put("narrows.deviation", figures(data.deviation()));
        notes.put("narrows.classes", String.join(",", data.classNames()));
        return notes;
    }

    private void tell(TrialRow trial, Variant variant, Dataset data) {
        var input = variant.input();
        terminal.say("%s: %s, seed %d, validation accuracy %s"
                .formatted(
                        target,
                        trial.variant(),
                        trial.seed(),
                        Numbers.percent(Quality.of(trial, Measure.VALIDATION_ACCURACY))));
        terminal.say(("input: fp32 images (N, %d, %d, %d), pixels from 0 to 1, minus %s, divided by %s (one"
                        + " figure per channel)")
                .formatted(
                        input.channels(),
                        input.height(),
                        input.width(),
                        figures(data.mean()),
                        figures(data.deviation())));
        terminal.say("output: a score for each of %d classes: %s"
                .formatted(data.classes(), String.join(", ", data.classNames())));
    }

    private static String figures(List<Double> figures) {
        return figures.stream()
                .map(figure -> String.format(Locale.ENGLISH, "%.6f", figure))
                .collect(Collectors.joining(" "));
    }
}
