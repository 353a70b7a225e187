package dev.narrows.benchmarks.replay;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.ToNumberPolicy;
import dev.narrows.cost.Cost;
import dev.narrows.data.random.Seeds;
import dev.narrows.family.Settings;
import dev.narrows.search.SearchCandidate;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * A study that was trained whole: every variant with every seed, in the order of the variants' ids.
 *
 * @param candidates compared by params and MACs
 * @param trials by candidate and seed
 */
record StoredStudy(String name, List<SearchCandidate> candidates, List<List<StoredTrial>> trials) {
    private static final Gson GSON = new GsonBuilder()
            .serializeNulls()
            .setObjectToNumberStrategy(ToNumberPolicy.LONG_OR_DOUBLE)
            .create();

    StoredStudy {
        candidates = List.copyOf(candidates);
        trials = List.copyOf(trials);
    }

    /** @throws IllegalArgumentException where a variant lacks a seed that another has */
    static StoredStudy of(String name, List<StoredTrial> all) {
        Map<String, Map<Long, StoredTrial>> variants = new TreeMap<>();
        all.forEach(trial ->
                variants.computeIfAbsent(trial.variant(), id -> new TreeMap<>()).put(trial.seed(), trial));
        List<SearchCandidate> candidates = new ArrayList<>();
        List<List<StoredTrial>> trials = new ArrayList<>();
        variants.forEach((id, seeds) -> {
            StoredTrial one = seeds.values().iterator().next();
            candidates.add(new SearchCandidate(
                    id,
                    one.label(),
                    one.family(),
                    new Settings(one.settings()),
                    new Cost(one.params(), one.macs(), one.activations(), one.depth()),
                    List.of((double) one.params(), (double) one.macs())));
            trials.add(List.copyOf(seeds.values()));
        });
        long least = trials.stream().mapToInt(List::size).min().orElse(0);
        if (least == 0 || trials.stream().anyMatch(seeds -> seeds.size() > least)) {
            throw new IllegalArgumentException(
                    "Cannot replay %s: not all of its %d variants have all seeds".formatted(name, variants.size()));
        }
        return new StoredStudy(name, candidates, trials);
    }

    static StoredStudy read(Path file) throws IOException {
        List<StoredTrial> all = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                all.add(GSON.fromJson(line, StoredTrial.class));
            }
        }
        return of(file.getFileName().toString().replace(".jsonl.gz", ""), all);
    }

    static void write(Path file, List<StoredTrial> all) throws IOException {
        try (Writer out =
                new OutputStreamWriter(new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8)) {
            for (StoredTrial trial : all) {
                out.write(GSON.toJson(trial));
                out.write('\n');
            }
        }
    }

    /** A random part of the variants, another one for each number. */
    StoredStudy part(int variants, int number) {
        int[] order = IntStream.range(0, size()).toArray();
        Seeds.shuffle(Seeds.generator(number, "replay-part", variants), order);
        int[] chosen = Arrays.stream(order).limit(variants).sorted().toArray();
        return new StoredStudy(
                name,
                Arrays.stream(chosen).mapToObj(candidates::get).toList(),
                Arrays.stream(chosen).mapToObj(trials::get).toList());
    }

    int size() {
        return candidates.size();
    }

    int seeds() {
        return trials.get(0).size();
    }

    int epochs() {
        return trials.get(0).get(0).accuracies().size();
    }

    double quality(int candidate, int seed) {
        List<Double> accuracies = trials.get(candidate).get(seed).accuracies();
        return accuracies.get(accuracies.size() - 1);
    }

    /** The mean final quality over all seeds. */
    double[] truth() {
        double[] means = new double[size()];
        for (int i = 0; i < means.length; i++) {
            for (int s = 0; s < seeds(); s++) {
                means[i] += quality(i, s) / seeds();
            }
        }
        return means;
    }
}
