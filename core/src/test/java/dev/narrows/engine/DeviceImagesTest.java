package dev.narrows.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeviceImagesTest {
    private static ByteBuffer buffer(int from, int to) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(to - from);
        for (int i = from; i < to; i++) {
            buffer.put((byte) (7 * i));
        }
        return buffer.flip().asReadOnlyBuffer();
    }

    @Test
    void buffersBecomeOneTable() {
        try (PtNDManager manager = Engine.start(1).manager("cpu")) {
            Transfers transfers = new Transfers();
            NDArray whole = DeviceImages.table(transfers, manager, List.of(buffer(0, 600)), 3);
            assertThat(transfers.reads()).isZero();
            NDArray parts = DeviceImages.table(
                    transfers, manager, List.of(buffer(0, 240), buffer(240, 480), buffer(480, 600)), 3);
            assertThat(parts.getShape()).isEqualTo(new Shape(200, 3));
            assertThat(parts.toByteArray()).isEqualTo(whole.toByteArray());
            assertThat(transfers.uploads()).isEqualTo(1 + 3);
            assertThat(transfers.reads()).as("waits for the last of them").isEqualTo(1);
            assertThat(manager.getManagedArrays()).as("the parts are gone").hasSize(2);
        }
    }

    @Test
    void whatCannotBeLoadedLeavesNothingOnTheDevice() {
        PtNDManager manager = Engine.start(1).manager("cpu");
        List<NDArray> begun = new ArrayList<>();
        assertThatThrownBy(() -> DeviceImages.loaded(manager, own -> {
                    begun.add(own.zeros(new Shape(4)));
                    throw new IllegalStateException("CUDA out of memory");
                }))
                .hasMessage("CUDA out of memory");
        assertThat(manager.isOpen()).isFalse();
        assertThatThrownBy(() -> begun.get(0).toFloatArray()).hasMessageContaining("Native resource has been release");
    }
}
