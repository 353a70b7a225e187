import java.io.File;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.yarn.api.records.ContainerReport;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.MiniYARNCluster;
import org.apache.hadoop.yarn.server.resourcemanager.rmapp.RMApp;

/**
 * Hadoop's own cluster on loopback: HDFS with one data node, YARN with node managers that have a GPU each. Writes the
 * settings that clients need into a folder, says "ready", and then does what lines on its standard input ask, each
 * answered by "done": {@code containers} (of every application that runs, as the resource manager has them in its
 * books, and where the application's own page is), {@code safemode on}, {@code safemode off}. The end of its input is
 * its end.
 */
public final class MiniHadoop {
    private MiniHadoop() {}

    public static void main(String[] args) throws Exception {
        File folder = new File(args[0]);
        int nodes = Integer.parseInt(args[1]);
        YarnConfiguration conf = new YarnConfiguration();
        conf.set("hadoop.tmp.dir", folder + "/tmp");
        conf.set("dfs.namenode.rpc-bind-host", "127.0.0.1");
        conf.set("dfs.replication", "1");
        MiniDFSCluster hdfs = new MiniDFSCluster.Builder(conf, new File(folder, "hdfs")).numDataNodes(1).build();
        hdfs.waitActive();
        conf.set("fs.defaultFS", hdfs.getFileSystem().getUri().toString());
        hdfs.getFileSystem().mkdirs(new Path("/user/" + System.getProperty("user.name")));
        for (Map.Entry<String, String> setting : Map.ofEntries(
                        Map.entry("yarn.scheduler.capacity.root.queues", "default"),
                        Map.entry("yarn.scheduler.capacity.root.default.capacity", "100"),
                        Map.entry("yarn.scheduler.capacity.root.default.maximum-capacity", "100"),
                        Map.entry("yarn.scheduler.capacity.root.default.user-limit-factor", "1"),
                        Map.entry("yarn.scheduler.capacity.root.default.state", "RUNNING"),
                        Map.entry("yarn.scheduler.capacity.root.default.acl_submit_applications", "*"),
                        Map.entry("yarn.scheduler.capacity.root.default.acl_administer_queue", "*"),
                        Map.entry("yarn.scheduler.capacity.maximum-am-resource-percent", "1.0"),
                        Map.entry("yarn.scheduler.capacity.node-locality-delay", "-1"),
                        Map.entry(
                                "yarn.scheduler.capacity.resource-calculator",
                                "org.apache.hadoop.yarn.util.resource.DominantResourceCalculator"),
                        Map.entry("yarn.resourcemanager.hostname", "localhost"),
                        Map.entry("yarn.nodemanager.hostname", "localhost"),
                        Map.entry("yarn.resourcemanager.bind-host", "127.0.0.1"),
                        Map.entry("yarn.nodemanager.bind-host", "127.0.0.1"),
                        Map.entry("yarn.scheduler.minimum-allocation-mb", "128"),
                        Map.entry("yarn.nodemanager.vmem-check-enabled", "false"),
                        Map.entry("yarn.nodemanager.pmem-check-enabled", "false"),
                        Map.entry("yarn.nodemanager.log.retain-seconds", "1"),
                        Map.entry(
                                "yarn.nodemanager.disk-health-checker.max-disk-utilization-per-disk-percentage",
                                "100.0"),
                        Map.entry("yarn.resource-types", "yarn.io/gpu"),
                        Map.entry("yarn.nodemanager.resource-type.yarn.io/gpu", "1"))
                .entrySet()) {
            conf.set(setting.getKey(), setting.getValue());
        }
        MiniYARNCluster yarn = new MiniYARNCluster("narrows", nodes, 1, 1);
        yarn.init(conf);
        yarn.start();
        while (yarn.getConfig().get("yarn.resourcemanager.address").endsWith(":0")) {
            Thread.sleep(50);
        }
        yarn.waitForNodeManagersToConnect(60_000);
        write(folder, "core-site.xml", "fs.defaultFS", conf.get("fs.defaultFS"), "dfs.replication", "1");
        Configuration site = new Configuration(false);
        for (Map.Entry<String, String> setting : yarn.getConfig()) {
            if (setting.getKey().matches("yarn\\.resourcemanager\\..*address|yarn\\.resource-types")) {
                site.set(setting.getKey(), yarn.getConfig().get(setting.getKey()));
            }
        }
        try (OutputStream out = new FileOutputStream(new File(folder, "yarn-site.xml"))) {
            site.writeXml(out);
        }
        write(folder, "resource-types.xml", "yarn.resource-types", "yarn.io/gpu");
        System.out.println("ready " + conf.get("fs.defaultFS"));
        java.io.BufferedReader in = new java.io.BufferedReader(new java.io.InputStreamReader(System.in));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.equals("containers")) {
                for (RMApp app : yarn.getResourceManager().getRMContext().getRMApps().values()) {
                    System.out.println("application " + app.getApplicationId() + " " + app.getFinalApplicationStatus()
                            + " " + app.getOriginalTrackingUrl());
                    for (ContainerReport container : yarn.getResourceManager()
                            .getClientRMService()
                            .getContainers(org.apache.hadoop.yarn.api.protocolrecords.GetContainersRequest.newInstance(
                                    app.getCurrentAppAttempt().getAppAttemptId()))
                            .getContainerList()) {
                        System.out.println("container " + container.getContainerId() + " "
                                + container.getAllocatedResource());
                    }
                }
            } else if (line.startsWith("safemode")) {
                ((org.apache.hadoop.hdfs.DistributedFileSystem) FileSystem.get(conf))
                        .setSafeMode(
                                line.endsWith("on")
                                        ? org.apache.hadoop.fs.SafeModeAction.ENTER
                                        : org.apache.hadoop.fs.SafeModeAction.LEAVE);
            }
            System.out.println("done " + line);
        }
        Runtime.getRuntime().halt(0);
    }

    private static void write(File folder, String file, String... pairs) throws Exception {
        Configuration conf = new Configuration(false);
        for (int i = 0; i < pairs.length; i += 2) {
            conf.set(pairs[i], pairs[i + 1]);
        }
        try (OutputStream out = new FileOutputStream(new File(folder, file))) {
            conf.writeXml(out);
        }
    }
}
