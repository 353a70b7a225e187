package dev.narrows.study.setting;

import dev.narrows.study.Optimizer;
import dev.narrows.study.OptimizerKind;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** The settings of each kind of optimizer, in the order in which ids have them. */
final class OptimizerSettings {
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
            "True where sgd uses Nesterov momentum.");

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
            "Term that adamw adds to the root of the mean of squared gradients.");

    private static final Setting<Optimizer, Double> WEIGHT_DECAY = Setting.of(
            "weight-decay",
            ScalarType.decimal(ValueReader.atLeast(0)),
            Optimizer::weightDecay,
            "weight_decay",
            "Decay of every weight.");

    /** The settings of all kinds, each once: a shared one follows those that the last of its kinds has alone. */
    static final List<Setting<Optimizer, ?>> ALL = all();

    private OptimizerSettings() {}

    /** The settings of one kind. */
    static List<Setting<Optimizer, ?>> of(OptimizerKind kind) {
        return switch (kind) {
            case SGD -> List.of(MOMENTUM, NESTEROV, WEIGHT_DECAY);
            case ADAMW -> List.of(BETA1, BETA2, EPSILON, WEIGHT_DECAY);
        };
    }

    /** The optimizer of a kind with these values. */
    static Optimizer optimizer(OptimizerKind kind, SettingValues<Optimizer> values) {
        return switch (kind) {
            case SGD -> new Optimizer.Sgd(values.get(MOMENTUM), values.get(NESTEROV), values.get(WEIGHT_DECAY));
            case ADAMW ->
                new Optimizer.AdamW(
                        values.get(BETA1), values.get(BETA2), values.get(EPSILON), values.get(WEIGHT_DECAY));
        };
    }

    private static List<Setting<Optimizer, ?>> all() {
        Set<Setting<Optimizer, ?>> all = new LinkedHashSet<>();
        for (OptimizerKind kind : OptimizerKind.values()) {
            of(kind).forEach(setting -> {
                all.remove(setting);
                all.add(setting);
            });
        }
        return List.copyOf(all);
    }

    private static <O extends Optimizer, T> Function<Optimizer, T> of(Class<O> kind, Function<O, T> value) {
        return optimizer -> value.apply(kind.cast(optimizer));
    }
}
