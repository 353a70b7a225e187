package dev.narrows.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;

class NativesTest {
    /** Another thread of this process that asks for a lock that is held is refused by the JVM. */
    @Test
    void anEngineThatIsLoadedStartsAgainWithoutTheLockOfUnpacking() throws IOException {
        String version = Engine.start(1).version();
        try (FileChannel channel =
                        FileChannel.open(Natives.lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            assertThat(lock.isValid()).isTrue();
            assertThat(Engine.start(1).version()).isEqualTo(version);
        }
    }
}
