package dev.narrows.tradeoff;

import dev.narrows.study.Objective.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/**
 * Time to compute the front of a million rows, by criteria. It is not a test: run its main with {@code -Xmx2g}.
 * Accuracy grows with the logarithm of the cost, and each criterion has noise, so that fronts are as long as those of
 * real studies and longer.
 */
public final class FrontSpeed {
    private static final int ROWS = 1_000_000;

    private FrontSpeed() {}

    public static void main(String[] arguments) {
        for (int criteria = 2; criteria <= 5; criteria++) {
            UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(criteria);
            List<double[]> rows = new ArrayList<>(ROWS);
            for (int i = 0; i < ROWS; i++) {
                double size = random.nextDouble();
                double[] row = new double[criteria];
                row[0] = -size + 0.2 * random.nextDouble();
                for (int c = 1; c < criteria; c++) {
                    row[c] = size + 0.2 * random.nextDouble();
                }
                rows.add(row);
            }
            List<Criterion<double[]>> measures = new ArrayList<>();
            for (int c = 0; c < criteria; c++) {
                int at = c;
                measures.add(new Criterion<>(row -> row[at], Direction.MINIMIZE));
            }
            long start = System.nanoTime();
            int front = ParetoFront.of(rows, measures).size();
            System.out.printf(
                    Locale.ROOT,
                    "%d criteria, %,d rows: front of %,d in %.2f s%n",
                    criteria,
                    ROWS,
                    front,
                    (System.nanoTime() - start) / 1e9);
        }
    }
}
