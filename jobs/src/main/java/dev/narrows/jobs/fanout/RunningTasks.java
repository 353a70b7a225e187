package dev.narrows.jobs.fanout;

import dev.narrows.jobs.executor.RunningTrial;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import scala.jdk.javaapi.CollectionConverters;

/** The trials' tasks that run anywhere, a moment late. Spark's own status tracker lags further behind. */
final class RunningTasks extends SparkListener {
    /** Names the trial of a job. */
    static final String TRIAL = "narrows.trial";

    private final Map<Integer, String> trials = new ConcurrentHashMap<>();
    private final Map<Integer, RunningTrial> running = new ConcurrentHashMap<>();

    @Override
    public void onJobStart(SparkListenerJobStart start) {
        String trial = start.properties() == null ? "" : start.properties().getProperty(TRIAL, "");
        if (!trial.isEmpty()) {
            CollectionConverters.asJava(start.stageIds()).forEach(stage -> trials.put((Integer) stage, trial));
        }
    }

    @Override
    public void onTaskStart(SparkListenerTaskStart start) {
        String trial = trials.get(start.stageId());
        if (trial != null) {
            running.put(
                    start.stageId(),
                    new RunningTrial(
                            trial, start.taskInfo().host(), start.taskInfo().launchTime()));
        }
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
        running.remove(end.stageId());
        trials.remove(end.stageId());
    }

    List<RunningTrial> running() {
        return new ArrayList<>(running.values());
    }

    int count() {
        return running.size();
    }
}
