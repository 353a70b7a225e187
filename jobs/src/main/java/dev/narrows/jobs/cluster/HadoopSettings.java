package dev.narrows.jobs.cluster;

import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.jspecify.annotations.Nullable;

/**
 * Hadoop's settings in this process: those of the class path and the {@code spark.hadoop.*} of Spark's. An executor has
 * the latter from its driver and keeps them in its environment only, where Hadoop itself does not look.
 */
public final class HadoopSettings {
    private static @Nullable SparkEnv asked;
    private static @Nullable Configuration answer;

    private HadoopSettings() {}

    /** Settings of Spark where it runs in this process, else from the properties that this process was started with. */
    public static synchronized Configuration here() {
        SparkEnv environment = SparkEnv.get();
        if (environment == null) {
            return SparkHadoopUtil.get().newConfiguration(new SparkConf());
        }
        Configuration known = answer;
        if (known == null || asked != environment) {
            known = SparkHadoopUtil.get().newConfiguration(environment.conf());
            asked = environment;
            answer = known;
        }
        return known;
    }
}
