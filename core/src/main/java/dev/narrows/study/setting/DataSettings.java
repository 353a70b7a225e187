package dev.narrows.study.setting;

import dev.narrows.study.Columns;
import dev.narrows.study.DataSpec;
import dev.narrows.study.Preparation;
import dev.narrows.study.Size;
import dev.narrows.study.TaskChoice;
import java.util.List;
import java.util.Optional;

/**
 * The settings of the images that trials see, in the order in which tables have them. An id depends on them by way of
 * the fingerprint of the images and their split, so that none has a line of its own in it.
 */
public final class DataSettings {
    private DataSettings() {}

    private static final Setting<DataSpec, String> SOURCE = Setting.of(
                    "source",
                    ScalarType.text().mustBeSaid("Cannot read images: data.source is missing", ""),
                    DataSpec::source,
                    "data_source",
                    "Source of the images.")
            .outsideId();

    private static final ScalarType<Optional<Integer>> COUNT = ScalarType.orNone(ScalarType.integer(1));

    /** The number of training images; a list of them is an axis. */
    public static final Setting<DataSpec, Optional<Integer>> TRAIN = Setting.of(
                    "train",
                    COUNT,
                    DataSpec::train,
                    "data_train",
                    "Training images asked for; null for all that there are.")
            .axis()
            .outsideId();

    private static final Setting<DataSpec, Optional<Integer>> VALIDATION = Setting.of(
                    "validation",
                    COUNT,
                    DataSpec::validation,
                    "data_validation",
                    "Validation images asked for; null for the default share.")
            .outsideId();

    private static final Setting<DataSpec, Optional<Integer>> TEST = Setting.of(
                    "test",
                    COUNT,
                    DataSpec::test,
                    "data_test",
                    "Test images asked for; null for the whole test part, or a tenth of the training"
                            + " images where there is none.")
            .outsideId();

    private static final Setting<DataSpec, Long> SPLIT_SEED = Setting.of(
                    "split-seed", ScalarType.seed(), DataSpec::splitSeed, "split_seed", "Seed of the draw of images.")
            .outsideId();

    private static final Setting<DataSpec, TaskChoice> TASK = Setting.<DataSpec, TaskChoice>of(
                    "task",
                    ScalarType.choice(TaskChoice.class),
                    data -> data.preparation().task(),
                    "data_task",
                    "Task that was asked for: auto, classification or segmentation.")
            .addedLater(TaskChoice.AUTO)
            .outsideId();

    private static final Setting<DataSpec, Optional<String>> IMAGE_COLUMN = Setting.<DataSpec, Optional<String>>of(
                    "image-column",
                    ScalarType.orNone(ScalarType.text()),
                    data -> given(data.preparation().columns().image()),
                    "data_image_column",
                    "Column of Parquet files that images were asked for from; null: the one that they declare.")
            .outsideId();

    private static final Setting<DataSpec, Optional<String>> ANSWER_COLUMN = Setting.<DataSpec, Optional<String>>of(
                    "answer-column",
                    ScalarType.orNone(ScalarType.text()),
                    data -> given(data.preparation().columns().answer()),
                    "data_answer_column",
                    "Column of Parquet files that labels or masks were asked for from; null: the one that"
                            + " they declare.")
            .outsideId();

    private static final Setting<DataSpec, List<Integer>> IGNORE = Setting.<DataSpec, List<Integer>>of(
                    "ignore",
                    ScalarType.maskValues(),
                    data -> data.preparation().ignore(),
                    "data_ignore",
                    "Values of masks that are no class; null: each is one.")
            .outsideId();

    private static final Setting<DataSpec, Preparation.Colour> COLOUR = Setting.<DataSpec, Preparation.Colour>of(
                    "colour",
                    ScalarType.choice(Preparation.Colour.class),
                    data -> data.preparation().colour(),
                    "data_colour",
                    "Channels that were asked for: auto, grey or rgb.")
            .addedLater(Preparation.NONE.colour())
            .outsideId();

    private static final Setting<DataSpec, Size> SIZE = Setting.<DataSpec, Size>of(
                    "size",
                    ScalarType.size(),
                    data -> data.preparation().size(),
                    "data_height",
                    "Height that images were brought to; null: as they are.",
                    "data_width",
                    "Width that images were brought to; null: as they are.")
            .outsideId();

    private static final Setting<DataSpec, Preparation.Fit> FIT = Setting.<DataSpec, Preparation.Fit>of(
                    "fit",
                    ScalarType.choice(Preparation.Fit.class),
                    data -> data.preparation().fit(),
                    "data_fit",
                    "Way of bringing images of another size to it: resize, pad or crop.")
            .addedLater(Preparation.NONE.fit())
            .outsideId();

    private static final Setting<DataSpec, Size> PATCH = Setting.<DataSpec, Size>of(
                    "patch",
                    ScalarType.size(),
                    data -> data.preparation().patch(),
                    "data_patch_height",
                    "Height of the patches of an image; null: whole.",
                    "data_patch_width",
                    "Width of the patches of an image; null: whole.")
            .outsideId();

    private static final Setting<DataSpec, Preparation.Corrupt> CORRUPT = Setting.<DataSpec, Preparation.Corrupt>of(
                    "corrupt",
                    ScalarType.choice(Preparation.Corrupt.class),
                    data -> data.preparation().corrupt(),
                    "data_corrupt",
                    "Treatment of images that cannot be read: refuse or skip.")
            .addedLater(Preparation.NONE.corrupt())
            .outsideId();

    public static final List<Setting<DataSpec, ?>> ALL = List.of(
            SOURCE,
            TRAIN,
            VALIDATION,
            TEST,
            SPLIT_SEED,
            TASK,
            IMAGE_COLUMN,
            ANSWER_COLUMN,
            IGNORE,
            COLOUR,
            SIZE,
            FIT,
            PATCH,
            CORRUPT);

    /** The reader of one number of images. */
    public static ValueReader<Optional<Integer>> count() {
        return COUNT.reader();
    }

    /** The images with these values. */
    public static DataSpec of(SettingValues<DataSpec> values) {
        return new DataSpec(
                values.get(SOURCE),
                values.get(TRAIN),
                values.get(VALIDATION),
                values.get(TEST),
                values.get(SPLIT_SEED),
                new Preparation(
                        values.get(TASK),
                        new Columns(
                                values.get(IMAGE_COLUMN).orElse(""),
                                values.get(ANSWER_COLUMN).orElse("")),
                        values.get(IGNORE),
                        values.get(COLOUR),
                        values.get(SIZE),
                        values.get(FIT),
                        values.get(PATCH),
                        values.get(CORRUPT)));
    }

    private static Optional<String> given(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }
}
