package dev.narrows.jobs.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import scala.jdk.javaapi.CollectionConverters;

/** Records where and when the tasks of this process's drivers ran; for {@code spark.extraListeners}. */
public final class TaskPlaces extends SparkListener {
    private static final List<Place> PLACES = new CopyOnWriteArrayList<>();

    private final Map<Object, Job> jobs = new ConcurrentHashMap<>();

    private record Job(String group, String trial) {}

    /**
     * A task that has ended.
     *
     * @param group of its job
     * @param trial empty where it is none
     */
    record Place(String group, String trial, String host, long begun, long ended) {}

    static List<Place> taken() {
        List<Place> taken = new ArrayList<>(PLACES);
        PLACES.clear();
        return taken;
    }

    @Override
    public void onJobStart(SparkListenerJobStart start) {
        Job job = new Job(
                start.properties().getProperty("spark.jobGroup.id", ""),
                start.properties().getProperty("narrows.trial", ""));
        CollectionConverters.asJava(start.stageIds()).forEach(stage -> jobs.put(stage, job));
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
        Job job = jobs.getOrDefault(end.stageId(), new Job("", ""));
        PLACES.add(new Place(
                job.group(),
                job.trial(),
                end.taskInfo().host(),
                end.taskInfo().launchTime(),
                end.taskInfo().finishTime()));
    }
}
