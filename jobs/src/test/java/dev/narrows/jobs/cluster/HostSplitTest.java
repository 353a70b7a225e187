package dev.narrows.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The choice of the host that measures while the others train. */
class HostSplitTest {
    private static final ClusterHost LARGE = new ClusterHost("large", Set.of("10.0.0.1"), 16, false);
    private static final ClusterHost SMALL = new ClusterHost("small", Set.of("10.0.0.2", "10.0.0.3"), 4, false);
    private static final ClusterHost DRIVER = new ClusterHost("driver", Set.of("10.0.0.4"), 2, true);

    private static HostSplit split(String before, ClusterHost... hosts) {
        return HostSplit.of(List.of(hosts), before).orElseThrow();
    }

    @Test
    void oneHostDoesBothInTurn() {
        assertThat(HostSplit.of(List.of(LARGE), "")).isEmpty();
        assertThat(HostSplit.of(List.of(), "")).isEmpty();
    }

    @Test
    void theHostWithTheFewestSlotsMeasuresUnlessTheDriverRunsThere() {
        HostSplit split = split("", LARGE, DRIVER, SMALL);
        assertThat(split.measuring()).isEqualTo(SMALL);
        assertThat(split.training()).containsExactlyInAnyOrder("10.0.0.1", "10.0.0.4");
        assertThat(split("", DRIVER, SMALL, LARGE)).isEqualTo(split);
    }

    @Test
    void earlierRowsGoOnOnTheirHost() {
        assertThat(split("driver", LARGE, DRIVER, SMALL).measuring()).isEqualTo(DRIVER);
        assertThat(split("gone", LARGE, DRIVER, SMALL).measuring()).isEqualTo(SMALL);
    }

    @Test
    void ofEqualHostsTheFirstByNameMeasures() {
        ClusterHost other = new ClusterHost("other", Set.of("10.0.0.9"), 16, false);
        assertThat(split("", other, LARGE).measuring()).isEqualTo(LARGE);
    }
}
