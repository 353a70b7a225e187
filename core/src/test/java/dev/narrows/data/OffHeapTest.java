package dev.narrows.data;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.narrows.data.source.BadData;
import dev.narrows.net.Shape;
import org.junit.jupiter.api.Test;

class OffHeapTest {
    @Test
    void moreThanTheProcessMayHoldIsRefusedWithTheFigures() {
        assertThatThrownBy(() -> OffHeap.require("imagenet", new Shape(3, 224, 224), 3 * 224 * 224, 1_281_167))
                .isInstanceOf(BadData.class)
                .hasMessageMatching("Cannot hold 1,281,167 images of 3x224x224 from imagenet: they take 192,851 MB off"
                        + " the heap, and of the [0-9,]+ MB that this process may use there, [0-9,]+ are"
                        + " taken; take fewer by data.train, or raise -XX:MaxDirectMemorySize");
        assertThatCode(() -> OffHeap.require("small", new Shape(1, 28, 28), 28 * 28, 1000))
                .doesNotThrowAnyException();
    }
}
