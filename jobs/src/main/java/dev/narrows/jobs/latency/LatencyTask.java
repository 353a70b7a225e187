package dev.narrows.jobs.latency;

import dev.narrows.engine.Engine;
import dev.narrows.engine.Host;
import dev.narrows.engine.LatencyProbe;
import dev.narrows.jobs.cluster.TaskDevice;
import dev.narrows.jobs.folder.JournalCommit;
import dev.narrows.jobs.host.HostLock;
import dev.narrows.study.LatencySpec;
import dev.narrows.study.Precision;
import dev.narrows.trial.Environment;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The executor's part of a latency pass: it waits until its host is free, and probes all networks there. Each row is
 * kept when it is measured, and once more at the end, with its multiple of the reference kernel over the whole pass.
 *
 * @param study name of the study of these networks
 * @param threads of one operation
 */
record LatencyTask(String study, LatencySpec spec, int threads, JournalCommit commit, ToProbe probed)
        implements Function<List<LatencyProbe.Target>, List<String>> {
    private static final Logger LOG = LoggerFactory.getLogger(LatencyTask.class);

    @Override
    public List<String> call(List<LatencyProbe.Target> all) throws Exception {
        String device = TaskDevice.here();
        Engine engine = Engine.start(threads);
        Environment environment = engine.environment(device, Precision.FP32);
        List<LatencyProbe.Target> targets = probed.on(environment.host(), environment.deviceKind());
        PassNews news = new PassNews(commit.results());
        String name = Host.name();
        try (HostLock host = HostLock.forProbe(study, whom -> {
            LOG.info("Latency waits for {}", whom);
            news.waits("%s on %s".formatted(whom, name));
        })) {
            LOG.info("{} networks are measured under {}", targets.size(), host);
            List<String> lost = new ArrayList<>();
            new LatencyProbe(engine)
                    .measure(targets, spec, device, news::done, commit::latency, lost::add)
                    .forEach(commit::latency);
            return lost;
        }
    }
}
