package dev.narrows.benchmarks;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.narrows.family.Families;
import dev.narrows.family.Family;
import dev.narrows.family.Knob;
import dev.narrows.family.Settings;
import dev.narrows.net.Layer;
import dev.narrows.net.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fixed networks that are measured: the defaults of their families, which are for images of 28x28. */
public enum Variant {
    RESIDUAL("residual", ""),
    BOTTLENECK("bottleneck", ""),
    RESNEXT("bottleneck", "mid-ratio = 0.5, cardinality = 8"),
    INVERTED_BOTTLENECK("inverted-bottleneck", ""),
    DENSE("dense", ""),
    INCEPTION("inception", "");

    public static final Shape INPUT = new Shape(1, 28, 28);
    public static final int CLASSES = 10;

    private final String family;
    private final String changes;

    Variant(String family, String changes) {
        this.family = family;
        this.changes = changes;
    }

    /** The network itself. */
    public Layer network() {
        return network(family, changes, INPUT);
    }

    /** A network of a family with some of its defaults changed. */
    static Layer network(String family, String changes, Shape input) {
        Family builder = Families.load().find(family).orElseThrow();
        Config choice = ConfigFactory.parseString(changes)
                .withFallback(
                        ConfigFactory.parseResources("families.conf").resolve().getConfig("families." + family));
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (Knob<?> knob : builder.knobs()) {
            String name = knob.name();
            values.put(name, choice.getIsNull(name) ? null : choice.getAnyRef(name));
        }
        return builder.build(new Settings(values), input, CLASSES);
    }

    /** Name in tables. */
    public String word() {
        return Arguments.word(this);
    }
}
