package dev.narrows.engine;

import dev.narrows.data.Dataset;
import dev.narrows.data.Datasets;
import dev.narrows.space.Plan;
import dev.narrows.space.Planner;
import dev.narrows.study.DataSpec;
import dev.narrows.study.Precision;
import dev.narrows.study.Study;
import dev.narrows.study.reading.StudyReader;
import dev.narrows.trial.Epoch;
import dev.narrows.trial.Trial;
import dev.narrows.trial.TrialResult;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * Prints every number of the rows of short trials that is neither a time nor a place, exactly, and checksums of the
 * trained weights: for a comparison before and after a change that must keep bits.
 *
 * <p>Bits depend on the processor, so what it prints is compared on one machine and kept nowhere.
 */
final class TrialBits {
    /** Components of rows that may differ from run to run. */
    private static final Set<String> TIMES_AND_PLACES = Set.of(
            "trialId",
            "trainSeconds",
            "validationSeconds",
            "imagesPerSecond",
            "setupSeconds",
            "outsideShare",
            "peakMemoryBytes",
            "place",
            "startedAt",
            "totalSeconds");

    private static final String CLOTHES =
            "data { source = \"bundled:fashion-mnist\", train = 250, validation = 70, test = 50 }\n";

    private static final String SHORT =
            "training { epochs = 2, batch-size = 32, optimizer { name = sgd, learning-rate = 0.05 }, %s }\n";

    private static final String FAMILIES = CLOTHES + """
            grid = [
              { family = plain }
              { family = plain, norm = layer, activation = gelu, head { hidden = [20] } }
              { family = residual, shortcut = repeat }
              { family = bottleneck, cardinality = [1, 4] }
              { family = inception }
              { family = depthwise-separable, stem { stride = 2 } }
              { family = inverted-bottleneck, linear = false }
              { family = dense, growth = 5 }
              { family = convnext }
            ]
            """ + SHORT;

    private static final String SETTINGS = CLOTHES + """
            grid = [ { family = bottleneck, widths = [[8, 16]], depths = [[1, 1]], strides = [[2, 2]], seeds = [3] } ]
            training { epochs = 2, batch-size = 6, precision = [fp32, bf16], %s }
            """;

    private static final String CELLS = "data { source = \"bundled:cells\", train = 40, validation = 10, test = 9 }\n";

    private static final String MASKS = """
            grid = [ { family = u-net, base-width = 4, depth = 1, %s } ]
            training { epochs = 2, batch-size = 8, precision = [fp32, bf16], label-smoothing = 0.1
              optimizer { name = adamw, learning-rate = 0.01 }, %s }
            """;

    private TrialBits() {}

