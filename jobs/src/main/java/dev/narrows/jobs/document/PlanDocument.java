package dev.narrows.jobs.document;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@Meaning("Output of narrows plan.")
public record PlanDocument(
        @Meaning("Name of the study.") String study,
        @Meaning("Its results folder.") String folder,

        @Meaning("True where narrows run refuses the study; the exit code is 2.")
        boolean refused,

        @Meaning("The trials to run; null for a study that only plans.") @Nullable
        Forecast forecast,

        @Meaning("Everything that is known of the study before it runs.")
        List<FindingDocument> findings,

        @Meaning("Variants, then rejected points: the columns of CSV, without the knobs of other families.")
        List<Map<String, @Nullable Object>> points) {
    public PlanDocument {
        findings = List.copyOf(findings);
        points = List.copyOf(points);
    }

    @Meaning("Time and space of the trials that have not ended.")
    public record Forecast(
            @Meaning("Number of these trials.") long trials,

            @Meaning("Seconds that few studies go below; null on GPUs, where no trial has been timed.") @Nullable
            Long secondsLow,

            @Meaning("Seconds that few studies exceed; null likewise.") @Nullable
            Long secondsHigh,

            @Meaning("Seconds of the latency pass after them; null likewise.") @Nullable
            Long latencySeconds,

            @Meaning("Trials at once that the seconds count with; null likewise.") @Nullable
            Long slots,

            @Meaning("Bytes of memory that a training step of the largest trial needs.")
            long memoryBytes,

            @Meaning("Bytes on disk.") long diskBytes) {
        /** The forecast from the numbers of a finding about time. */
        public static Forecast of(Map<String, Long> values) {
            return new Forecast(
                    values.getOrDefault("trials", 0L),
                    values.get("seconds_low"),
                    values.get("seconds_high"),
                    values.get("seconds_latency"),
                    values.get("slots"),
                    values.getOrDefault("memory", 0L),
                    values.getOrDefault("disk", 0L));
        }
    }
}
