package dev.narrows.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImageCountsTest {
    private static ImageCounts some() {
        int[] shared = new int[200];
        int[] missed = new int[200];
        int[] found = new int[200];
        shared[0] = 70_000;
        found[0] = 70_300;
        missed[199] = 300;
        return ImageCounts.builder(200, 3)
                .add(shared, missed, found)
                .add(new int[200], new int[200], new int[200])
                .add(missed, shared, missed)
                .build();
    }

    @Test
    void countsComeBackFromTheirBytes() {
        ImageCounts back = ImageCounts.of(some().bytes());
        assertThat(back).isEqualTo(some()).hasSameHashCodeAs(some());
        assertThat(back.classes()).isEqualTo(200);
        assertThat(back.images()).isEqualTo(3);
        List<List<Integer>> told = new ArrayList<>();
        back.each((image, label, shared, truth, found) -> told.add(List.of(image, label, shared, truth, found)));
        assertThat(told)
                .containsExactly(
                        List.of(0, 0, 70_000, 70_000, 70_300),
                        List.of(0, 199, 0, 300, 0),
                        List.of(2, 0, 0, 70_000, 0),
                        List.of(2, 199, 300, 300, 300));
    }

    @Test
    void classesThatAnImageDoesNotHaveTakeNoBytes() {
        assertThat(some().bytes()).hasSizeLessThan(40);
    }

    @Test
    void bytesThatAreNoCountsAreRefused() {
        byte[] bytes = some().bytes();
        assertThatThrownBy(() -> ImageCounts.of(Arrays.copyOf(bytes, bytes.length - 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot read counts of images: byte %1$d of %1$d ends none", bytes.length - 1);
        assertThatThrownBy(() -> ImageCounts.of(Arrays.copyOf(bytes, bytes.length + 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot read counts of images: there are more than 3");
        assertThatThrownBy(() -> ImageCounts.of(new byte[] {2, 1, 1, 3, 0, 1, 0}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot read counts of images: there is no class 2 of 2");
    }

    @Test
    void aMissingImageIsNoticed() {
        assertThatThrownBy(() -> ImageCounts.builder(2, 2)
                        .add(new int[2], new int[2], new int[2])
                        .build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Cannot keep counts of 2 images: 1 were added");
    }

    @Test
    void classesComeBackFromTheirBytes() {
        ImageClasses classes = ImageClasses.of(new int[] {0, 9, 127, 128, 999});
        assertThat(ImageClasses.of(classes.bytes())).isEqualTo(classes);
        assertThat(ImageClasses.of(classes.bytes()).byImage()).containsExactly(0, 9, 127, 128, 999);
        assertThat(classes.images()).isEqualTo(5);
        assertThat(classes.bytes()).hasSize(7);
    }
}
