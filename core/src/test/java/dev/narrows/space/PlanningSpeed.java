package dev.narrows.space;

import dev.narrows.net.Shape;
import dev.narrows.study.Study;
import dev.narrows.study.reading.StudyReader;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/**
 * The number of variants planned per second, streamed. It is no test: run its main with a study file, on one core and
 * with {@code -Xmx1g}.
 */
public final class PlanningSpeed {
    private PlanningSpeed() {}

    public static void main(String[] arguments) {
        Study study = StudyReader.read(Path.of(arguments[0]), List.of(arguments).subList(1, arguments.length));
        Study.Input input = study.input().orElse(new Study.Input(new Shape(1, 28, 28), 10));
        long start = System.nanoTime();
        int variants = 0;
        int rejections = 0;
        int repeats = 0;
        long checksum = 0;
        for (Iterator<Planned> points = Planner.stream(study, input); points.hasNext(); ) {
            Planned planned = points.next();
            if (planned instanceof Variant variant) {
                variants++;
                checksum += variant.id().hashCode() + variant.cost().macs();
            } else if (planned instanceof Rejection rejection) {
                rejections++;
                checksum += rejection.reason().length();
            } else {
                repeats++;
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        // What it would be on a core that it had for itself.
        double busy = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9;
        int points = variants + rejections + repeats;
        Runtime runtime = Runtime.getRuntime();
        System.out.printf(
                "%,d points (%,d variants, %,d rejections, %,d repeats) in %.1f s, %.1f s of them on a"
                        + " core: %,.0f a second of that; heap %,d MiB; sum %d%n",
                points,
                variants,
                rejections,
                repeats,
                seconds,
                busy,
                points / busy,
                (runtime.totalMemory() - runtime.freeMemory()) >> 20,
                checksum);
    }
}
