package dev.narrows.jobs.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.jobs.CommandLineRun;
import dev.narrows.jobs.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Plan, doctor and run agree about a study: they read one preflight, so that none is green where another is not.
 */
class PreflightTest {
    /** The sentences about a dataset, and what they mean for a plan and a run. */
    private record Said(boolean runs, boolean plans, String... parts) {
        Said(boolean runs, String... parts) {
            this(runs, runs, parts);
        }
    }

    private static final Map<BrokenData, Said> SAID = Map.ofEntries(
            Map.entry(
                    BrokenData.NOTHING_WRONG,
                    new Said(
                            true,
                            "IMAGES: 20 images to train on, 2 for validation, 2 to test out of 24; it has"
                                    + " no test part, and data.test = null holds out a tenth",
                            "IMAGES: images of 3x16x16 in 2 classes: 10 to train on of each",
                            "IMAGES: all 24 images were looked at: 24 PNG")),
            Map.entry(
                    BrokenData.TRUNCATED_PNG,
                    new Said(
                            false,
                            "STUDY: Cannot read 1 of the 24 images of IMAGES that were looked at: IMAGES/dog/7.png: ",
                            "(repair or remove them, or leave them out by data.corrupt = skip)")),
            Map.entry(
                    BrokenData.CMYK_JPEG,
                    new Said(
                            true,
                            "IMAGES: all 25 images were looked at: 24 PNG, 1 JPEG",
                            "IMAGES: 1 image in CMYK is converted to RGB",
                            "2 classes: cat 10, dog 11 to train on")),
            Map.entry(BrokenData.SIXTEEN_BITS, new Said(true, "IMAGES: 1 image of more than 8 bits is rounded to 8")),
            Map.entry(
                    BrokenData.GREY_AMONG_RGB,
                    new Said(
                            true,
                            "IMAGES: 1 image of 24 is grey among coloured ones and gets three equal channels"
                                    + " (data.colour = rgb says that this is meant, and grey makes all grey)")),
            Map.entry(
                    BrokenData.MIXED_SIZES,
                    new Said(
                            false,
                            "STUDY: Cannot take the images of IMAGES: they must be alike, and of the 24"
                                    + " looked at there are 22 of 3x16x16, 2 of 3x24x16; IMAGES/dog/7.png: it is"
                                    + " 3x24x16 where the first image is 3x16x16 (data.size brings all to one)")),
            Map.entry(
                    BrokenData.EMPTY_CLASS,
                    new Said(false, "STUDY: Cannot learn class fox of IMAGES: no training image has it")),
            Map.entry(
                    BrokenData.ONE_CLASS,
                    new Said(false, "STUDY: Cannot learn from IMAGES: all its images have the one class cat")),
            Map.entry(
                    BrokenData.MASK_WITHOUT_IMAGE,
                    new Said(
                            true,
                            "IMAGES: 1 .png file is left out: a mask without an image of its name, such as"
                                    + " masks/lonely.png",
                            "IMAGES: images of 1x16x16 in 2 classes: each position is one of 0, 1")),
            Map.entry(
                    BrokenData.IMAGE_WITHOUT_MASK,
                    new Said(
                            false,
                            "STUDY: Cannot use IMAGES/images/lonely.png: there is no mask of its name beside it")),
            Map.entry(
                    BrokenData.WRONG_LABEL_COLUMN,
                    new Said(
                            false,
                            "STUDY: Cannot take data.answer-column = kind of IMAGES/train.parquet: there"
                                    + " is no such column, found ")),
            Map.entry(
                    BrokenData.UNREACHABLE_BUCKET,
                    new Said(
                            false,
                            true,
                            "STUDY: Cannot open s3a://no-such-bucket/images: S3 is read and written as"
                                    + " s3a://, by Hadoop's S3A, which is not on the class path")),
            Map.entry(
                    BrokenData.MORE_CLASSES_IN_VALIDATION,
                    new Said(
                            false,
                            "STUDY: Cannot use IMAGES/val: it has the class fox, which is not among those"
                                    + " to train on")),
            Map.entry(
                    BrokenData.DEAD_LINK,
                    new Said(
                            false,
                            "STUDY: Cannot read 1 of the 25 images of IMAGES that were looked at: IMAGES/dog/12.png:"
                                    + " it is a link to IMAGES/gone.png, and there is no such file (repair or remove")),
            Map.entry(
                    BrokenData.DEAD_LINK_TO_A_MASK,
                    new Said(
                            false,
                            "STUDY: Cannot read IMAGES: IMAGES/images/3.png: its mask: it is a link to gone.png, and"
                                    + " there is no such file")),
            Map.entry(
                    BrokenData.TEN_IMAGES,
                    new Said(
                            false,
                            "STUDY: Cannot hold out images for data.validation from IMAGES: it has no validation part,"
                                    + " and a tenth of the 9 training images left is 0 (set data.validation to a"
                                    + " number, such as 1)")),
            Map.entry(
                    BrokenData.NO_IMAGES_AMONG_IMAGES,
                    new Said(
                            true,
                            "IMAGES: 2 .txt files are left out: no image format that is read (png, jpg,"
                                    + " bmp, gif, tif), such as cat/more.txt",
                            "IMAGES: 1 .webp file is left out: no image format that is read (png, jpg,"
                                    + " bmp, gif, tif), such as dog/0.webp",
                            "IMAGES: 1 .png file is left out: in no folder of a class, such as cover.png")));

