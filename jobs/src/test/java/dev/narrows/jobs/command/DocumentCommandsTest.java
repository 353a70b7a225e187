package dev.narrows.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import dev.narrows.jobs.CommandLineRun;
import dev.narrows.jobs.StoredFolder;
import dev.narrows.jobs.document.ChoiceDocument;
import dev.narrows.jobs.document.ComparisonDocument;
import dev.narrows.jobs.document.DataDocument;
import dev.narrows.jobs.document.DoctorDocument;
import dev.narrows.jobs.document.FamiliesDocument;
import dev.narrows.jobs.document.LayersDocument;
import dev.narrows.jobs.document.MeasuresDocument;
import dev.narrows.jobs.document.PlanDocument;
import dev.narrows.jobs.document.StatusDocument;
import dev.narrows.jobs.document.StudiesDocument;
import dev.narrows.jobs.document.TrialDocument;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands print the documents that docs/json.md describes, alone on standard output. */
class DocumentCommandsTest {
    @TempDir
    private Path parent;

    private Path folder = Path.of("");

    @BeforeEach
    void results() throws IOException {
        folder = StoredFolder.LABELS.into(parent);
    }

    private static JsonNode json(Class<? extends Record> document, Object... words) throws IOException {
        CommandLineRun run = CommandLineRun.of(words);
        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode node = new ObjectMapper().readTree(run.out());
        conforms(node, document, document.getSimpleName());
        return node;
    }

    /** Every component is a key, no other key is there, and only what may be null is. */
    private static void conforms(JsonNode node, Type type, String path) {
        if (type instanceof ParameterizedType generic) {
            Type last = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
            if (generic.getRawType() == List.class) {
                assertThat(node.isArray()).as(path).isTrue();
                node.forEach(entry -> conforms(entry, last, path + "[]"));
            } else {
                assertThat(node.isObject()).as(path).isTrue();
            }
        } else if (type instanceof Class<?> document && document.isRecord()) {
            List<String> keys = new ArrayList<>();
            for (RecordComponent component : document.getRecordComponents()) {
                String key = new PropertyNamingStrategies.SnakeCaseStrategy().translate(component.getName());
                keys.add(key);
                boolean mayBeNull = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
                JsonNode value = node.get(key);
                assertThat(value != null && (mayBeNull || !value.isNull()))
                        .as(path + "." + key)
                        .isTrue();
                if (!value.isNull()) {
                    conforms(value, component.getGenericType(), path + "." + key);
                }
            }
            List<String> found = new ArrayList<>();
            node.fieldNames().forEachRemaining(found::add);
            assertThat(found).as(path).isEqualTo(keys);
        } else if (type == String.class) {
            assertThat(node.isTextual()).as(path).isTrue();
        } else if (type == boolean.class) {
            assertThat(node.isBoolean()).as(path).isTrue();
        } else {
            assertThat(node.isNumber()).as(path).isTrue();
        }
    }

    @Test
    void aChoice() throws IOException {
        JsonNode best = json(ChoiceDocument.class, "best", folder, "--format", "json");
        String text = CommandLineRun.of("best", folder).out();
        assertThat(text)
                .contains("Take " + best.get("ranking").get(0).get("variant").asText());
        assertThat(best.get("against_next").get("difference_low").isNumber()).isTrue();
        assertThat(best.get("importance"))
                .as("a family of two variants has none")
                .isEmpty();
        CommandLineRun csv = CommandLineRun.of("best", folder, "--format", "csv");
        assertThat(csv.out())
                .startsWith("variant_id,variant,family,seeds,on_front,best_probability,search,front_chance,")
                .contains(",predicted_quality_high,validation_accuracy,params,macs,");
        assertThat(csv.out().lines()).hasSize(1 + best.get("ranking").size());
    }

    @Test
    void aStatus() throws IOException {
        JsonNode status = json(StatusDocument.class, "status", folder, "--format", "json");
        assertThat(status.get("ended_trials").asInt())
                .isEqualTo(status.get("trials").asInt());
        CommandLineRun csv = CommandLineRun.of("status", folder, "--format", "csv");
        assertThat(csv.exitCode()).isEqualTo(2);
        assertThat(csv.err())
                .contains("Cannot print the output of narrows status as CSV: it has no table here; --format"
                        + " json has all of it");
    }

