package dev.narrows.jobs.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DocumentsTest {
    private static VariantDocument variant(String label, Map<String, @Nullable Object> knobs) {
        return new VariantDocument(
                "v1", label, "plain", 2, true, null, null, null, null, null, null, Map.of("params", 12L), knobs);
    }

    @Test
    void keysAreInSnakeCaseAndEveryKeyIsThere() {
        assertThat(Documents.line(new DoctorDocument.Check(true, "well", "fact", "memory")))
                .isEqualTo("{\"passed\":true,\"message\":\"well\",\"severity\":\"fact\",\"topic\":\"memory\"}");
        assertThat(Documents.line(new ProgressDocument("training", 1, 2, 1, 0, 3, 6, null, Double.NaN)))
                .isEqualTo("{\"pass\":\"training\",\"done\":1,\"total\":2,\"running\":1,\"failed\":0,\"epochs_done\":3,"
                        + "\"epochs\":6,\"best\":null,\"seconds_left\":null}");
    }

    @Test
    void aTableHasTheColumnsOfAllItsRows() {
        Map<String, @Nullable Object> one = new LinkedHashMap<>();
        one.put("kernel", 3);
        one.put("widths", Arrays.asList(8, 16));
        Map<String, @Nullable Object> other = new LinkedHashMap<>();
        other.put("kernel", null);
        other.put("growth", 12);
        assertThat(Documents.csv(List.of(variant("a, b", one), variant("c", other)))
                        .lines())
                .containsExactly(
                        "variant_id,variant,family,seeds,on_front,best_probability,search,front_chance,"
                                + "predicted_quality,predicted_quality_low,predicted_quality_high,params,kernel,widths,"
                                + "growth",
                        "v1,\"a, b\",plain,2,true,,,,,,,12,3,\"[8,16]\",",
                        "v1,c,plain,2,true,,,,,,,12,,,12");
    }
}
