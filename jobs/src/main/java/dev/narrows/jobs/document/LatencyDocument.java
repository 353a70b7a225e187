package dev.narrows.jobs.document;

import dev.narrows.trial.LatencyRow;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

@Meaning("Output of narrows latency.")
public record LatencyDocument(
        @Meaning("Name of the study.") String study,
        @Meaning("Its results folder.") String folder,

        @Meaning("True where the measurement was cancelled; the other rows are from before.")
        boolean cancelled,

        @Meaning("One row for each variant, runtime and batch size.")
        List<Probe> latency) {
    public LatencyDocument {
        latency = List.copyOf(latency);
    }

    @Meaning("Latency of one network at one batch size, as in latency.parquet.")
    public record Probe(
            @Meaning("Hash of the network and its input.") String variantId,
            @Meaning("Readable label of what varies.") String variant,

            @Meaning("Runtime of the network: torch or onnx.")
            String runtime,

            @Meaning("Images per call.") int batchSize,

            @Meaning("10th percentile of a call, in microseconds; null in rows of earlier versions.") @Nullable
            Double latencyP10Us,

            @Meaning("Median of a call, in microseconds.") double latencyP50Us,

            @Meaning("90th percentile of a call, in microseconds.")
            double latencyP90Us,

            @Meaning("99th percentile of a call, in microseconds.")
            double latencyP99Us,

            @Meaning("latency_p10_us as a multiple of the reference kernel of the pass; null in rows of"
                    + " earlier versions.")
            @Nullable
            Double latencyRelative,

            @Meaning("True where the interquartile range is more than a tenth of the median.")
            boolean unstable,

            @Meaning("Images of a batch by the median of a call.")
            double imagesPerSecond,

            @Meaning("Device that ran it.") String device,
            @Meaning("Host that ran it.") String host) {
        public static Probe of(LatencyRow row) {
            return new Probe(
                    row.variantId(),
                    row.variant(),
                    row.runtime().name().toLowerCase(Locale.ROOT),
                    row.batchSize(),
                    row.p10Micros(),
                    row.p50Micros(),
                    row.p90Micros(),
                    row.p99Micros(),
                    row.relative(),
                    row.unstable(),
                    row.imagesPerSecond(),
                    row.environment().device(),
                    row.environment().host());
        }
    }
}
