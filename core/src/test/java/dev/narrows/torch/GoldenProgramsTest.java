package dev.narrows.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.cost.Memory;
import dev.narrows.family.Networks;
import dev.narrows.family.RandomNetworks;
import dev.narrows.net.Layer;
import dev.narrows.net.Shape;
import dev.narrows.program.ElementType;
import dev.narrows.program.Form;
import dev.narrows.program.Program;
import dev.narrows.program.rule.Rules;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The TorchScript and the memory estimate of hundreds of networks of all families, held to the letter.
 *
 * <p>One line per network: a hash of each text, and the estimates in bytes. A change of a text may change the bits of
 * trials; then the version of the form or of the engine's semantics rises. {@code NARROWS_WRITE_GOLDEN=1} writes the
 * file anew.
 */
class GoldenProgramsTest {
    private static final String RESOURCE = "programs.txt";
    private static final Path SOURCE = Networks.path("core/src/test/resources/dev/narrows/torch/" + RESOURCE);
    private static final int SEEDS = 45;
    private static final int HASH_CHARACTERS = 12;
    private static final int BATCH = 32;

    private static final TorchPrinter SCORES = new TorchPrinter(TorchPrinter.Result.SCORES);
    private static final TorchPrinter MEASURED = new TorchPrinter(TorchPrinter.Result.MEASURED);

    @Test
    void textsAndEstimatesAreThoseThatTrialsRanWith() throws IOException {
        List<String> lines = lines();
        if (System.getenv("NARROWS_WRITE_GOLDEN") != null) {
            Files.createDirectories(SOURCE.getParent());
            Files.write(SOURCE, lines);
        }
        try (InputStream golden = GoldenProgramsTest.class.getResourceAsStream(RESOURCE)) {
            assertThat(golden).as("the resource " + RESOURCE).isNotNull();
            List<String> expected = new String(golden.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            List<String> changed = new ArrayList<>(lines);
            changed.removeAll(expected);
            assertThat(changed).as("networks that changed").isEmpty();
            assertThat(lines).hasSameSizeAs(expected);
        }
    }

    private static List<String> lines() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String family : RandomNetworks.families()) {
            for (int seed = 0; seed < SEEDS; seed++) {
                lines.add(line(family + "-" + seed, RandomNetworks.of(family, seed)));
            }
            lines.add(line(family + "-grey", Networks.defaults(family, new Shape(1, 28, 28), 10)));
            lines.add(line(family + "-colour", Networks.defaults(family, new Shape(3, 32, 32), 10)));
        }
        try (Stream<Path> files = Files.list(Networks.path("conf/networks"))) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                // The table solves for equal costs instead of naming one network.
                if (!name.equals("resnext-table.conf")) {
                    lines.add(line(name, Networks.read("conf/networks/" + name)));
                }
            }
        }
        return lines;
    }

    private static String line(String name, Networks.Network network) {
        Layer layer = network.layer();
        Shape input = network.input();
        Map<String, String> texts = new LinkedHashMap<>();
        for (ElementType type : ElementType.values()) {
            texts.merge(
                    "training", SCORES.print(Rules.training(layer, input, type, Form.CHANNELS_LAST)), String::concat);
            Program blocked = Rules.training(layer, input, type, Form.BLOCKED);
            if (blocked.form() == Form.BLOCKED) {
                texts.merge("blocked", SCORES.print(blocked), String::concat);
            }
            texts.merge("evaluation", SCORES.print(Rules.evaluation(layer, input, type)), String::concat);
            texts.merge("taps", MEASURED.print(Rules.taps(layer, input, type)), String::concat);
        }
        texts.put("kept", SCORES.print(Rules.kept(layer, input)));
        StringBuilder line = new StringBuilder(name);
        texts.forEach(
                (purpose, text) -> line.append(' ').append(purpose).append('=').append(hash(text)));
        return line.append(" training-bytes=")
                .append(Memory.trainingBytes(layer, input, BATCH, ElementType.FP32, 1))
                .append(',')
                .append(Memory.trainingBytes(layer, input, BATCH, ElementType.BF16, 1))
                .append(" inference-bytes=")
                .append(Memory.inferenceBytes(layer, input, 1, ElementType.FP32))
                .append(',')
                .append(Memory.inferenceBytes(layer, input, 1, ElementType.BF16))
                .append(" live=")
                .append(Memory.liveActivations(layer, input))
                .toString();
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, HASH_CHARACTERS);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