    @Test
    void aTableWithoutRowsIsNothingAsCsv() throws IOException {
        Path nothing = Files.createDirectory(parent.resolve("nothing"));
        CommandLineRun csv = CommandLineRun.of("list", nothing, "--format", "csv");
        assertThat(csv.out()).isEmpty();
        assertThat(csv.err()).contains("No study has results in " + nothing).doesNotContain("Cannot");
        assertThat(csv.exitCode()).isZero();
    }

    @Test
    void aTrialByItsPlaceInTheTable() throws IOException {
        JsonNode second = json(TrialDocument.class, "show", "2", folder, "--format", "json");
        JsonNode first = json(TrialDocument.class, "show", "1", "--in", folder, "--format", "json");
        assertThat(first.get("trial_id").asText())
                .isLessThan(second.get("trial_id").asText());
        assertThat(first.get("epochs")).isNotEmpty();
        CommandLineRun none = CommandLineRun.of("show", "999", folder);
        assertThat(none.exitCode()).isEqualTo(2);
        assertThat(none.err()).contains("Cannot show trial 999 of %s: it has ".formatted(folder));
    }

    @Test
    void aComparison() throws IOException {
        JsonNode ranking =
                json(ChoiceDocument.class, "best", folder, "--format", "json").get("ranking");
        JsonNode variants = json(
                ComparisonDocument.class,
                "compare",
                ranking.get(0).get("variant_id").asText(),
                ranking.get(1).get("variant_id").asText(),
                "--in",
                folder,
                "--format",
                "json");
        assertThat(variants.get("difference").get("difference").asDouble()).isNotPositive();
        JsonNode studies = json(ComparisonDocument.class, "compare", folder, folder + "/", "--format", "json");
        assertThat(studies.get("common")).hasSize(ranking.size());
        assertThat(studies.get("mean_difference").get("difference").asDouble()).isZero();
    }

    @Test
    void theStudiesOfAFolder() throws IOException {
        StoredFolder.MASKS.into(parent);
        StoredFolder.INTERRUPTED.into(parent);
        JsonNode studies =
                json(StudiesDocument.class, "list", parent, "--format", "json").get("studies");
        assertThat(studies).hasSize(3);
        String text = CommandLineRun.of("list", parent).out();
        assertThat(text).contains("study", "complete", "stopped").contains(folder.toString());
        CommandLineRun missing = CommandLineRun.of("list", parent.resolve("nothing"));
        assertThat(missing.exitCode()).isEqualTo(2);
        assertThat(missing.err()).contains("Cannot list the studies in").contains("there is no such folder");
    }

    @Test
    void theStudiesOfAFolderOnAnyFileSystem() throws IOException {
        StoredFolder.MASKS.into(parent);
        String key = "spark.hadoop.fs.elsewhere.impl";
        System.setProperty(key, ElsewhereFileSystem.class.getName());
        try {
            String there = "elsewhere://" + parent.toAbsolutePath();
            JsonNode here = json(StudiesDocument.class, "list", parent, "--format", "json");
            JsonNode found = json(StudiesDocument.class, "list", there + "/", "--format", "json");
            assertThat(found.get("studies")).hasSameSizeAs(here.get("studies")).isNotEmpty();
            assertThat(found.get("studies").get(0).get("folder").asText()).startsWith(there + "/");
            assertThat(CommandLineRun.of("list", there + "/nothing").err())
                    .contains("Cannot list the studies in %s/nothing: there is no such folder".formatted(there));
            assertThat(CommandLineRun.of("list", "nowhere:///x").err())
                    .contains("Cannot list the studies in nowhere:///x: ");
            // The command of narrows show that runs a trial again names the study file.
            String file = found.get("studies").get(0).get("folder").asText() + "/study.conf";
            CommandLineRun plan = CommandLineRun.of("plan", file, "--set", "seeds=[7, 8]");
            assertThat(plan.exitCode()).as(plan.err()).isZero();
            CommandLineRun bad = CommandLineRun.of("plan", file, "--set", "seeds=none");
            assertThat(bad.exitCode()).isEqualTo(2);
            assertThat(bad.err()).contains("seeds").doesNotContain("/tmp/study");
            assertThat(CommandLineRun.of("plan", there + "/nothing.conf").err())
                    .contains("Cannot read %s/nothing.conf: there is no such file".formatted(there));
        } finally {
            System.clearProperty(key);
        }
    }