    @TempDir
    Path folder;

    @BeforeAll
    static void stop() {
        LocalSpark.stop();
    }

    @AfterEach
    void forget() {
        System.getProperties().stringPropertyNames().stream()
                .filter(key -> key.startsWith("spark."))
                .forEach(System::clearProperty);
    }

    @ParameterizedTest
    @EnumSource(BrokenData.class)
    void planDoctorAndRunSayTheSameOfADataset(BrokenData data) throws IOException {
        Path study = data.in(folder);
        Said said = SAID.get(data);
        CommandLineRun plan = of("plan", study);
        CommandLineRun doctor = of("doctor", study);
        CommandLineRun run = of("run", study);
        assertThat(plan.exitCode()).as(plan.err()).isEqualTo(said.plans() ? 0 : 2);
        assertThat(doctor.exitCode()).as(doctor.out()).isEqualTo(said.runs() ? 0 : 1);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(said.runs() ? 0 : 2);
        for (String part : said.parts()) {
            String words = part.replace("STUDY", study.toString())
                    .replace("IMAGES", folder.resolve("images").toString());
            assertThat(plan.out() + plan.err()).contains(words);
            assertThat(doctor.out()).contains(words);
        }
        assertThat(problems(run))
                .as("run refuses by doctor's words, and warns by them")
                .isEqualTo(marked(doctor, said.runs() ? "! " : "✗ "));
        assertThat(Files.exists(folder.resolve("run-results")))
                .as("nothing is written of what is refused")
                .isEqualTo(said.runs());
    }

    @Test
    void everyDatasetIsTried() {
        assertThat(SAID).containsOnlyKeys(BrokenData.values());
    }

