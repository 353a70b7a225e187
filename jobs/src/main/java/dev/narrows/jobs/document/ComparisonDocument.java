package dev.narrows.jobs.document;

import dev.narrows.tradeoff.Agreement;
import dev.narrows.tradeoff.Interval;
import dev.narrows.tradeoff.LatencyAgreement;
import dev.narrows.tradeoff.Proxy;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

@Meaning("Output of narrows compare: of two trials, two variants or two studies. Differences are the second"
        + " minus the first.")
public record ComparisonDocument(
        @Meaning("The first of the two: a trial, variant or folder.")
        String first,

        @Meaning("The second.") String second,

        @Meaning("The first variant; null for studies.") @Nullable
        VariantDocument firstVariant,

        @Meaning("The second variant; null for studies.") @Nullable
        VariantDocument secondVariant,

        @Meaning("Quality of the second variant against the first, or of the best variants of both"
                + " studies; null where both are the same variant, or there is none.")
        @Nullable
        DifferenceDocument difference,

        @Meaning("Agreement of two trained networks image by image; null unless two trials are compared.") @Nullable
        ImageAgreement agreement,

        @Meaning("Variants in both studies, the best of the first study first.")
        List<CommonVariant> common,

        @Meaning("Mean difference over these variants; null where there is none.") @Nullable
        DifferenceDocument meanDifference,

        @Meaning("Kendall's rank correlation of these variants; null where it is unknown.") @Nullable
        RankAgreement rankCorrelation,

        @Meaning("Latency of the networks in both studies, by runtime and batch size.")
        List<LatencyLine> latency,

        @Meaning("Reservations about the figures.") List<String> notes) {
    public ComparisonDocument {
        common = List.copyOf(common);
        latency = List.copyOf(latency);
        notes = List.copyOf(notes);
    }

    @Meaning("Validation images that two trained networks classify correctly; it holds for these networks"
            + " and says nothing about other seeds.")
    public record ImageAgreement(
            @Meaning("Validation images; 0 where unknown.") int images,
            @Meaning("Images that both get right.") int both,

            @Meaning("Images that the first alone gets right.")
            int firstOnly,

            @Meaning("Images that the second alone gets right.")
            int secondOnly,

            @Meaning("Accuracy of the second minus that of the first, a share; null where unknown.") @Nullable
            Double difference,

            @Meaning("Its standard error from the images alone, a share.") @Nullable
            Double standardError,

            @Meaning("Reason for an unknown agreement.") @Nullable
            String reason) {
        public static ImageAgreement of(Agreement agreement) {
            boolean known = agreement.reason().isEmpty();
            return new ImageAgreement(
                    agreement.images(),
                    agreement.both(),
                    agreement.firstOnly(),
                    agreement.secondOnly(),
                    known ? agreement.difference() : null,
                    known ? agreement.standardError() : null,
                    agreement.reason().orElse(null));
        }
    }

    @Meaning("A variant that is in both studies.")
    public record CommonVariant(
            @Meaning("Label in the second study.") String variant,

            @Meaning("Validation accuracy in the first, 0 to 1.")
            double firstAccuracy,

            @Meaning("Validation accuracy in the second, 0 to 1.")
            double secondAccuracy,

            @Meaning("The second against the first.") DifferenceDocument certainty) {}

    @Meaning("A rank correlation with its 95 % interval.")
    public record RankAgreement(
            @Meaning("Kendall's tau, -1 to 1.") double correlation,

            @Meaning("Lower end of its interval; null for too few variants.") @Nullable
            Double low,

            @Meaning("Upper end of its interval.") @Nullable Double high) {
        public static @Nullable RankAgreement of(Proxy proxy) {
            return Double.isNaN(proxy.correlation())
                    ? null
                    : new RankAgreement(
                            proxy.correlation(),
                            proxy.interval().map(Interval::low).orElse(null),
                            proxy.interval().map(Interval::high).orElse(null));
        }
    }

    @Meaning("Agreement of two measurements of the same networks, as multiples of the reference kernel of each pass.")
    public record LatencyLine(
            @Meaning("Runtime of the networks: torch or onnx.")
            String runtime,

            @Meaning("Images per call.") int batchSize,

            @Meaning("Kind of device of both: cpu or gpu.") String device,

            @Meaning("Networks in both.") int networks,
            @Meaning("Median of second / first.") double ratio,

            @Meaning("Median difference, as a share of the first.")
            double medianDifference,

            @Meaning("Largest difference, as a share of the first.")
            double largestDifference,

            @Meaning("Label of the network with the largest difference.")
            String largestOf,

            @Meaning("Spearman's rank correlation, -1 to 1; null for one network.") @Nullable
            Double rankCorrelation) {
        public static LatencyLine of(LatencyAgreement agreement) {
            return new LatencyLine(
                    agreement.runtime().name().toLowerCase(Locale.ROOT),
                    agreement.batchSize(),
                    agreement.device(),
                    agreement.networks(),
                    agreement.ratio(),
                    agreement.medianDifference(),
                    agreement.largestDifference(),
                    agreement.largestOf(),
                    Double.isNaN(agreement.rankCorrelation()) ? null : agreement.rankCorrelation());
        }
    }

    /** Two studies of which only latencies are known. */
    public static ComparisonDocument ofLatency(
            String first, String second, List<LatencyAgreement> agreements, List<String> notes) {
        return new ComparisonDocument(
                first,
                second,
                null,
                null,
                null,
                null,
                List.of(),
                null,
                null,
                agreements.stream().map(LatencyLine::of).toList(),
                notes);
    }
}
