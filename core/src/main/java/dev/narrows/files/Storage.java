package dev.narrows.files;

import java.io.IOException;
import java.util.List;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.OutputFile;

/** What a folder asks of a file system. Names are those of files directly in the folder. */
interface Storage {
    /** What a file holds. */
    @FunctionalInterface
    interface Body {
        void to(OutputFile file) throws IOException;
    }

    /** Of everything in it; none where there is no such folder. */
    List<String> names() throws IOException;

    boolean exists(String name) throws IOException;

    /** In the place of one that is there already, seen whole or not at all. The folder is made where it is missing. */
    void write(String name, Body body) throws IOException;

    /** Only where there is no file of that name: of several who try at once, one is told {@code true}. */
    boolean create(String name, byte[] content) throws IOException;

    InputFile input(String name) throws IOException;

    /** Nothing where it is not there. */
    void delete(String name) throws IOException;
}
