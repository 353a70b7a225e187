package dev.narrows.study;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads how trials train. A list under any key is a nuisance axis, and the choices are the cross product of all, the
 * last key of the file varying fastest.
 */
final class TrainingReader {
    private static final String ADAMW = "adamw";
    private static final List<String> OPTIMIZERS = List.of("sgd", ADAMW);
    private static final String LEARNING_RATE = "learning-rate";

    private TrainingReader() {}

    static List<Training> read(Section training) {
        Set<Training> choices = new LinkedHashSet<>();
        for (ConfigObject choice : expand(training, training.given())) {
            choices.add(one(training.like(choice)));
        }
        return List.copyOf(choices);
    }

    /** The object once for each combination of the values in its lists, at any depth. */
    private static List<ConfigObject> expand(Section section, ConfigObject object) {
        List<ConfigObject> choices = List.of(object);
        List<Map.Entry<String, ConfigValue>> entries = new ArrayList<>(object.entrySet());
        entries.sort(
                Comparator.comparing(entry -> Section.place(entry.getValue()).line()));
        for (Map.Entry<String, ConfigValue> entry : entries) {
            List<ConfigValue> values = values(section, entry.getKey(), entry.getValue());
            List<ConfigObject> longer = new ArrayList<>();
            for (ConfigObject choice : choices) {
                values.forEach(value -> longer.add(choice.withValue(entry.getKey(), value)));
            }
            choices = longer;
        }
        return choices;
    }

    private static List<ConfigValue> values(Section section, String key, ConfigValue value) {
        if (value instanceof ConfigObject object) {
            return List.copyOf(expand(section, object));
        }
        if (!(value instanceof ConfigList list)) {
            return List.of(value);
        }
        if (list.isEmpty()) {
            section.problem(
                    value, "Cannot take an empty list for %s: it must have an entry".formatted(section.name(key)));
        }
        List<ConfigValue> values = new ArrayList<>();
        for (ConfigValue element : list) {
            if (values.contains(element)) {
                section.problem(
                        element, "Cannot take %s = %s twice".formatted(section.name(key), Section.show(element)));
            } else {
                values.addAll(values(section, key, element));
            }
        }
        return values;
    }

    private static Training one(Section training) {
        Section optimizer = training.section("optimizer");
        String name = optimizer.one("name", Form.word(OPTIMIZERS));
        Section chosen = optimizer.over(name);
        Training read = new Training(
                training.one("epochs", Form.integer(1)),
                training.one("batch-size", Form.integer(1)),
                training.one("precision", Form.choice(Precision.class)),
                optimizer(name, chosen),
                training.one("schedule", Form.choice(Schedule.class)),
                learningRate(training, chosen),
                training.one("warmup-epochs", Form.atLeast(0)),
                training.one("label-smoothing", Form.share()),
                training.one("clip-norm", Form.atLeast(0)),
                augmentation(training.section("augment")),
                training.one("loss", Form.choice(Loss.class)),
                training.one("time-limit", Form.orNone(Form.seconds())).orElse(0.0));
        if (read.warmupEpochs() >= read.epochs() && read.warmupEpochs() > 0) {
            training.problem("Cannot warm up for %s of %d epochs: nothing is left to train"
                    .formatted(Form.plain(read.warmupEpochs()), read.epochs()));
        }
        chosen.has("name");
        chosen.refuseOthers(() -> name + " has no such key");
        training.refuseOthers();
        return read;
    }

    private static Optimizer optimizer(String name, Section optimizer) {
        if (name.equals(ADAMW)) {
            return new Optimizer.AdamW(
                    optimizer.one("beta1", Form.share()),
                    optimizer.one("beta2", Form.share()),
                    optimizer.one("epsilon", Form.above(0)),
                    optimizer.one("weight-decay", Form.atLeast(0)));
        }
        Optimizer.Sgd sgd = new Optimizer.Sgd(
                optimizer.one("momentum", Form.share()),
                optimizer.one("nesterov", Form.flag()),
                optimizer.one("weight-decay", Form.atLeast(0)));
        if (sgd.nesterov() && sgd.momentum() == 0) {
            optimizer.problem("Cannot take nesterov without momentum: it looks ahead along the momentum");
        }
        return sgd;
    }

    /** A rate belongs to its optimizer: what suits SGD makes AdamW diverge, so the default is the optimizer's own. */
    private static double learningRate(Section training, Section optimizer) {
        Optional<Double> common = training.find(LEARNING_RATE, Form.above(0));
        if (training.has(LEARNING_RATE) && optimizer.has(LEARNING_RATE)) {
            optimizer.problem("Cannot take two learning rates: training and its optimizer each give one");
        }
        double own = optimizer.one(LEARNING_RATE, Form.above(0));
        return optimizer.has(LEARNING_RATE) ? own : common.orElse(own);
    }

    private static Augmentation augmentation(Section augment) {
        Augmentation read = new Augmentation(
                augment.one("crop", Form.integer(0)),
                augment.one("flip", Form.flag()),
                augment.one("turn", Form.flag()),
                augment.one("elastic", Form.atLeast(0)));
        augment.refuseOthers();
        return read;
    }
}
