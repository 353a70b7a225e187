package dev.narrows.tradeoff.answer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Words of a study's question, to find the knobs and families that it names. People write "splitting the middle" for
 * the knob {@code cardinality}, so knobs and families have other words beside their names.
 */
final class QuestionWords {
    /** Shortest beginning that two forms of a word share. */
    private static final int SHORTEST = 4;

    /** Longest ending in which they may differ. */
    private static final int ENDING = 3;

    private static final Map<String, List<String>> OF_KNOBS = Map.ofEntries(
            Map.entry("base-width", List.of("wide", "wider")),
            Map.entry("bottleneck-size", List.of("1x1")),
            Map.entry("cardinality", List.of("groups", "grouped", "split")),
            Map.entry("depth", List.of("deep", "deeper")),
            Map.entry("depths", List.of("deep", "deeper", "layers")),
            Map.entry("expansion", List.of("widen", "wide", "expand")),
            Map.entry("groups", List.of("depthwise", "dense", "split")),
            Map.entry("growth", List.of("grow", "add")),
            Map.entry("linear", List.of("relu", "activation")),
            Map.entry("mid", List.of("middle", "narrow", "thin")),
            Map.entry("mid-ratio", List.of("middle", "narrow", "thin")),
            Map.entry("pointwise", List.of("1x1")),
            Map.entry("reduce", List.of("1x1", "reduction")),
            Map.entry("reduce-ratio", List.of("1x1", "reduction")),
            Map.entry("skip", List.of("residual", "shortcut")),
            Map.entry("width-multiplier", List.of("wide", "wider")),
            Map.entry("width-per-group", List.of("split", "groups")),
            Map.entry("widths", List.of("wide", "wider")));

    private static final Map<String, List<String>> OF_FAMILIES = Map.ofEntries(
            Map.entry("bottleneck", List.of("resnet", "resnext", "narrow", "split")),
            Map.entry("depthwise-separable", List.of("mobilenet", "depthwise")),
            Map.entry("dense", List.of("densenet")),
            Map.entry("inception", List.of("googlenet")),
            Map.entry("inverted-bottleneck", List.of("mobilenetv2", "mobilenet", "wide", "inverted")),
            Map.entry("plain", List.of("vgg", "none")),
            Map.entry("residual", List.of("resnet", "pair", "none")));

    private final List<String> words;

    QuestionWords(String question) {
        words = words(question);
    }

    private static List<String> words(String text) {
        return Stream.of(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** Place of the first word that names a knob; empty if none does. */
    OptionalInt ofKnob(String knob) {
        return first(knob, OF_KNOBS.getOrDefault(knob, List.of()));
    }

    /** Place of the first word that names a family; empty if none does. */
    OptionalInt ofFamily(String family) {
        return first(family, OF_FAMILIES.getOrDefault(family, List.of()));
    }

    private OptionalInt first(String name, List<String> others) {
        List<String> parts = words(name);
        List<String> terms = new ArrayList<>(others);
        terms.add(parts.get(parts.size() == 1 ? 0 : parts.size() - 1));
        terms.add(parts.get(0));
        return IntStream.range(0, words.size())
                .filter(place -> terms.stream().anyMatch(term -> alike(words.get(place), term)))
                .findFirst();
    }

    /** True for two forms of a word: equal, or alike but for a short ending. */
    static boolean alike(String one, String other) {
        if (one.equals(other)) {
            return true;
        }
        int shared = 0;
        int shorter = Math.min(one.length(), other.length());
        while (shared < shorter && one.charAt(shared) == other.charAt(shared)) {
            shared++;
        }
        return shared >= Math.max(SHORTEST, shorter - ENDING);
    }
}
