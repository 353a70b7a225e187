package dev.narrows.benchmarks.replay;

import com.google.gson.Gson;
import dev.narrows.benchmarks.replay.Scoring.Score;
import dev.narrows.search.SearchSettings;
import dev.narrows.study.SearchSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Replays searches on stored studies and prints what they lose, beside other ways to spend the same epochs.
 *
 * <p>Arguments: {@code searches=1000}, {@code studies=FILE,FILE|made-up}, {@code tolerance=}, {@code risk=}, {@code
 * sample=}, {@code stops=true}, {@code orders=FILE} (of {@code benchmarks/python/samplers.py}), {@code part=N} (each
 * search on another random part of N variants, as if they were the whole grid).
 */
public final class SearchReplay {
    private SearchReplay() {}

    public static void main(String[] arguments) throws IOException {
        Map<String, String> options = new HashMap<>();
        for (String argument : arguments) {
            String[] parts = argument.split("=", 2);
            options.put(parts[0], parts.length == 2 ? parts[1] : "true");
        }
        List<StoredStudy> studies = new ArrayList<>();
        for (String name : options.getOrDefault("studies", "made-up").split(",", -1)) {
            if (name.equals("made-up")) {
                studies.add(MadeUpStudies.lateCrossings());
                studies.add(MadeUpStudies.onlyTogether());
            } else {
                studies.add(StoredStudy.read(Path.of(name)));
            }
        }
        for (StoredStudy study : studies) {
            replay(study, options);
        }
    }

    private static void replay(StoredStudy study, Map<String, String> options) throws IOException {
        int searches = Integer.parseInt(options.getOrDefault("searches", "1000"));
        SearchSpec spec = new SearchSpec(
                number(options, "tolerance", SearchSpec.USUAL.tolerance()),
                number(options, "risk", SearchSpec.USUAL.risk()),
                number(options, "sample", SearchSpec.USUAL.sample()),
                SearchSpec.USUAL.batch(),
                Boolean.parseBoolean(options.getOrDefault("stops", "false")));
        int part = Integer.parseInt(options.getOrDefault("part", String.valueOf(study.size())));
        SearchSettings settings =
                SearchSettings.of(spec, part, study.epochs(), 0).withSeeds(study.seeds());
        Scoring scoring = new Scoring(study, settings.tolerance());
        Map<String, List<List<Integer>>> orders = orders(study, options);
        Map<String, List<Score>> scores = new LinkedHashMap<>();
        List<List<Score>> searched = IntStream.range(0, searches)
                .parallel()
                .mapToObj(run -> part == study.size()
                        ? one(study, settings, scoring, orders, run)
                        : ofPart(study.part(part, run), settings, run))
                .toList();
        List<String> names =
                new ArrayList<>(List.of("search", "random part", "short training", "ASHA by band", "MO-ASHA"));
        names.addAll(orders.keySet());
        for (List<Score> run : searched) {
            for (int m = 0; m < names.size(); m++) {
                scores.computeIfAbsent(names.get(m), name -> new ArrayList<>()).add(run.get(m));
            }
        }
        double ledger = searched.stream()
                .mapToDouble(run -> run.get(run.size() - 1).lost())
                .average()
                .orElse(0);
        double widening = searched.stream()
                .mapToDouble(run -> run.get(run.size() - 1).worst())
                .average()
                .orElse(0);
        System.out.printf(
                Locale.ROOT,
                "%n%s: %d variants, %d seeds, %d epochs, %d members of the whole; "
                        + "tolerance %s, risk %s, sample %s, stops %s; %d searches%n",
                study.name(),
                part,
                study.seeds(),
                study.epochs(),
                scoring.members(),
                settings.tolerance(),
                settings.risk(),
                settings.sample(),
                settings.stops(),
                searches);
        System.out.printf(
                Locale.ROOT,
                "ledger %.2f, truly lost %.2f; intervals widened by %.2f on average%n%n",
                ledger,
                mean(searched.stream().map(run -> run.get(0)).toList(), Score::lost),
                widening);
        System.out.println("| way | members lost | worst loss | mean loss | hypervolume lost | compute |");
        System.out.println("|---|---|---|---|---|---|");
        scores.forEach((name, all) -> System.out.printf(
                Locale.ROOT,
                "| %s | %.2f | %.4f | %.4f | %.2f %% | %.0f %% |%n",
                name,
                mean(all, Score::lost),
                mean(all, Score::worst),
                mean(all, Score::mean),
                100 * mean(all, Score::hypervolume),
                100 * mean(all, Score::compute)));
    }

    private static List<Score> ofPart(StoredStudy part, SearchSettings settings, int run) {
        return one(part, settings, new Scoring(part, settings.tolerance()), Map.of(), run);
    }

    private static double number(Map<String, String> options, String name, double otherwise) {
        return options.containsKey(name) ? Double.parseDouble(options.get(name)) : otherwise;
    }

    private static double mean(List<Score> scores, java.util.function.ToDoubleFunction<Score> part) {
        return scores.stream().mapToDouble(part).average().orElse(0);
    }

    /** The scores of all ways in one run; the last holds the ledger and the widening of the search instead. */
    private static List<Score> one(
            StoredStudy study,
            SearchSettings settings,
            Scoring scoring,
            Map<String, List<List<Integer>>> orders,
            int run) {
        int seed = run % study.seeds();
        Searching.Found found = new Searching(study).search(settings.withSeed(run), seed);
        long budget = found.spent().epochs();
        OtherWays rivals = new OtherWays(study, seed, run);
        List<Score> scores = new ArrayList<>();
        scores.add(scoring.of(found.spent()));
        scores.add(scoring.of(rivals.random(budget)));
        scores.add(scoring.of(rivals.shortTraining(budget)));
        scores.add(scoring.of(rivals.ashaByBand(budget)));
        scores.add(scoring.of(rivals.moAsha(budget)));
        orders.values().forEach(of -> {
            int[] order = of.get(run % of.size()).stream().mapToInt(i -> i).toArray();
            scores.add(scoring.of(rivals.inOrder(order, budget)));
        });
        scores.add(new Score(found.ledger(), found.widening(), 0, 0, 0));
        return scores;
    }

    private record Order(String study, String sampler, List<String> variants) {}

    private static Map<String, List<List<Integer>>> orders(StoredStudy study, Map<String, String> options)
            throws IOException {
        Map<String, List<List<Integer>>> orders = new LinkedHashMap<>();
        if (!options.containsKey("orders")) {
            return orders;
        }
        Map<String, Integer> indices = new HashMap<>();
        for (int i = 0; i < study.size(); i++) {
            indices.put(study.candidates().get(i).variantId(), i);
        }
        for (String line : Files.readAllLines(Path.of(options.getOrDefault("orders", "")))) {
            Order order = new Gson().fromJson(line, Order.class);
            if (order.study().equals(study.name())) {
                orders.computeIfAbsent(order.sampler(), name -> new ArrayList<>())
                        .add(order.variants().stream().map(indices::get).toList());
            }
        }
        return orders;
    }
}
