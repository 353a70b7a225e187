package dev.narrows.search;

import dev.narrows.search.SearchDecision.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One walk over the batches of a search, from the first to where results are still missing. */
final class Walk {
    /** Trained variants below which the next batch is random: others failed. */
    private static final int LEAST_TRAINED = 4;

    /** Shares of the epochs after which a trial is looked at. */
    private static final double[] LOOKS = {0.5, 0.75};

    private final List<SearchCandidate> candidates;
    private final SearchSettings settings;
    private final Rounds rounds;
    private final Map<String, VariantProgress> progress;
    private final List<SearchDecision> decisions = new ArrayList<>();
    private final List<List<Integer>> batches = new ArrayList<>();
    private final Set<Integer> left = new TreeSet<>();
    private final Map<Integer, Integer> paused = new TreeMap<>();
    private final Map<Integer, PauseRule> rules = new TreeMap<>();
    private final Map<Integer, Integer> batchOf = new LinkedHashMap<>();
    private final Map<Integer, Set<Integer>> choicesOf = new HashMap<>();
    private @Nullable Outlook last;
    private OptionalDouble ledger = OptionalDouble.empty();

    Walk(
            List<SearchCandidate> candidates,
            SearchSettings settings,
            Rounds rounds,
            Map<String, VariantProgress> progress) {
        this.candidates = candidates;
        this.settings = settings;
        this.rounds = rounds;
        this.progress = progress;
        for (int i = 0; i < candidates.size(); i++) {
            left.add(i);
        }
    }

    /** A search that trains everything. */
    SearchState grid(String note) {
        ledger = OptionalDouble.of(0);
        begin(List.copyOf(left), Verdict.GRID, null);
        return standing(isComplete(0), Optional.of(note));
    }

    /**
     * A search from its sample on.
     *
     * @param sizes of the random batches
     * @param order of random choice
     */
    SearchState search(int[] sizes, int[] order) {
        draw(sizes, order);
        boolean over = false;
        while (!over && isComplete(batches.size() - 2)) {
            Known known = known(batches.size() - 2);
            boolean blind = known.trained().size() < LEAST_TRAINED;
            if (blind) {
                begin(next(order, 0, settings.batch()), Verdict.SAMPLED, null);
            } else {
                Outlook outlook = rounds.outlook(known);
                last = outlook;
                choose(outlook);
            }
            over = batches.get(batches.size() - 1).isEmpty()
                    && batches.get(batches.size() - 2).isEmpty();
        }
        if (over && last != null) {
            leaveOut(last);
        }
        return standing(over, Optional.empty());
    }

    /** The beginning of the same search, which no cost and no result decides. */
    SearchState sample(int[] sizes, int[] order) {
        draw(sizes, order);
        return standing(false, Optional.empty());
    }

    private void draw(int[] sizes, int[] order) {
        int drawn = 0;
        for (int size : sizes) {
            begin(next(order, drawn, size), Verdict.SAMPLED, null);
            drawn += size;
        }
    }

    private List<Integer> next(int[] order, int from, int count) {
        List<Integer> next = new ArrayList<>();
        for (int i = from; i < order.length && next.size() < count; i++) {
            if (left.contains(order[i])) {
                next.add(order[i]);
            }
        }
        return next;
    }

    /** Takes the likeliest, as many as a batch holds or as bring the ledger down to the risk. */
    private void choose(Outlook outlook) {
        Set<Integer> open = new TreeSet<>(left);
        // A pause counts once the batch of the trial was seen; until then the trial is under way.
        paused.keySet().stream().filter(this::isSeen).forEach(open::add);
        List<Integer> likeliest = new ArrayList<>(open);
        likeliest.sort(Comparator.comparingDouble((Integer i) -> -outlook.chance(i))
                .thenComparingDouble(i -> -outlook.quality(i))
                .thenComparing(i -> i));
        double rest = outlook.ledger(open);
        List<Integer> chosen = new ArrayList<>();
        for (int candidate : likeliest) {
            boolean exceeds = paused.containsKey(candidate) && outlook.chance(candidate) > bound();
            if (chosen.size() < settings.batch() && (rest > settings.risk() || exceeds)) {
                chosen.add(candidate);
                rest -= outlook.chance(candidate);
            }
        }
        ledger = OptionalDouble.of(Math.max(0, rest));
        begin(chosen, Verdict.CHOSEN, outlook);
    }

    private boolean isSeen(int candidate) {
        return batchOf.getOrDefault(candidate, 0) <= batches.size() - 2;
    }

    /** A fair share of the risk. */
    private double bound() {
        return settings.risk() / candidates.size();
    }

    private void begin(List<Integer> batch, Verdict verdict, @Nullable Outlook outlook) {
        int number = batches.size();
        Choices worth = choices(outlook == null ? -1 : number - 2);
        batches.add(List.copyOf(batch));
        for (int candidate : batch) {
            boolean again = paused.remove(candidate) != null;
            rules.remove(candidate);
            if (outlook != null && settings.stops() && !again) {
                rules.put(candidate, outlook.pauseRule(candidate, looks(), bound()));
            }
            left.remove(candidate);
            batchOf.put(candidate, number);
            choicesOf.computeIfAbsent(
                    candidate, one -> worth.worth(candidates.get(one).family()));
            decide(candidate, OptionalInt.empty(), prediction(outlook, candidate), again ? Verdict.RESUMED : verdict);
        }
        if (outlook != null) {
            batch.forEach(candidate -> look(candidate, outlook));
        }
    }

