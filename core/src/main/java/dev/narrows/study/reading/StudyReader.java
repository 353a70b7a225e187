package dev.narrows.study.reading;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import dev.narrows.family.Families;
import dev.narrows.net.Shape;
import dev.narrows.study.Constraint;
import dev.narrows.study.CostMeasure;
import dev.narrows.study.DataSpec;
import dev.narrows.study.GridEntry;
import dev.narrows.study.KeepWeights;
import dev.narrows.study.LatencySpec;
import dev.narrows.study.Limits;
import dev.narrows.study.Objective;
import dev.narrows.study.Origin;
import dev.narrows.study.SearchSpec;
import dev.narrows.study.Solve;
import dev.narrows.study.Study;
import dev.narrows.study.Training;
import dev.narrows.study.setting.ValueReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a study file: flat HOCON in kebab case, with every default in {@code reference.conf}. Everything that is wrong
 * with it is told at once.
 */
public final class StudyReader {
    /** A name that every file system and object store takes for a folder. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    private static final ValueReader<String> FOLDER_NAME = ValueReader.text().map(word -> {
        if (!NAME.matcher(word).matches()) {
            throw new IllegalArgumentException(
                    "it names a folder, so it must be letters, digits, dots, dashes and underscores");
        }
        return word;
    });

    private static final String SHAPE_WORDS = "[C, H, W]: channels, height and width";

    /** The key of values that a file refers to by name: {@code let { widths = [16, 32] }} for {@code ${let.widths}}. */
    private static final String FREE = "let";

    static final StudyKey<Long> SEEDS = StudyKey.several("seeds", ValueReader.seed());
    private static final StudyKey<Integer> THREADS = StudyKey.one("threads", ValueReader.integer(1));
    private static final StudyKey<KeepWeights> KEEP_WEIGHTS =
            StudyKey.one("keep-weights", ValueReader.choice(KeepWeights.class));

    /** The keys that stand in no section, but for those that readers of their own read. */
    static final List<StudyKey<?>> KEYS = List.of(SEEDS, THREADS, KEEP_WEIGHTS);

    private final Section study;
    private final StudyText text;
    private final String file;

    private StudyReader(Section study, StudyText text, String file) {
        this.study = study;
        this.text = text;
        this.file = file;
    }

    /**
     * The study that a file describes.
     *
     * @param overrides each {@code key=value}, which go before what the file says
     * @throws BadInput with every problem of the file
     */
    public static Study read(Path file, List<String> overrides) {
        return read(file, file.toString(), overrides);
    }

    /**
     * The same of a copy.
     *
     * @param name of the file that it is a copy of, for {@link Study#file}; problems name the copy
     */
    public static Study read(Path file, String name, List<String> overrides) {
        StudyText text = StudyText.read(file, overrides);
        Problems problems = new Problems();
        Section study =
                new Section(problems, "", text.given().root(), text.defaults().root(), new Origin(file.toString(), 0));
        DuplicateKeys.find(file, problems);
        Study read = new StudyReader(study, text, name).read();
        problems.refuse();
        return read;
    }

    private Study read() {
        String name = name();
        Optional<String> question = study.find("question", ValueReader.text());
        Optional<Study.Input> input = input();
        List<DataSpec> data = data();
        List<Long> seeds = SEEDS.each(study);
        List<GridEntry> grid = grid(seeds);
        List<Training> training = TrainingReader.read(study.section("training"));
        refuseUnknownTraining(grid, data, training);
        int threads = THREADS.read(study);
        Limits limits = LimitsReader.read(study.section("limits"));
        LatencySpec latency = LatencyReader.read(study.section("latency"));
        List<Objective> objectives = ObjectiveReader.read(study, latency);
        KeepWeights keepWeights = KEEP_WEIGHTS.read(study);
        Optional<SearchSpec> search = SearchReader.read(study, objectives, latency, training, data);
        List<Constraint> constraints = ConstraintReader.read(study);
        study.has(FREE);
        study.refuseOthers(StudyReader::elsewhere);
        String resolved = study.problems().none() ? ResolvedText.of(text, grid) : "";
        return new Study(
                name,
                question,
                input,
                data,
                grid,
                training,
                threads,
                limits,
                latency,
                objectives,
                keepWeights,
                search,
                constraints,
                file,
                resolved);
    }

