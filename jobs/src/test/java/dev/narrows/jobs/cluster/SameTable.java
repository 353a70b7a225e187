package dev.narrows.jobs.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Holds a public table to that of another run of the same study: the same rows, each once, with the same bits. */
final class SameTable {
    /** Times and places differ between two runs of the same trial. */
    private static final Set<String> NOT_HELD = Set.of(
            "train_seconds",
            "epoch_seconds",
            "validation_seconds",
            "setup_seconds",
            "total_seconds",
            "images_per_second",
            "outside_share",
            "started_at",
            "resumed_after_epochs",
            "earlier_seconds",
            "peak_memory_bytes",
            "host",
            "processor");

    private SameTable() {}

    /**
     * @param key the columns that name a row
     * @return number of rows
     * @throws IllegalStateException with the first difference
     */
    static int require(Path wantedTable, Path foundTable, List<String> key) throws IOException {
        Map<String, Map<String, String>> wanted = rows(wantedTable, key);
        Map<String, Map<String, String>> found = rows(foundTable, key);
        if (!found.keySet().equals(wanted.keySet())) {
            throw new IllegalStateException("%s has %d rows of %d".formatted(foundTable, found.size(), wanted.size()));
        }
        wanted.forEach((id, row) -> row.forEach((column, value) -> {
            String other = found.getOrDefault(id, Map.of()).get(column);
            if (!NOT_HELD.contains(column) && !value.equals(other)) {
                throw new IllegalStateException(
                        "%s: %s of %s is '%s' and should be '%s'".formatted(foundTable, column, id, other, value));
            }
        }));
        return wanted.size();
    }

    private static Map<String, Map<String, String>> rows(Path table, List<String> key) throws IOException {
        Map<String, Map<String, String>> rows = new TreeMap<>();
        for (Map<String, String> row : TableFile.read(table)) {
            String id = String.join(" ", key.stream().map(row::get).toList());
            if (rows.put(id, row) != null) {
                throw new IllegalStateException("%s holds %s twice".formatted(table, id));
            }
        }
        return rows;
    }
}
