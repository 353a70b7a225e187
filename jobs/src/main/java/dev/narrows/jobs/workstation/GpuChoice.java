package dev.narrows.jobs.workstation;

import dev.narrows.study.BadInput;
import java.util.Arrays;
import java.util.List;

/** The GPUs that {@code --gpus} asks for. */
public sealed interface GpuChoice {
    /**
     * The addresses to use.
     *
     * @param found on this machine, at least one
     * @throws BadInput where they are not there
     */
    List<String> of(List<String> found);

    /** The choice as a person types it. */
    String typed();

    /**
     * Reads {@code all}, a number of GPUs, or addresses with commas between them.
     *
     * @throws BadInput where it is none of these
     */
    static GpuChoice parse(String word) {
        if (word.equals("all")) {
            return new All();
        }
        if (word.matches("[1-9]\\d{0,3}")) {
            return new Count(Integer.parseInt(word));
        }
        List<String> addresses = Arrays.stream(word.split(",", -1))
                .map(String::strip)
                .filter(address -> !address.isEmpty())
                .toList();
        if (word.contains(",") && !addresses.isEmpty()) {
            return new Addresses(addresses);
        }
        throw new BadInput(("Cannot take --gpus %s: it is all, a number of GPUs of at least 1, or addresses such as"
                        + " 0,3 ('0,' is the first GPU alone)")
                .formatted(word));
    }

    /** Every GPU that is there. */
    record All() implements GpuChoice {
        @Override
        public List<String> of(List<String> found) {
            return List.copyOf(found);
        }

        @Override
        public String typed() {
            return "all";
        }
    }

    /** The first so many. */
    record Count(int count) implements GpuChoice {
        @Override
        public List<String> of(List<String> found) {
            if (count > found.size()) {
                throw missing(this, found);
            }
            return List.copyOf(found.subList(0, count));
        }

        @Override
        public String typed() {
            return String.valueOf(count);
        }
    }

    /** Those with these addresses. */
    record Addresses(List<String> addresses) implements GpuChoice {
        public Addresses {
            addresses = addresses.stream().distinct().toList();
        }

        @Override
        public List<String> of(List<String> found) {
            if (!found.containsAll(addresses)) {
                throw missing(this, found);
            }
            return addresses;
        }

        @Override
        public String typed() {
            return addresses.size() == 1 ? addresses.get(0) + "," : String.join(",", addresses);
        }
    }

    private static BadInput missing(GpuChoice choice, List<String> found) {
        return new BadInput("Cannot use --gpus %s: the GPUs of this machine are %s"
                .formatted(choice.typed(), String.join(", ", found)));
    }
}
