package dev.narrows.benchmarks.forms;

import dev.narrows.benchmarks.BenchmarkClock;
import dev.narrows.benchmarks.ScriptSubject;
import dev.narrows.net.Layer;
import dev.narrows.program.Program;
import dev.narrows.study.Precision;
import java.util.ArrayList;
import java.util.List;

/**
 * Programs of one network that take training steps in turn, in one process and on one thread.
 *
 * <p>Before a step is timed, the first program must learn, and each of the others must have its losses.
 */
final class Race implements AutoCloseable {
    /** Steps after which programs that compute the same are still near to one another. */
    private static final int COMPARED = 6;

    /** Difference of losses by rounding, bf16's included. */
    private static final double ROUNDING = 0.05;

    private final List<Program> programs;
    private final List<ScriptSubject> subjects = new ArrayList<>();
    private final BenchmarkClock clock;
    private int passes;

    Race(Layer network, List<Program> programs, Precision precision, BenchmarkClock clock) {
        this.programs = List.copyOf(programs);
        this.clock = clock;
        programs.forEach(program -> subjects.add(new ScriptSubject(network, program, precision)));
        List<Double> losses = subjects.get(0).prove();
        subjects.stream().skip(1).forEach(subject -> agrees(subject, losses));
    }

    private static void agrees(ScriptSubject subject, List<Double> losses) {
        for (int step = 0; step < COMPARED; step++) {
            double loss = subject.train();
            if (!(Math.abs(loss - losses.get(step)) < ROUNDING)) {
                throw new IllegalStateException(
                        "Cannot time programs that train differently: the loss of step %d is %s, that of another %s"
                                .formatted(step + 1, loss, losses.get(step)));
            }
        }
    }

    /**
     * The mean seconds of a step of each program, all with the same number of steps.
     *
     * @param seconds after which the slowest program stops, and all others with it
     */
    Times round(double seconds) {
        long[] spent = new long[subjects.size()];
        int steps = 0;
        long longest = 0;
        while (longest < seconds * 1e9) {
            // The order turns round each time: what a step leaves in the caches helps or harms either neighbour.
            for (int i = 0; i < spent.length; i++) {
                int next = passes % 2 == 0 ? i : spent.length - 1 - i;
                long before = clock.now();
                subjects.get(next).train();
                spent[next] += clock.now() - before;
                longest = Math.max(longest, spent[next]);
            }
            passes++;
            steps++;
        }
        List<Double> means = new ArrayList<>();
        for (long nanoseconds : spent) {
            means.add(nanoseconds / 1e9 / steps);
        }
        return new Times(programs, means);
    }

    /** Mean seconds of a step of each program in one round. */
    record Times(List<Program> programs, List<Double> seconds) {
        /** Speed with a rule over the speed without. */
        double ratio(Comparison comparison) {
            return of(comparison.without()) / of(comparison.with());
        }

        private double of(Program program) {
            return seconds.get(programs.indexOf(program));
        }
    }

    @Override
    public void close() {
        subjects.forEach(ScriptSubject::close);
    }
}