    /** An argument, if there is one, is the file that is written; else the console is. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createTempDirectory("trial-bits");
        try (PrintStream out = arguments.length == 0
                ? System.out
                : new PrintStream(Files.newOutputStream(Path.of(arguments[0])), false, StandardCharsets.UTF_8)) {
            for (Map.Entry<String, String> study : studies(folder).entrySet()) {
                print(study.getKey(), study.getValue(), folder, out);
            }
        }
    }

    private static Map<String, String> studies(Path folder) throws IOException {
        Map<String, String> studies = new LinkedHashMap<>();
        studies.put("families", FAMILIES.formatted("precision = [fp32, bf16]"));
        studies.put("sgd", SETTINGS.formatted("""
                schedule = [constant, cosine, one-cycle], clip-norm = [0, 1]
                warmup-epochs = 0.5
                optimizer { name = sgd, learning-rate = 0.05 }"""));
        studies.put("sgd-without-momentum", SETTINGS.formatted("""
                label-smoothing = 0.1, augment { crop = 2, flip = true, turn = true, elastic = 1 }
                optimizer { name = sgd, momentum = 0, nesterov = false, weight-decay = 0, learning-rate = 0.05 }"""));
        studies.put("adamw", SETTINGS.formatted("""
                schedule = [cosine, one-cycle], clip-norm = [0, 0.5], label-smoothing = 0.1
                augment { crop = [0, 2], flip = true }
                optimizer { name = adamw, learning-rate = 0.01 }"""));
        studies.put("diverging", SETTINGS.formatted("""
                schedule = constant
                optimizer { name = sgd, learning-rate = 1e12, weight-decay = 0 }"""));
        studies.put("fp16", CLOTHES + """
                grid = [
                  { family = bottleneck, cardinality = [1, 4] }
                  { family = inverted-bottleneck }
                ]
                """ + SHORT.formatted("precision = fp16"));
        studies.put("diverging-in-fp16", CLOTHES + "grid = [ { family = plain } ]\n" + """
                training { epochs = 1, batch-size = 8, precision = fp16, schedule = constant
                  optimizer { name = sgd, learning-rate = [1e4, 1e12], weight-decay = 0 } }
                """);
        studies.put("masks", CELLS + MASKS.formatted("up = [transposed, bilinear, nearest]", "clip-norm = 1"));
        studies.put(
                "masks-and-losses",
                CELLS
                        + MASKS.formatted(
                                "padded = false",
                                "loss = [cross-entropy, dice, cross-entropy-and-dice], augment { flip ="
                                        + " true, elastic = 2 }"));
        studies.put(
                "masks-with-positions-of-no-class",
                """
                data { source = "%s", validation = 12, test = 11, ignore = 255 }
                """.formatted(borders(folder.resolve("borders")))
                        + MASKS.formatted("norm = layer", "loss = [cross-entropy, dice, cross-entropy-and-dice]"));
        return studies;
    }

    /** Images whose masks have positions of no class; in some there are no others. */
    private static Path borders(Path set) throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 60; i++) {
            BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
            BufferedImage mask = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
            for (int at = 0; at < 256; at++) {
                boolean bright = random.nextBoolean();
                image.getRaster().setSample(at % 16, at / 16, 0, bright ? 220 : 30);
                mask.getRaster().setSample(at % 16, at / 16, 0, at % 3 == 0 || i % 9 == 0 ? 255 : bright ? 1 : 0);
            }
            save(image, set.resolve("images/%03d.png".formatted(i)));
            save(mask, set.resolve("masks/%03d.png".formatted(i)));
        }
        return set;
    }

    private static void save(BufferedImage image, Path file) throws IOException {
        Files.createDirectories(file.getParent());
        ImageIO.write(image, "png", file.toFile());
    }

    private static void print(String name, String text, Path folder, PrintStream out) throws IOException {
        Path file = folder.resolve(name + ".conf");
        Files.writeString(file, "study = bits\n" + text);
        Study study = StudyReader.read(file, List.of());
        for (DataSpec spec : study.data()) {
            Dataset images = Datasets.open(spec, new Configuration(false));
            Study.Input input = new Study.Input(images.shape(), images.classes(), Optional.of(images.task()));
            Plan plan = Planner.plan(study, input);
            if (!plan.rejections().isEmpty()) {
                throw new IllegalStateException("Cannot plan %s: %s".formatted(name, plan.rejections()));
            }
            for (Trial trial : plan.trials(study, Map.of(spec, images.fingerprint()), Precision.FP32)) {
                out.printf("== %s: %s %s%n", name, trial.variant(), trial.training());
                List<String> weights = new ArrayList<>();
                TrialResult result = new TrialRunner(Engine.start(1)).run(trial, images, "cpu", weightsInto(weights));
                lines("", result, out);
                out.println("weights " + weights);
            }
        }
        out.flush();
    }

    private static Watch weightsInto(List<String> sums) {
        return new Watch() {
            @Override
            public boolean cancelled() {
                return false;
            }

            @Override
            public void epoch(Epoch epoch) {}

            @Override
            public void trained(Supplier<byte[]> archive) {
                sums.addAll(sums(archive.get()));
            }
        };
    }

    /** Checksums of an archive's tensors, sorted: code and names may change, and the order with them. */
    static List<String> sums(byte[] archive) {
        List<String> sums = new ArrayList<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().contains("/data/")) {
                    CRC32 sum = new CRC32();
                    sum.update(zip.readAllBytes());
                    sums.add(Long.toHexString(sum.getValue()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Collections.sort(sums);
        return sums;
    }

    private static void lines(String path, @Nullable Object value, PrintStream out) {
        if (value instanceof Record record) {
            for (RecordComponent component : record.getClass().getRecordComponents()) {
                if (!TIMES_AND_PLACES.contains(component.getName())) {
                    lines(path + "." + component.getName(), value(record, component), out);
                }
            }
        } else if (value instanceof Collection<?> many) {
            int index = 0;
            for (Object one : many) {
                lines(path + "[" + index++ + "]", one, out);
            }
        } else {
            out.println(path.substring(1) + " = " + exact(value));
        }
    }

    private static @Nullable Object value(Record record, RecordComponent component) {
        try {
            return component.getAccessor().invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("Cannot read %s of a row".formatted(component), e);
        }
    }

    private static String exact(@Nullable Object value) {
        return value instanceof Double number
                ? Double.toHexString(number)
                : value instanceof BitSet bits ? bits.cardinality() + " of " + bits : String.valueOf(value);
    }
}
