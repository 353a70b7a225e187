package dev.narrows.study.reading;

import dev.narrows.study.DataSpec;
import dev.narrows.study.Size;
import dev.narrows.study.setting.DataSettings;
import dev.narrows.study.setting.SectionValues;
import dev.narrows.study.setting.SettingValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the images of trials and their preparation. A list of numbers of training images is an axis. */
final class DataReader {
    private DataReader() {}

    static List<DataSpec> read(Section data) {
        SectionValues<DataSpec> values = new SectionValues<>(data);
        DataSpec read = DataSettings.of(values.with(DataSettings.TRAIN, Optional.empty()));
        Size size = read.preparation().size();
        Size patch = read.preparation().patch();
        if (size.given()
                && patch.given()
                && (size.height() % patch.height() != 0 || size.width() % patch.width() != 0)) {
            data.problem("Cannot cut images of %s into patches of %s: height and width must be multiples"
                    .formatted(size, patch));
        }
        List<DataSpec> choices = new ArrayList<>();
        for (Optional<Integer> train : data.each(DataSettings.TRAIN.key(), DataSettings.count())) {
            choices.add(DataSettings.of(SettingValues.of(read).with(DataSettings.TRAIN, train)));
        }
        values.refuseOthers();
        return choices;
    }
}
