package dev.narrows.study.setting;

import dev.narrows.study.OptimizerKind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the learning rate. It belongs to its optimizer: what suits SGD makes AdamW diverge, so the default is the
 * optimizer's own, and a study may say it for all optimizers or with one.
 */
final class LearningRates {
    static final String KEY = "learning-rate";
    private static final ValueReader<Double> READER = ValueReader.above(0);

    private LearningRates() {}

    /** @param optimizer the key beside it that names the optimizer */
    static ScalarType<Double> type(String optimizer) {
        return ScalarType.decimal(READER)
                .readBy(
                        (training, key) -> read(training, key, OptimizerType.chosen(training, optimizer)),
                        key -> lines(key, optimizer));
    }

    private static double read(SettingSection training, String key, SettingSection optimizer) {
        Optional<Double> common = training.find(key, READER);
        if (training.has(key) && optimizer.has(key)) {
            optimizer.problem("Cannot take two learning rates: training and its optimizer each give one");
        }
        double own = optimizer.one(key, READER);
        return optimizer.has(key) ? own : common.orElse(own);
    }

    private static Map<String, String> lines(String key, String optimizer) {
        Map<String, String> lines = new LinkedHashMap<>();
        for (OptimizerKind kind : OptimizerKind.values()) {
            lines.put(optimizer + "." + kind.word() + "." + key, READER.words());
        }
        return lines;
    }
}
