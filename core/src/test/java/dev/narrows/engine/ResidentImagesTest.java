package dev.narrows.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.data.Description;
import dev.narrows.net.Shape;
import dev.narrows.study.Task;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResidentImagesTest {
    private static Description set(Task task, int side, int train, int validation, int test) {
        return new Description(
                new Shape(3, side, side), task, List.of("a", "b"), train, validation, test, 0, "fingerprint");
    }

    @Test
    void allPartsStayWithTheirMasks() {
        assertThat(ResidentImages.bytes(set(Task.CLASSIFICATION, 10, 50, 7, 3), false))
                .isEqualTo(60 * 300);
        assertThat(ResidentImages.bytes(set(Task.SEGMENTATION, 10, 50, 7, 3), false))
                .isEqualTo(60 * 400);
    }

    /** Deformed images are made on the host; those of an evaluation never are. */
    @Test
    void deformedTrainingImagesDoNotStay() {
        assertThat(ResidentImages.bytes(set(Task.CLASSIFICATION, 10, 50, 7, 3), true))
                .isEqualTo(10 * 300);
    }

    /** 2^20 images of 64x64 bytes are 12 GiB. */
    @Test
    void aPartOfMoreThan8GibDoesNotStay() {
        assertThat(ResidentImages.bytes(set(Task.CLASSIFICATION, 64, 1 << 20, 100, 0), false))
                .isEqualTo(100 * 3 * 64 * 64);
        Shape shape = new Shape(1, 1 << 10, 1 << 10);
        assertThat(ResidentImages.stay(shape, false, 8 << 10)).isTrue();
        assertThat(ResidentImages.stay(shape, false, (8 << 10) + 1)).isFalse();
        assertThat(ResidentImages.stay(shape, true, 4 << 10)).isTrue();
        assertThat(ResidentImages.stay(shape, true, (4 << 10) + 1)).isFalse();
    }
}
