package dev.narrows.files;

import java.io.IOException;
import java.util.List;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.OutputFile;

/** Operations of a folder on a file system. Names are of files directly in the folder. */
interface Storage {
    /** Content of a file. */
    @FunctionalInterface
    interface Body {
        void to(OutputFile file) throws IOException;
    }

    /** Names of everything in the folder; none if there is no such folder. */
    List<String> names() throws IOException;

    /**
     * Names of the folders in the folder.
     *
     * @throws java.io.FileNotFoundException or {@link java.nio.file.NoSuchFileException} where it is not there
     */
    List<String> folders() throws IOException;

    boolean exists(String name) throws IOException;

    /** Writes or replaces a file, which readers see whole or not at all. A missing folder is created. */
    void write(String name, Body body) throws IOException;

    /** Waits until a file would outlive a power failure, as before what it replaces is deleted. */
    void sync(String name) throws IOException;

    /** Writes a file unless one of that name exists. Of several concurrent calls, one returns {@code true}. */
    boolean create(String name, byte[] content) throws IOException;

    InputFile input(String name) throws IOException;

    /** Deletes a file, if it exists. */
    void delete(String name) throws IOException;
}
