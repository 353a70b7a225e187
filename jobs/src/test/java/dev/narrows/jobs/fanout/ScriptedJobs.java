package dev.narrows.jobs.fanout;

import dev.narrows.jobs.dispatch.Event;
import dev.narrows.jobs.executor.RunningTrial;
import dev.narrows.trial.Environment;
import dev.narrows.trial.Trial;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Jobs whose reports a test has written down, one list for each time that they are asked. */
final class ScriptedJobs implements Jobs {
    static final Environment ENVIRONMENT = new Environment("host", "processor", "cpu", "fp32", 1, "tests");

    final List<String> done = new ArrayList<>();
    private final Deque<List<Event>> script = new ArrayDeque<>();

    ScriptedJobs then(Event... events) {
        script.add(List.of(events));
        return this;
    }

    @Override
    public void start() {
        done.add("start");
    }

    @Override
    public void submit(Trial trial, boolean alone, double expectedSeconds) {
        done.add("%s %s, %.0f s".formatted(trial.id(), alone ? "alone" : "together", expectedSeconds));
    }

    @Override
    public void withdraw(Trial trial) {
        done.add("withdraw " + trial.id());
    }

    @Override
    public List<Event> next() {
        return script.remove();
    }

    @Override
    public void wake() {
        done.add("wake");
    }

    @Override
    public int placesAlone() {
        return 1;
    }

    @Override
    public Environment environmentOfDeath(Trial trial, String host) {
        return new Environment(
                host, "", ENVIRONMENT.device(), ENVIRONMENT.precision(), ENVIRONMENT.threads(), ENVIRONMENT.versions());
    }

    @Override
    public int running() {
        return 0;
    }

    @Override
    public List<RunningTrial> runningTrials() {
        return List.of();
    }

    @Override
    public void stop() {
        done.add("stop");
    }
}