    /** The choices of training settings by the results of the batches up to one; -1 where none counts. */
    private Choices choices(int upTo) {
        Set<Integer> all = Choices.all(settings.choices());
        List<Choices.Trained> trained = new ArrayList<>();
        for (int candidate = 0; candidate < candidates.size(); candidate++) {
            VariantProgress own = progress(candidate);
            if (!left.contains(candidate)
                    && batchOf.getOrDefault(candidate, 0) <= upTo
                    && all.equals(choicesOf.get(candidate))
                    && own.ended(all)) {
                trained.add(new Choices.Trained(
                        candidates.get(candidate).family(),
                        all.stream().map(own.qualities()::get).toList()));
            }
        }
        return new Choices(settings.choices(), settings.tolerance(), trained);
    }

    private static Optional<Prediction> prediction(@Nullable Outlook outlook, int candidate) {
        return outlook == null ? Optional.empty() : Optional.of(outlook.prediction(candidate));
    }

    /** Epochs after which a trial is looked at. */
    private List<Integer> looks() {
        return Arrays.stream(LOOKS)
                .mapToInt(share -> (int) Math.ceil(share * settings.epochs()))
                .filter(epoch -> epoch < settings.epochs())
                .distinct()
                .boxed()
                .toList();
    }

    /** Looks at a trial that may pause after each epoch of those that it has reached. */
    private void look(int candidate, Outlook outlook) {
        PauseRule rule = rules.get(candidate);
        if (rule == null) {
            return;
        }
        List<Double> losses = progress(candidate).trainLosses();
        for (int epoch : looks()) {
            if (epoch > losses.size()) {
                return;
            }
            double loss = losses.get(epoch - 1);
            Optional<Prediction> prediction = outlook.prediction(candidate, epoch, loss);
            boolean stops = rule.pauses(epoch, loss);
            if (stops) {
                paused.put(candidate, epoch);
                ledger = OptionalDouble.of(
                        ledger.orElse(0) + prediction.map(Prediction::chance).orElse(0.0));
            }
            decide(candidate, OptionalInt.of(epoch), prediction, stops ? Verdict.PAUSED : Verdict.GOES_ON);
            if (stops) {
                return;
            }
        }
    }

    private void decide(int candidate, OptionalInt epoch, Optional<Prediction> prediction, Verdict verdict) {
        decisions.add(new SearchDecision(
                candidates.get(candidate).variantId(),
                batches.size() - 1,
                epoch,
                verdict.begins() ? choicesOf.getOrDefault(candidate, Set.of()) : Set.of(),
                prediction,
                verdict,
                ledger));
    }

    private void leaveOut(Outlook outlook) {
        left.forEach(
                candidate -> decide(candidate, OptionalInt.empty(), prediction(outlook, candidate), Verdict.LEFT_OUT));
        paused.forEach((candidate, epoch) ->
                decide(candidate, OptionalInt.of(epoch), prediction(outlook, candidate), Verdict.LEFT_OUT));
    }

    private VariantProgress progress(int candidate) {
        return progress.getOrDefault(candidates.get(candidate).variantId(), VariantProgress.underWay(List.of()));
    }

    private boolean isSettled(int candidate) {
        return paused.containsKey(candidate) || progress(candidate).ended(choicesOf.getOrDefault(candidate, Set.of()));
    }

    /** True where all trials of the batches up to one have ended or paused. */
    private boolean isComplete(int upTo) {
        for (int b = 0; b <= upTo; b++) {
            int number = b;
            // One that resumed belongs to the batch that let it go on.
            if (!batches.get(b).stream()
                    .filter(candidate -> batchOf.getOrDefault(candidate, number) == number)
                    .allMatch(this::isSettled)) {
                return false;
            }
        }
        return true;
    }

    /** Results of the batches up to one. */
    private Known known(int upTo) {
        List<QualityModel.Trained> trained = new ArrayList<>();
        Set<Integer> failed = new TreeSet<>();
        Map<Integer, List<Double>> pauses = new TreeMap<>();
        for (int candidate = 0; candidate < candidates.size(); candidate++) {
            if (left.contains(candidate) || batchOf.getOrDefault(candidate, 0) > upTo) {
                continue;
            }
            VariantProgress own = progress(candidate);
            Integer epoch = paused.get(candidate);
            if (epoch != null) {
                pauses.put(candidate, own.trainLosses().subList(0, epoch));
            } else if (own.quality().isPresent()) {
                trained.add(new QualityModel.Trained(candidate, own.quality().getAsDouble(), own.trainLosses()));
            } else {
                failed.add(candidate);
            }
        }
        return new Known(trained, failed, pauses);
    }

    private SearchState standing(boolean over, Optional<String> note) {
        List<String> open = new ArrayList<>();
        for (List<Integer> batch : batches) {
            for (int candidate : batch) {
                String id = candidates.get(candidate).variantId();
                if (!isSettled(candidate) && !open.contains(id)) {
                    open.add(id);
                }
            }
        }
        Map<String, Integer> pauses = new LinkedHashMap<>();
        paused.forEach(
                (candidate, epoch) -> pauses.put(candidates.get(candidate).variantId(), epoch));
        Map<String, Set<Integer>> choices = new HashMap<>();
        choicesOf.forEach(
                (candidate, own) -> choices.put(candidates.get(candidate).variantId(), own));
        Map<String, PauseRule> pauseRules = new HashMap<>();
        rules.forEach(
                (candidate, rule) -> pauseRules.put(candidates.get(candidate).variantId(), rule));
        return new SearchState(
                decisions, open, choices, pauses, pauseRules, over, ledger, last == null ? 1 : last.widening(), note);
    }
}
