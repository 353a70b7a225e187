package dev.narrows.jobs.preflight;

import dev.narrows.jobs.cluster.Cluster;
import dev.narrows.jobs.preflight.Finding.Severity;
import dev.narrows.jobs.preflight.Finding.Topic;
import dev.narrows.jobs.show.Numbers;
import dev.narrows.search.SearchSettings;
import dev.narrows.space.Plan;
import dev.narrows.study.Study;
import dev.narrows.study.setting.ValueReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;

/** Findings about a search: the variants that it trains at least, and slots that it leaves idle. */
final class SearchFindings {
    private SearchFindings() {}

    static List<Finding> of(Study study, Plan plan, SparkConf conf) {
        if (study.search().isEmpty() || plan.variants().isEmpty()) {
            return List.of();
        }
        int variants = plan.variants().size();
        SearchSettings settings = SearchSettings.of(study.search().get(), variants, 1, 0);
        if (settings.isGrid(variants)) {
            return List.of(Finding.fact(
                    Topic.SEARCH,
                    "the search trains all %s: it needs more than %d"
                            .formatted(Numbers.counted(variants, "variant"), settings.mostOfAGrid()),
                    Map.of("variants", (long) variants)));
        }
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.fact(
                Topic.SEARCH,
                ("the search draws %d of %d variants at random, then takes the likeliest, %d at a time, until it"
                                + " expects at most %s members of the front among the rest")
                        .formatted(
                                settings.sampleSize(variants),
                                variants,
                                settings.batch(),
                                ValueReader.plain(settings.risk())),
                Map.of(
                        "variants", (long) variants,
                        "sample", (long) settings.sampleSize(variants),
                        "batch", (long) settings.batch())));
        int slots = MachineFindings.isHere(conf) ? Cluster.slotsHere(study.threads()) : 0;
        if (slots > settings.batch()) {
            findings.add(new Finding(
                    Severity.WARNING,
                    Topic.SEARCH,
                    study.file(),
                    "The search takes %d variants at a time and leaves some of %d slots idle"
                            .formatted(settings.batch(), slots),
                    Map.of("batch", (long) settings.batch(), "slots", (long) slots),
                    "search.batch = %d keeps all busy".formatted(slots)));
        }
        return findings;
    }
}
