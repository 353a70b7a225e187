package dev.narrows.jobs.command;

import dev.narrows.family.Families;
import dev.narrows.family.Knob;
import dev.narrows.jobs.show.ShellWord;
import dev.narrows.results.TrialRow;
import dev.narrows.study.Study;
import dev.narrows.study.Training;
import dev.narrows.study.setting.DataSettings;
import dev.narrows.study.setting.Setting;
import dev.narrows.study.setting.TrainingSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The command that runs one trial again, into a folder of its own: the study as it was resolved, with every choice
 * narrowed down to the trial's.
 */
final class RunAgain {
    private RunAgain() {}

    /**
     * The command, for a shell.
     *
     * @param file the study to begin with
     * @param study the study in that file, where it can be read
     */
    static String command(TrialRow row, String file, Optional<Study> study) {
        return "narrows run %s --output results/again-%s %s"
                .formatted(
                        ShellWord.of(file),
                        row.trialId(),
                        overrides(row, study).stream()
                                .map(override -> "--set " + ShellWord.of(override))
                                .collect(Collectors.joining(" ")));
    }

    /** Overrides of the study, each {@code key=value}; none where the study leaves no choice. */
    static List<String> overrides(TrialRow row, Optional<Study> study) {
        List<String> overrides = new ArrayList<>();
        overrides.add("grid=[{family=%s, %s, seeds=[%d]}]".formatted(row.family(), settings(row), row.seed()));
        if (study.map(read -> read.data().size() > 1).orElse(true)) {
            DataSettings.ALL.stream()
                    .filter(Setting::isAxis)
                    .forEach(setting -> overrides.add("data." + setting.written(row.data())));
        }
        if (study.map(read -> read.training().size() > 1).orElse(true)) {
            // Null comes first, because the training of the study would be merged in otherwise.
            overrides.add("training=null");
            overrides.add("training=" + training(row.training()));
        }
        return overrides;
    }

    private static String settings(TrialRow row) {
        Map<String, Knob.Arity> forms = new HashMap<>();
        Families.load().all().stream()
                .filter(family -> family.name().equals(row.family()))
                .flatMap(family -> family.knobs().stream())
                .forEach(knob -> forms.put(knob.name(), knob.arity()));
        return row.settings().values().entrySet().stream()
                .filter(entry -> entry.getValue() != null)
                .map(entry -> entry.getKey() + "="
                        + (forms.get(entry.getKey()) == Knob.Arity.BY_STAGE && entry.getValue() instanceof List<?>
                                ? "[" + written(entry.getValue()) + "]"
                                : written(entry.getValue())))
                .collect(Collectors.joining(", "));
    }

    private static String written(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(RunAgain::written).collect(Collectors.joining(", ", "[", "]"));
        }
        return value instanceof String text ? "\"" + text + "\"" : String.valueOf(value);
    }

    /** Every setting that the trial's id depends on. */
    private static String training(Training training) {
        return TrainingSettings.ALL.stream()
                .filter(Setting::isOfTrial)
                .map(setting -> setting.written(training))
                .collect(Collectors.joining(", ", "{", "}"));
    }
}
