package dev.narrows.jobs.document;

import dev.narrows.results.TrialRow;
import dev.narrows.trial.Environment;
import dev.narrows.trial.Epoch;
import dev.narrows.trial.Overlap;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@Meaning("Output of narrows show.")
public record TrialDocument(
        @Meaning("Hash of all that decides the result.") String trialId,
        @Meaning("Name of the study.") String study,
        @Meaning("Results folder that it is in.") String folder,
        @Meaning("Hash of the network and its input.") String variantId,
        @Meaning("Readable label of what varies.") String variant,
        @Meaning("Family of blocks.") String family,
        @Meaning("Seed of the trial.") long seed,
        @Meaning("Outcome, as in trials.parquet.") String outcome,

        @Meaning("Reason of the end, where the trial did not complete.") @Nullable
        String message,

        @Meaning("Final validation accuracy, 0 to 1; null unless completed.") @Nullable
        Double finalValidationAccuracy,

        @Meaning("Final balanced accuracy, 0 to 1; null unless completed.") @Nullable
        Double finalValidationBalancedAccuracy,

        @Meaning("Final mean IoU, 0 to 1; null unless completed on masks.") @Nullable
        Double finalValidationMeanIou,

        @Meaning("Final Dice coefficient, 0 to 1; null unless completed on masks.") @Nullable
        Double finalValidationDice,

        @Meaning("Trainable scalars.") long params,
        @Meaning("Multiply-accumulates for one input.") long macs,

        @Meaning("Elements of all convolution outputs for one input.")
        long activations,

        @Meaning("Highest resident memory, in bytes, where the trial ran alone.") @Nullable
        Long peakMemoryBytes,

        @Meaning("Wall seconds of training.") @Nullable Double trainSeconds,
        @Meaning("Training images per second.") @Nullable Double imagesPerSecond,
        @Meaning("Start of the trial, in UTC.") String startedAt,
        @Meaning("Wall seconds from start to end.") double totalSeconds,
        @Meaning("Host that ran it.") String host,
        @Meaning("Processor or GPU of the host.") String processor,
        @Meaning("Device that ran it.") String device,
        @Meaning("Precision of the convolutions.") String precision,
        @Meaning("Intra-op threads.") int threads,
        @Meaning("Form of the computation.") @Nullable String form,

        @Meaning("Each knob of its family, by the columns of the tables.")
        Map<String, @Nullable Object> knobs,

        @Meaning("Its learning curve.") List<EpochLine> epochs,
        @Meaning("Latency of its variant.") List<LatencyDocument.Probe> latency,
        @Meaning("Command that runs it again, for a shell.") String runAgain) {
    public TrialDocument {
        knobs = Collections.unmodifiableMap(new LinkedHashMap<>(knobs));
        epochs = List.copyOf(epochs);
        latency = List.copyOf(latency);
    }

    @Meaning("One finished epoch, as in epochs.parquet.")
    public record EpochLine(
            @Meaning("Counted from 1.") int epoch,
            @Meaning("Mean loss over the epoch, in nats.") double trainLoss,

            @Meaning("Share of hits over the epoch, 0 to 1.")
            double trainAccuracy,

            @Meaning("Loss on the validation images, in nats.")
            double validationLoss,

            @Meaning("Validation accuracy, 0 to 1.") double validationAccuracy,
            @Meaning("Learning rate of its last step.") double learningRate,
            @Meaning("Wall seconds of training.") double trainSeconds) {
        static EpochLine of(Epoch epoch) {
            return new EpochLine(
                    epoch.epoch(),
                    epoch.trainLoss(),
                    epoch.trainAccuracy(),
                    epoch.validationLoss(),
                    epoch.validationAccuracy(),
                    epoch.learningRate(),
                    epoch.trainSeconds());
        }
    }

    public static TrialDocument of(
            TrialRow row, String label, List<LatencyDocument.Probe> latency, String folder, String runAgain) {
        Map<String, @Nullable Object> knobs = new LinkedHashMap<>();
        row.settings().values().forEach((knob, value) -> knobs.put(Documents.column(knob), value));
        Environment environment = row.result().environment();
        Overlap overlap = row.result().finalValidationOverlap();
        return new TrialDocument(
                row.trialId(),
                row.study(),
                folder,
                row.variantId(),
                label,
                row.family(),
                row.seed(),
                row.outcome().word(),
                row.result().message(),
                row.result().finalValidationAccuracy(),
                row.result().validationBalancedAccuracy(),
                overlap == null ? null : overlap.meanIou(),
                overlap == null ? null : overlap.dice(),
                row.cost().params(),
                row.cost().macs(),
                row.cost().activations(),
                row.result().peakMemoryBytes(),
                row.result().trainSeconds(),
                row.result().imagesPerSecond(),
                Instant.ofEpochMilli(row.result().startedAt()).toString(),
                row.result().totalSeconds(),
                environment.host(),
                environment.processor(),
                environment.device(),
                environment.precision(),
                environment.threads(),
                row.result().form(),
                knobs,
                row.result().epochs().stream().map(EpochLine::of).toList(),
                latency,
                runAgain);
    }
}