    @Test
    void aPlanWithItsForecastAndFindings() throws IOException {
        Path study = Files.writeString(parent.resolve("small.conf"), """
                study = small
                data { source = "bundled:fashion-mnist", train = 100, validation = 50, test = 50 }
                grid = [ { family = plain, widths = [8], depths = [1], strides = [2] } ]
                training { epochs = 1, batch-size = 50, precision = fp32 }
                seeds = [1, 2]
                """);
        JsonNode plan = json(
                PlanDocument.class, "plan", study, "--format", "json", "--output", parent.resolve("small-results"));
        assertThat(plan.get("refused").asBoolean()).isFalse();
        assertThat(plan.get("points")).hasSize(1);
        assertThat(plan.get("points").get(0).get("outcome").asText()).isEqualTo("planned");
        JsonNode forecast = plan.get("forecast");
        assertThat(forecast.get("trials").asInt()).isEqualTo(2);
        assertThat(forecast.get("seconds_high").asLong())
                .isGreaterThanOrEqualTo(forecast.get("seconds_low").asLong());
        assertThat(forecast.get("memory_bytes").asLong()).isPositive();
        JsonNode split = find(plan.get("findings"), "topic", "split");
        assertThat(split.get("severity").asText()).isEqualTo("fact");
        assertThat(split.get("values").get("train").asInt()).isEqualTo(100);
        assertThat(find(plan.get("findings"), "topic", "time").get("message").asText())
                .startsWith("2 trials to run in fp32: about ");
    }

    @Test
    void familiesAndMeasures() throws IOException {
        JsonNode knobs = json(FamiliesDocument.class, "families", "bottleneck", "--format", "json")
                .get("families")
                .get(0)
                .get("knobs");
        JsonNode widths = find(knobs, "knob", "widths");
        assertThat(widths.get("by_default").asText()).isEqualTo("[32, 64, 128]");
        assertThat(widths.get("arity").asText()).isEqualTo("list");
        assertThat(CommandLineRun.of("families", "bottleneck").out())
                .contains("mid-ratio")
                .contains("0.25");
        assertThat(CommandLineRun.of("families", "bottelneck").err())
                .contains("Cannot show the family bottelneck: there is no such family; the nearest is bottleneck");
        JsonNode measures =
                json(MeasuresDocument.class, "measures", "--format", "json").get("measures");
        assertThat(find(measures, "measure", "latency_p50_us").get("better").asText())
                .isEqualTo("minimize");
        assertThat(CommandLineRun.of("measures", "--format", "csv").out()).startsWith("measure,unit,better,meaning\n");
    }

    private static JsonNode find(JsonNode list, String key, String value) {
        for (JsonNode entry : list) {
            if (entry.get(key).asText().equals(value)) {
                return entry;
            }
        }
        throw new AssertionError("no %s is %s in %s".formatted(key, value, list));
    }

    @Test
    void dataLayersAndChecks() throws IOException {
        JsonNode data = json(DataDocument.class, "data", "bundled:cells", "--format", "json");
        assertThat(data.get("task").asText()).isEqualTo("segmentation");
        JsonNode layers = json(
                LayersDocument.class,
                "plan",
                "../conf/networks/resnet-50.conf",
                "--layers",
                "bottleneck",
                "--format",
                "json");
        assertThat(layers.get("params").asLong()).isEqualTo(25_557_032);
        JsonNode doctor = json(DoctorDocument.class, "doctor", "--format", "json");
        assertThat(doctor.get("healthy").asBoolean()).isTrue();
        assertThat(doctor.get("checks")).isNotEmpty();
    }
}
