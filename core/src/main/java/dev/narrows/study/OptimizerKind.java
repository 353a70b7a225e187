package dev.narrows.study;

import dev.narrows.family.Knob;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** The optimizers there are, each with its settings in the order in which ids have them. */
public enum OptimizerKind {
    SGD {
        @Override
        List<Setting<Optimizer, ?>> settings() {
            return List.of(Described.MOMENTUM, Described.NESTEROV, Described.WEIGHT_DECAY);
        }

        @Override
        Optimizer of(SettingValues<Optimizer> values) {
            return new Optimizer.Sgd(
                    values.get(Described.MOMENTUM), values.get(Described.NESTEROV), values.get(Described.WEIGHT_DECAY));
        }
    },
    ADAMW {
        @Override
        List<Setting<Optimizer, ?>> settings() {
            return List.of(Described.BETA1, Described.BETA2, Described.EPSILON, Described.WEIGHT_DECAY);
        }

        @Override
        Optimizer of(SettingValues<Optimizer> values) {
            return new Optimizer.AdamW(
                    values.get(Described.BETA1),
                    values.get(Described.BETA2),
                    values.get(Described.EPSILON),
                    values.get(Described.WEIGHT_DECAY));
        }
    };

    abstract List<Setting<Optimizer, ?>> settings();

    /** The optimizer of this kind with these values. */
    abstract Optimizer of(SettingValues<Optimizer> values);

    /** As study files and tables write it. */
    public String word() {
        return Knob.word(this);
    }

    /** The settings of all kinds, each once: what several have follows what the last of them has alone. */
    static List<Setting<Optimizer, ?>> allSettings() {
        Set<Setting<Optimizer, ?>> all = new LinkedHashSet<>();
        for (OptimizerKind kind : values()) {
            kind.settings().forEach(setting -> {
                all.remove(setting);
                all.add(setting);
            });
        }
        return List.copyOf(all);
    }

    /** The settings, described. */
    private static final class Described {
        private static final Setting<Optimizer, Double> MOMENTUM = Setting.of(
                "momentum",
                ScalarType.decimal(ValueReader.share()),
                of(Optimizer.Sgd.class, Optimizer.Sgd::momentum),
                "momentum",
                "Momentum of sgd.");

        private static final Setting<Optimizer, Boolean> NESTEROV = Setting.of(
                "nesterov",
                ScalarType.flag(),
                of(Optimizer.Sgd.class, Optimizer.Sgd::nesterov),
                "nesterov",
                "Whether sgd looks ahead as Nesterov does.");

        private static final Setting<Optimizer, Double> BETA1 = Setting.of(
                "beta1",
                ScalarType.decimal(ValueReader.share()),
                of(Optimizer.AdamW.class, Optimizer.AdamW::beta1),
                "beta1",
                "Decay of the mean of gradients of adamw.");

        private static final Setting<Optimizer, Double> BETA2 = Setting.of(
                "beta2",
                ScalarType.decimal(ValueReader.share()),
                of(Optimizer.AdamW.class, Optimizer.AdamW::beta2),
                "beta2",
                "Decay of the mean of squared gradients of adamw.");

        private static final Setting<Optimizer, Double> EPSILON = Setting.of(
                "epsilon",
                ScalarType.decimal(ValueReader.above(0)),
                of(Optimizer.AdamW.class, Optimizer.AdamW::epsilon),
                "epsilon",
                "What adamw adds to the root of the mean of squared gradients.");

        private static final Setting<Optimizer, Double> WEIGHT_DECAY = Setting.of(
                "weight-decay",
                ScalarType.decimal(ValueReader.atLeast(0)),
                Optimizer::weightDecay,
                "weight_decay",
                "Decay of every weight.");

        private static <O extends Optimizer, T> Function<Optimizer, T> of(Class<O> kind, Function<O, T> value) {
            return optimizer -> value.apply(kind.cast(optimizer));
        }
    }
}