    @Test
    void aStudyWithoutAVariantIsRefusedWithTheReasonsCounted() throws IOException {
        Path study = Files.writeString(folder.resolve("zero.conf"), """
                study = zero
                data { source = "bundled:fashion-mnist", train = 100, validation = 50, test = 50 }
                grid = [ { family = bottleneck, widths = [16, 32], depths = [1, 1], strides = [1, 2], cardinality = \
                [3, 5, 7] },
                         { family = plain, widths = [8], depths = [1], strides = [2] } ]
                limits { params = 100 }
                latency { for = none }
                """);
        String words = study
                + ": Cannot run study zero: its grids have no variant that can be trained, 4 points are"
                + " rejected: 3 like Cannot split 4 channels into 3 groups: 4 is not a multiple of 3; Cannot"
                + " plan plain: 1,434 params are over the limit of 100";
        for (String format : List.of("table", "csv", "json")) {
            CommandLineRun plan = of("plan", study, "--format", format);
            assertThat(plan.exitCode()).isEqualTo(2);
            assertThat(plan.err()).isEqualToIgnoringNewLines(words);
            if (format.equals("table")) {
                assertThat(plan.out()).as("a person sees each rejection").contains("4 is not a multiple of 5");
            } else {
                assertThat(plan.out()).as("a program gets no half a plan").isEmpty();
            }
        }
        CommandLineRun doctor = of("doctor", study);
        assertThat(doctor.exitCode()).isEqualTo(1);
        assertThat(marked(doctor, "✗ ")).containsExactly(words);
        CommandLineRun run = of("run", study);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).isEqualToIgnoringNewLines(words);
        assertThat(folder.resolve("run-results")).doesNotExist();
    }

    private Path study(String grid) throws IOException {
        return Files.writeString(folder.resolve("wide.conf"), """
                study = wide
                data { source = "bundled:fashion-mnist", train = 2000, validation = 100, test = 50 }
                grid = [ %s ]
                training { epochs = 1, batch-size = 2000 }
                latency { for = none }
                objectives = [ { minimize = params } ]
                """.formatted(grid));
    }

    private static String plain(int width) {
        return ("{ family = plain, stem { width = %d, kernel = 1, stride = 4 }, widths = [8], depths = [1],"
                        + " strides = [2] }")
                .formatted(width);
    }

    /** Terabytes a step, whatever machine this is. */
    @Test
    void trialsOfWhichNoneFitsThisMachineAreRefused() throws IOException {
        Path study = study(plain(4_000_000));
        CommandLineRun plan = of("plan", study);
        CommandLineRun doctor = of("doctor", study);
        CommandLineRun run = of("run", study);
        assertThat(List.of(plan.exitCode(), doctor.exitCode(), run.exitCode())).containsExactly(2, 1, 2);
        assertThat(run.err())
                .matches("(?s)\\S+wide.conf: Cannot run study wide on this machine: no trial fits; the"
                        + " smallest \\(plain\\)"
                        + " needs about [0-9.]+ TiB, and a trial may have about [0-9.]+ .iB \\(a smaller"
                        + " training.batch-size needs less, and fewer --slots give each more\\)\\s");
        assertThat(run.err().lines().toList()).isEqualTo(marked(doctor, "✗ "));
        assertThat(plan.err()).isEqualTo(run.err());
    }

    @Test
    void trialsOfWhichSomeDoNotFitThisMachineAreWarnedOf() throws IOException {
        Path study = study(plain(8) + ", " + plain(4_000_000));
        CommandLineRun plan = of("plan", study);
        CommandLineRun doctor = of("doctor", study);
        assertThat(List.of(plan.exitCode(), doctor.exitCode())).containsExactly(0, 0);
        assertThat(plan.err())
                .containsPattern("trials of 1 of 2 variants need more memory than the [0-9.]+ .iB that a trial may have"
                        + " here, and would end out-of-memory: plain stem.width=4000000 needs about [0-9.]+ TiB");
        assertThat(marked(doctor, "! ")).isEqualTo(plan.err().lines().toList());
    }

    @Test
    void aMasterThatIsNotThereIsAnErrorOfWhoAsksIt() throws IOException {
        Path study = BrokenData.NOTHING_WRONG.in(folder);
        Path cluster = Files.writeString(folder.resolve("cluster.conf"), "spark.master spark://127.0.0.1:1\n");
        String words = "Cannot start Spark at spark://127.0.0.1:1: no master answers there (127.0.0.1:1: ";
        CommandLineRun plan = of("plan", study, "--cluster", cluster);
        assertThat(plan.exitCode()).isZero();
        assertThat(plan.out())
                .contains("trials train on the processors of spark://127.0.0.1:1 in fp32")
                .contains("on 1 slot of spark://127.0.0.1:1 (others share the time)");
        CommandLineRun doctor = of("doctor", study, "--cluster", cluster);
        assertThat(doctor.exitCode()).isEqualTo(1);
        assertThat(marked(doctor, "✗ ")).singleElement().asString().startsWith(words);
        CommandLineRun run = of("run", study, "--cluster", cluster);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(problems(run)).singleElement().asString().startsWith(words);
    }

    @Test
    void executorsWithTooLittleMemoryAreAnErrorWithTheFigureToSet() throws IOException {
        Path study = study(plain(4_000_000));
        Path cluster = Files.writeString(
                folder.resolve("cluster.conf"),
                "spark.master yarn\nspark.executor.memory 1g\nspark.executor.cores 4\n");
        CommandLineRun plan = of("plan", study, "--cluster", cluster);
        CommandLineRun run = of("run", study, "--cluster", cluster);
        CommandLineRun doctor = of("doctor", study, "--cluster", cluster);
        assertThat(List.of(plan.exitCode(), doctor.exitCode(), run.exitCode())).containsExactly(2, 1, 2);
        assertThat(run.err())
                .startsWith(study + ": Cannot run study wide at yarn: one trial of this study needs about ")
                .contains("set spark.executor.memoryOverhead=")
                .hasLineCount(1);
        assertThat(plan.err()).isEqualTo(run.err());
        assertThat(marked(doctor, "✗ ")).contains(run.err().strip());
    }

    @Test
    void resultsThatCannotBeReachedAreAWarningOfPlanAndAnErrorOfTheOthers() throws IOException {
        Path study = BrokenData.NOTHING_WRONG.in(folder);
        CommandLineRun plan = CommandLineRun.of("plan", study, "--output", "s3a://no-such-bucket/results");
        assertThat(plan.exitCode()).as(plan.err()).isZero();
        assertThat(plan.out()).contains("1 trial to run");
        assertThat(plan.err()).contains("s3a://no-such-bucket/results: S3 is read and written as s3a://");
        CommandLineRun doctor = CommandLineRun.of("doctor", study, "--output", "s3a://no-such-bucket/results");
        assertThat(doctor.exitCode()).isEqualTo(1);
        assertThat(marked(doctor, "✗ "))
                .singleElement()
                .asString()
                .contains("s3a://no-such-bucket/results: S3 is read and written as s3a://");
        CommandLineRun run = CommandLineRun.of("run", study, "--output", "s3a://no-such-bucket/results");
        assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
        assertThat(run.err()).contains("s3a://no-such-bucket/results: S3 is read and written as s3a://");
    }

    @Test
    void aFolderOfAnotherStudyIsSaidBeforehand() throws IOException {
        Path study = BrokenData.NOTHING_WRONG.in(folder);
        Path results = Files.createDirectories(folder.resolve("others"));
        Files.writeString(results.resolve("letter.txt"), "Dear");
        String words =
                "Cannot write the results of study tried into " + results + ": it holds files that belong to no study";
        CommandLineRun plan = CommandLineRun.of("plan", study, "--output", results);
        assertThat(plan.exitCode()).isZero();
        assertThat(problems(plan)).containsExactly(words);
        CommandLineRun doctor = CommandLineRun.of("doctor", study, "--output", results);
        assertThat(doctor.exitCode()).isEqualTo(1);
        assertThat(marked(doctor, "✗ ")).containsExactly(words);
        CommandLineRun run = CommandLineRun.of("run", study, "--output", results);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(problems(run)).containsExactly(words);
    }

    @Test
    void imagesThatCannotBeReachedAreAWarningOfPlanThatPlansNothing() throws IOException {
        Path study = BrokenData.UNREACHABLE_BUCKET.in(folder);
        String words = study + ": Cannot open s3a://no-such-bucket/images: ";
        String advice = "(networks depend on the images' shape and classes, so nothing is planned here)";
        for (String format : List.of("table", "csv", "json")) {
            CommandLineRun plan = of("plan", study, "--format", format);
            assertThat(plan.exitCode()).isZero();
            assertThat(plan.err()).startsWith(words).endsWith(advice + "\n").hasLineCount(1);
            switch (format) {
                case "csv" ->
                    assertThat(plan.out())
                            .startsWith("variant_id,variant,family,")
                            .hasLineCount(1);
                case "json" ->
                    assertThat(plan.out())
                            .contains("\"points\" : [ ]")
                            .contains("\"refused\" : false")
                            .contains(words);
                default -> assertThat(plan.out()).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"TRUNCATED_PNG, 24", "DEAD_LINK, 25", "DEAD_LINK_TO_A_MASK, 24"})
    void brokenImagesThatMayBeSkippedAreAWarningWithTheirNumber(BrokenData data, int images) throws IOException {
        Path study = data.in(folder);
        CommandLineRun plan = of("plan", study, "--set", "data.corrupt=skip");
        assertThat(plan.exitCode()).isZero();
        assertThat(problems(plan))
                .singleElement()
                .asString()
                .startsWith("%s: 1 of the %d images of %s that were looked at cannot be read and are left out: "
                        .formatted(study, images, folder.resolve("images")));
    }

    @Test
    void aClassOfWhichNoTrainingImageIsDrawnIsAWarning() throws IOException {
        Path study = BrokenData.NOTHING_WRONG.in(folder);
        String words = folder.resolve("images") + ": 1 of 2 classes has no image to train on, and no network can learn"
                + " it: dog (a larger data.train has images of more classes)";
        CommandLineRun plan = of("plan", study, "--set", "data.train=1");
        CommandLineRun doctor = of("doctor", study, "--set", "data.train=1");
        assertThat(List.of(plan.exitCode(), doctor.exitCode())).containsExactly(0, 0);
        assertThat(problems(plan)).containsExactly(words);
        assertThat(marked(doctor, "! ")).containsExactly(words);
        assertThat(problems(of("plan", study, "--set", "data.train=2"))).isEmpty();
    }

    @Test
    void aClassOfWhichNoTrainingImageCanBeReadIsAWarningWhereTheyAreSkipped() throws IOException {
        Path study = BrokenData.NOTHING_WRONG.in(folder);
        for (int i = 0; i < 12; i++) {
            Files.writeString(folder.resolve("images/dog/%d.png".formatted(i)), "no image " + i);
        }
        CommandLineRun plan = of("plan", study, "--set", "data.corrupt=skip");
        assertThat(plan.exitCode()).isZero();
        assertThat(problems(plan))
                .hasSize(2)
                .contains(folder.resolve("images") + ": 1 of 2 classes has no image to train on that can be used,"
                        + " and no network can learn it: dog (repair the images, or add others)");
    }

    private CommandLineRun of(String command, Path study, Object... more) {
        Object[] words = new Object[4 + more.length];
        words[0] = command;
        words[1] = study;
        words[2] = "--output";
        words[3] = folder.resolve(command + "-results");
        System.arraycopy(more, 0, words, 4, more.length);
        CommandLineRun run = CommandLineRun.of(words);
        forget();
        return run;
    }

    /** The sentences beside the output, without the progress of reading, which a busy machine tells of. */
    private static List<String> problems(CommandLineRun run) {
        return run.err()
                .lines()
                .filter(line -> !line.matches("(reading|decoding) .*"))
                .toList();
    }

    private static List<String> marked(CommandLineRun doctor, String mark) {
        return doctor.out()
                .lines()
                .filter(line -> line.startsWith(mark))
                .map(line -> line.substring(mark.length()))
                .toList();
    }
}
