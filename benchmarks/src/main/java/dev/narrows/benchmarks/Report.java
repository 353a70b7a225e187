package dev.narrows.benchmarks;

import dev.narrows.cost.Cost;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The measurements as text: images per second, ratios to DJL's blocks, and what share of the machine's peak it is. */
final class Report {
    /** Forward, and the gradients of the input and of the weights: each as many multiplications. */
    private static final int PASSES_OF_TRAINING = 3;

    private static final double MILLION = 1e6;

    private final Map<String, Double> medians;
    private final Choice choice;
    private final StringBuilder text = new StringBuilder();

    Report(Map<String, Double> medians, Choice choice) {
        this.medians = medians;
        this.choice = choice;
    }

    String text() {
        for (int trials : choice.trials()) {
            line("%n%s, one thread each", trials == 1 ? "One trial" : trials + " trials at once");
            if (choice.peak()) {
                peak(trials);
            }
            for (String mode : choice.modes()) {
                table(mode, trials);
            }
        }
        return text.toString();
    }

    private void peak(int trials) {
        line(
                "peak: matrix product fp32 %.0f, bf16 %.0f GFLOP/s; copy %.1f GB/s (read and written)",
                peak("product FP32", trials) / 1000,
                peak("product BF16", trials) / 1000,
                peak("copy FP32", trials) / 1000);
    }

    private double peak(String what, int trials) {
        return medians.getOrDefault(what + " " + trials, Double.NaN);
    }

    private void table(String mode, int trials) {
        StringBuilder head = new StringBuilder("%-20s".formatted(mode + ", images/s"));
        for (Contender contender : choice.contenders()) {
            head.append("%14s".formatted(contender.word()));
        }
        for (Contender contender : ours()) {
            head.append("%20s".formatted(contender.word() + "/djl"));
        }
        for (Contender contender : ours()) {
            head.append("%20s".formatted(contender.word() + " %peak"));
        }
        line("%n%s", head);
        Map<Contender, List<Double>> ratios = new java.util.EnumMap<>(Contender.class);
        for (Variant variant : choice.variants()) {
            StringBuilder row = new StringBuilder("%-20s".formatted(variant.word()));
            for (Contender contender : choice.contenders()) {
                row.append("%14s".formatted(number("%,.0f", score(mode, variant, contender, trials))));
            }
            for (Contender contender : ours()) {
                Double own = score(mode, variant, contender, trials);
                Double djl = score(mode, variant, Contender.DJL_BLOCKS, trials);
                Double ratio = own == null || djl == null ? null : Double.valueOf(own / djl);
                if (ratio != null) {
                    ratios.computeIfAbsent(contender, c -> new ArrayList<>()).add(ratio);
                }
                row.append("%20s".formatted(number("%.2f", ratio)));
            }
            for (Contender contender : ours()) {
                row.append("%20s".formatted(number("%.0f", share(mode, variant, contender, trials))));
            }
            line("%s", row);
        }
        ratios.forEach((contender, each) -> line(
                "geometric mean of %s over djl blocks: %.2f",
                contender.word(),
                Math.exp(each.stream().mapToDouble(Math::log).average().orElse(Double.NaN))));
    }

    private List<Contender> ours() {
        return choice.contenders().stream()
                .filter(contender -> contender != Contender.DJL_BLOCKS)
                .toList();
    }

    private @Nullable Double score(String mode, Variant variant, Contender contender, int trials) {
        return medians.get("%s %s %s %d".formatted(mode, variant.name(), contender.name(), trials));
    }

    /** Percent of the matrix product's operations a second at that precision. */
    private @Nullable Double share(String mode, Variant variant, Contender contender, int trials) {
        Double images = score(mode, variant, contender, trials);
        if (images == null || !choice.peak()) {
            return null;
        }
        long macs = Cost.of(variant.network(), Variant.INPUT).macs();
        double operations = 2.0 * macs * (mode.equals("train") ? PASSES_OF_TRAINING : 1);
        String precision = contender == Contender.NARROWS_BF16 ? "product BF16" : "product FP32";
        return 100 * images * operations / MILLION / peak(precision, trials);
    }

    private static String number(String format, @Nullable Double value) {
        return value == null ? "" : format.formatted(value);
    }

    private void line(String format, Object... arguments) {
        text.append(format.formatted(arguments)).append('\n');
    }
}
