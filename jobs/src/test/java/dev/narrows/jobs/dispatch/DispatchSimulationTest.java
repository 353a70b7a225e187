package dev.narrows.jobs.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.jobs.Trials;
import dev.narrows.jobs.blame.Death;
import dev.narrows.trial.Trial;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A made-up cluster of executors that poison, people and workers end at random, in hundreds of orders. */
class DispatchSimulationTest {
    private static final int EXECUTORS = 3;
    private static final int SLOTS = 2;
    private static final int TRIALS = 30;

    /** One less than would be blamed. */
    private static final int MOST_CHANCE_KILLS_ALONE = 3;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5})
    void everyTrialEndsOnceAndOnlyThePoisonIsBlamed(int poison) {
        for (int seed = 0; seed < 200; seed++) {
            Cluster cluster = new Cluster(new Random(seed), poison);
            cluster.run();
            assertThat(cluster.crashed).as("seed %d", seed).isEqualTo(cluster.poison);
            assertThat(cluster.ends)
                    .as("seed %d", seed)
                    .hasSize(TRIALS)
                    .allSatisfy((trial, times) -> assertThat(times).isEqualTo(1));
        }
    }

    @Test
    void theSameEventsGiveTheSameDecisions() {
        Cluster one = new Cluster(new Random(7), 3);
        Cluster other = new Cluster(new Random(7), 3);
        one.run();
        other.run();
        assertThat(one.decisions).isNotEmpty().isEqualTo(other.decisions);
    }

    private static final class Cluster implements Decision.Visitor {
        private final Random random;
        private final TreeSet<String> poison = new TreeSet<>();
        private final TreeSet<String> crashed = new TreeSet<>();
        private final Map<String, Integer> ends = new TreeMap<>();
        private final Map<String, Integer> killsAlone = new HashMap<>();
        private final List<Decision> decisions = new ArrayList<>();
        private final List<Decision.Submit> waiting = new ArrayList<>();
        private final List<List<Decision.Submit>> executors = new ArrayList<>();
        private final Dispatch dispatch;
        private boolean suspectsOnly;

        private Cluster(Random random, int poisonous) {
            this.random = random;
            List<Trial> trials = Trials.trials(TRIALS);
            while (poison.size() < poisonous) {
                poison.add(trials.get(random.nextInt(TRIALS)).id());
            }
            dispatch = new Dispatch(new Backlog(trials, trial -> 1), Map.of());
            for (int i = 0; i < EXECUTORS; i++) {
                executors.add(new ArrayList<>());
            }
        }

        private void run() {
            while (!dispatch.isOver()) {
                hear(new Event.Room(dispatch.isQuarantine() ? EXECUTORS : 2 * EXECUTORS * SLOTS));
                place();
                if (dispatch.isWaiting()) {
                    happen();
                }
            }
            assertThat(waiting).isEmpty();
        }

        private void hear(Event event) {
            List<Decision> decided = dispatch.on(event);
            decisions.addAll(decided);
            decided.forEach(decision -> decision.carryOut(this));
        }

        /** Gives free slots to those who wait; one who must be alone takes a whole executor. */
        private void place() {
            for (List<Decision.Submit> executor : executors) {
                while (!waiting.isEmpty()
                        && executor.stream().noneMatch(Decision.Submit::alone)
                        && executor.size() < (waiting.get(0).alone() ? 1 : SLOTS)) {
                    executor.add(waiting.remove(0));
                }
            }
        }

        private void happen() {
            List<List<Decision.Submit>> busy =
                    executors.stream().filter(executor -> !executor.isEmpty()).toList();
            List<Decision.Submit> executor = busy.get(random.nextInt(busy.size()));
            Decision.Submit one = executor.get(random.nextInt(executor.size()));
            boolean alone = one.alone();
            int chance = random.nextInt(100);
            if (chance < 5) {
                die(executor, Steps.WORKER_LOST);
            } else if (chance < 10) {
                die(executor, Steps.ASKED);
            } else if (chance < 20
                    && (!alone || killsAlone.merge(one.trial().id(), 1, Integer::sum) <= MOST_CHANCE_KILLS_ALONE)) {
                die(executor, Steps.KILL);
            } else if (poison.contains(one.trial().id())) {
                die(executor, random.nextBoolean() ? Steps.ABORT : Steps.exit(139));
            } else {
                executor.remove(one);
                hear(random.nextInt(10) == 0 ? Steps.diedAfterwards(one.trial()) : Steps.ended(one.trial()));
            }
        }

        private void die(List<Decision.Submit> executor, Death death) {
            List<Decision.Submit> victims = List.copyOf(executor);
            executor.clear();
            victims.forEach(victim -> hear(Steps.died(victim.trial(), death)));
        }

        @Override
        public void submit(Decision.Submit submit) {
            assertThat(ends).doesNotContainKey(submit.trial().id());
            assertThat(waiting).noneMatch(other -> other.trial().equals(submit.trial()));
            assertThat(executors)
                    .allSatisfy(executor -> assertThat(executor)
                            .noneMatch(other -> other.trial().equals(submit.trial())));
            suspectsOnly |= submit.alone();
            assertThat(submit.alone()).isEqualTo(suspectsOnly);
            waiting.add(submit);
        }

        @Override
        public void withdraw(Decision.Withdraw withdraw) {
            throw new AssertionError(withdraw);
        }

        @Override
        public void suspect(Decision.Suspect suspect) {
            assertThat(suspect.cause()).endsWith(" on host");
        }

        @Override
        public void tell(Decision.Tell tell) {
            ends.merge(tell.trial().id(), 1, Integer::sum);
        }

        @Override
        public void crash(Decision.Crash crash) {
            crashed.add(crash.trial().id());
            ends.merge(crash.trial().id(), 1, Integer::sum);
        }

        @Override
        public void stop(Decision.Stop stop) {
            throw new AssertionError(stop);
        }

        @Override
        public void goOnElsewhere(Decision.GoOnElsewhere elsewhere) {
            throw new AssertionError(elsewhere);
        }
    }
}
