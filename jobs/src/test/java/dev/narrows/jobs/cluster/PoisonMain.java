package dev.narrows.jobs.cluster;

import dev.narrows.jobs.Trials;
import dev.narrows.jobs.run.PoisonedStudy;
import dev.narrows.trial.Trial;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** A driver of its own with poison among its trials: {@code PoisonMain FOLDER POISON…}. */
final class PoisonMain {
    static final int INNOCENTS = 8;
    static final double LIMIT_SECONDS = 1;

    private PoisonMain() {}

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        RowFiles rows = new RowFiles(folder.resolve("rows").toString());
        SparkConf conf = new SparkConf()
                .setMaster("local[2]")
                .setAppName("poison")
                .set("spark.ui.enabled", "false")
                .set("spark.driver.host", "127.0.0.1")
                .set("spark.driver.bindAddress", "127.0.0.1");
        int code;
        try (JavaSparkContext spark = new JavaSparkContext(conf)) {
            code = PoisonedStudy.run(
                    spark, folder, trials(List.of(args).subList(1, args.length)), new Poison(), rows, rows::kept);
        }
        System.exit(code);
    }

    /** The poison stands among innocents. */
    static List<Trial> trials(List<String> poison) {
        List<Trial> trials = new ArrayList<>(Trials.trials(INNOCENTS));
        for (int i = 0; i < poison.size(); i++) {
            trials.add(2 * i, Trials.trial(poison.get(i), "plain", poison.get(i).equals("silent") ? 0 : LIMIT_SECONDS));
        }
        return trials;
    }
}
