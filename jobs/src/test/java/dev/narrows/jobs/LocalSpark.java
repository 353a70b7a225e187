package dev.narrows.jobs;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** One small Spark of two slots inside this process, which tests share. */
public final class LocalSpark {
    private LocalSpark() {}

    /** A process has one context at a time: a test that needs its own stops this one first. */
    public static void stop() {
        context().close();
    }

    /** Started at first use. */
    public static JavaSparkContext context() {
        return JavaSparkContext.fromSparkContext(org.apache.spark.SparkContext.getOrCreate(new SparkConf()
                .setMaster("local[2]")
                .setAppName("tests")
                .set("spark.ui.enabled", "false")
                .set("spark.driver.host", "127.0.0.1")
                .set("spark.driver.bindAddress", "127.0.0.1")));
    }
}
