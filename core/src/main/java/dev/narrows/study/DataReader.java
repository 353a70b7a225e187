package dev.narrows.study;

import com.typesafe.config.ConfigList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads which images trials see, and what is made of them. A list of counts to train on is an axis. */
final class DataReader {
    private static final int MOST_IN_A_MASK = 255;

    private DataReader() {}

    static List<DataSpec> read(Section data) {
        Optional<String> source = data.find("source", Form.text());
        if (!data.has("source")) {
            data.problem("Cannot read images: data.source is missing");
        }
        Form<Optional<Integer>> count = Form.orNone(Form.integer(1));
        Optional<Integer> validation = data.one("validation", count);
        Optional<Integer> test = data.one("test", count);
        long seed = data.one("split-seed", Form.seed());
        Preparation preparation = preparation(data);
        List<DataSpec> choices = new ArrayList<>();
        for (Optional<Integer> train : data.each("train", count)) {
            choices.add(new DataSpec(source.orElse(""), train, validation, test, seed, preparation));
        }
        data.refuseOthers();
        return choices;
    }

    private static Preparation preparation(Section data) {
        Preparation read = new Preparation(
                data.one("task", Form.choice(TaskChoice.class)),
                new Columns(
                        data.one("image-column", Form.orNone(Form.text())).orElse(""),
                        data.one("answer-column", Form.orNone(Form.text())).orElse("")),
                data.one("ignore", maskValues()),
                data.one("colour", Form.choice(Preparation.Colour.class)),
                data.one("size", Form.orNone(size())).orElse(Size.NONE),
                data.one("fit", Form.choice(Preparation.Fit.class)),
                data.one("patch", Form.orNone(size())).orElse(Size.NONE),
                data.one("corrupt", Form.choice(Preparation.Corrupt.class)));
        Size size = read.size();
        Size patch = read.patch();
        if (size.given()
                && patch.given()
                && (size.height() % patch.height() != 0 || size.width() % patch.width() != 0)) {
            data.problem("Cannot cut images of %s into patches of %s: height and width must be multiples"
                    .formatted(size, patch));
        }
        return read;
    }

    /** A value of masks, or a list of them. */
    private static Form<List<Integer>> maskValues() {
        Form<Integer> value = each -> {
            int number = Form.integer(0).read(each);
            if (number > MOST_IN_A_MASK) {
                throw new IllegalArgumentException("it must be a value of a mask, 0 to " + MOST_IN_A_MASK);
            }
            return number;
        };
        return given -> given instanceof ConfigList list
                ? list.stream().map(value::read).distinct().sorted().toList()
                : List.of(value.read(given));
    }

    /** A side of a square, or {@code [H, W]}. */
    private static Form<Size> size() {
        return value -> {
            Form<Integer> side = Form.integer(1);
            if (value instanceof ConfigList list) {
                if (list.size() != 2) {
                    throw new IllegalArgumentException("it must be a side, or [H, W]: height and width");
                }
                return new Size(side.read(list.get(0)), side.read(list.get(1)));
            }
            return new Size(side.read(value), side.read(value));
        };
    }
}
