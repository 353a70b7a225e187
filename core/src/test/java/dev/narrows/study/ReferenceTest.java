package dev.narrows.study;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReferenceTest {
    private final Config reference = ConfigFactory.parseResources("reference.conf");

    @Test
    void everyDefaultSaysWhy() {
        List<String> silent = new ArrayList<>();
        for (String key : List.of("seeds", "threads", "data", "training", "limits", "latency", "objectives")) {
            collect(key, reference.root().get(key), silent);
        }
        assertThat(silent)
                .containsExactlyInAnyOrder(
                        // The comment of the first of three speaks for all.
                        "training.optimizer.adamw.beta2",
                        "training.optimizer.adamw.epsilon",
                        // The comment stands at minimum-samples.
                        "latency.minimum-time");
    }

    private static void collect(String path, ConfigValue value, List<String> silent) {
        if (value instanceof ConfigObject object) {
            object.forEach((key, inner) -> collect(path + "." + key, inner, silent));
        } else if (value.origin().comments().isEmpty()) {
            silent.add(path);
        }
    }
}