    /** The place of a key that stands at the top of a file by mistake, as the end of a message. */
    private static Optional<String> elsewhere(String key) {
        List<String> sections = DescribedKeys.endingIn(key);
        if (!sections.isEmpty() && !GridReader.OTHERS.contains(key)) {
            return Optional.of("there is no such key; did you mean %s?".formatted(String.join(" or ", sections)));
        }
        boolean knob = GridReader.OTHERS.contains(key)
                || Families.load().all().stream()
                        .flatMap(family -> family.knobs().stream())
                        .anyMatch(other ->
                                other.name().equals(key) || other.name().startsWith(key + "."));
        return knob
                ? Optional.of("it belongs in an entry of the grid: grid = [ { family = …, %s = … } ]".formatted(key))
                : Optional.empty();
    }

    private String name() {
        Optional<String> name = study.find("study", FOLDER_NAME);
        if (!study.has("study")) {
            study.problem("Cannot name the results: study = NAME is missing");
        }
        return name.orElse("");
    }

    private Optional<Study.Input> input() {
        boolean data = study.has("data");
        if (!study.has("input")) {
            if (!data) {
                study.problem("Cannot tell what networks take: data { source = … } is missing,"
                        + " or input { shape = [C, H, W], classes = N } for a study that only plans");
            }
            return Optional.empty();
        }
        Section input = study.section("input");
        if (data) {
            input.problem("Cannot take both data and input: the images say what networks take");
        }
        Optional<Shape> shape = input.find("shape", new ValueReader<>(SHAPE_WORDS, StudyReader::shape));
        Optional<Integer> classes = input.find("classes", ValueReader.integer(1));
        for (String key : List.of("shape", "classes")) {
            if (!input.has(key)) {
                input.problem("Cannot tell what networks take: input.%s is missing".formatted(key));
            }
        }
        input.refuseOthers();
        return shape.flatMap(s -> classes.map(c -> new Study.Input(s, c)));
    }

    private static Shape shape(@Nullable Object plain) {
        if (!(plain instanceof List<?> list) || list.size() != 3) {
            throw ValueReader.mustBe(SHAPE_WORDS);
        }
        List<Integer> sides =
                list.stream().map(side -> ValueReader.integer(1).read(side)).toList();
        return new Shape(sides.get(0), sides.get(1), sides.get(2));
    }

    private List<DataSpec> data() {
        return study.has("data") ? DataReader.read(study.section("data")) : List.of();
    }

    private List<GridEntry> grid(List<Long> seeds) {
        ConfigValue value = study.given("grid").orElse(null);
        if (value == null) {
            study.problem("Cannot plan without a grid: grid = [ { family = … } ] is missing");
            return List.of();
        }
        if (!(value instanceof ConfigList list)) {
            study.problem(value, "Cannot take grid: it must be a list of objects, grid = [ { family = … } ]");
            return List.of();
        }
        if (list.isEmpty()) {
            study.problem(value, "Cannot plan an empty grid: it must have an entry, such as { family = bottleneck }");
        }
        GridReader reader = new GridReader(study.problems(), text.defaults());
        List<GridEntry> grid = new ArrayList<>();
        for (ConfigValue element : list) {
            if (element instanceof ConfigObject entry) {
                reader.read(entry, seeds).ifPresent(grid::add);
            } else {
                study.problem(
                        element,
                        "Cannot take %s as a grid: it must be an object, such as { family = bottleneck }"
                                .formatted(Section.show(element)));
            }
        }
        return grid;
    }

    /** Refuses a goal for the cost of a training, which is known only with one number of samples and of epochs. */
    private void refuseUnknownTraining(List<GridEntry> grid, List<DataSpec> data, List<Training> training) {
        boolean known = data.size() == 1
                && data.get(0).train().isPresent()
                && training.stream().map(Training::epochs).distinct().count() == 1;
        boolean cut = known && data.get(0).preparation().samples().isEmpty();
        if (known && !cut) {
            return;
        }
        String reason = cut
                ? "data.patch cuts each image into patches, and only data.size tells how many"
                : "data.train and training.epochs must be one number each";
        for (GridEntry entry : grid) {
            entry.solve()
                    .filter(solve ->
                            solve.measure() == CostMeasure.TRAINING_MACS && solve.target() instanceof Solve.Amount)
                    .ifPresent(solve -> study.problems()
                            .add(
                                    solve.origin(),
                                    "Cannot solve for %s by training-macs: %s".formatted(solve.knob(), reason)));
        }
    }
}
