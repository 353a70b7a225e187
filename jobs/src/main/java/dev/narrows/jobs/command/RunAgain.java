package dev.narrows.jobs.command;

import dev.narrows.family.Families;
import dev.narrows.family.Family;
import dev.narrows.family.Knob;
import dev.narrows.jobs.show.ShellWord;
import dev.narrows.results.TrialRow;
import dev.narrows.study.Study;
import dev.narrows.study.Training;
import dev.narrows.study.reading.KnobDefaults;
import dev.narrows.study.setting.DataSettings;
import dev.narrows.study.setting.Setting;
import dev.narrows.study.setting.TrainingSettings;
import java.util.ArrayList;
import java.util.Collection;
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
    private static final String NOTHING = "null";

    private RunAgain() {}

    /**
     * The command, for a shell.
     *
     * @param file the study to begin with
     * @param study the study in that file, where it can be read
     */
    static String command(TrialRow row, String file, Optional<Study> study) {
        return command(row, file, overrides(row, study));
    }

    /**
     * The command, for a shell.
     *
     * @param file the study to begin with
     * @param overrides of that study, each {@code key=value}
     */
    static String command(TrialRow row, String file, List<String> overrides) {
        return "narrows run %s --output %s %s"
                .formatted(
                        ShellWord.of(file),
                        folder(row),
                        overrides.stream()
                                .map(override -> "--set " + ShellWord.of(override))
                                .collect(Collectors.joining(" ")));
    }

    /** The results folder that the command writes. */
    static String folder(TrialRow row) {
        return "results/again-" + row.trialId();
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
        Optional<Family> family = Families.load().find(row.family());
        KnobDefaults defaults = KnobDefaults.load();
        Map<String, Knob<?>> knobs = new HashMap<>();
        family.ifPresent(known -> known.knobs().forEach(knob -> knobs.put(knob.name(), knob)));
        List<String> settings = new ArrayList<>();
        row.settings().values().forEach((name, value) -> {
            Knob<?> knob = knobs.get(name);
            if (value != null) {
                boolean byStage = knob != null && knob.arity() == Knob.Arity.BY_STAGE && value instanceof List<?>;
                settings.add(name + "=" + (byStage ? "[" + written(value) + "]" : written(value)));
            } else if (knob != null
                    && knob.optional()
                    && !replaced(knob, knobs.values(), row)
                    && defaults.of(family.orElseThrow(), knob)
                            .filter(text -> !text.equals(NOTHING))
                            .isPresent()) {
                settings.add(name + "=" + NOTHING);
            }
        });
        return String.join(", ", settings);
    }

    /** True where a knob that the trial gives replaces the default of this one. */
    private static boolean replaced(Knob<?> knob, Collection<Knob<?>> others, TrialRow row) {
        return others.stream()
                .filter(other -> row.settings().values().get(other.name()) != null)
                .anyMatch(other -> other.replaced().contains(knob.name()));
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
