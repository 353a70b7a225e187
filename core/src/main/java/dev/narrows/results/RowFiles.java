package dev.narrows.results;

import dev.narrows.files.Folder;
import dev.narrows.files.Reason;
import dev.narrows.study.BadInput;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.AccessControlException;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.SeekableInputStream;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/** The Parquet files of a folder. */
record RowFiles(Folder folder) {
    /** Magic number, length of the footer, magic number again. */
    private static final int LEAST_LENGTH = 12;

    static RowFiles at(String path, Configuration configuration) {
        return new RowFiles(Folder.at(path, configuration));
    }

    /** Writes rows in the place of a file that is there already. */
    void write(
            String name,
            MessageType type,
            Map<String, String> notes,
            CompressionCodecName codec,
            Iterable<Group> rows) {
        write(name, type, notes, codec, (RowSource) rows::forEach);
    }

    /** A source of rows that gives them one by one, so that not all of them need be in memory. */
    @FunctionalInterface
    interface RowSource {
        void to(Consumer<Group> writer);
    }

    /** The same for rows of a source. If that throws, nothing is written. */
    void write(String name, MessageType type, Map<String, String> notes, CompressionCodecName codec, RowSource rows) {
        folder.write(name, file -> write(file, type, notes, codec, rows));
    }

    private static void write(
            OutputFile file, MessageType type, Map<String, String> notes, CompressionCodecName codec, RowSource rows)
            throws IOException {
        // A file of one row, as the journal's are, gains nothing from these and is written in half the time without.
        boolean large = codec != CompressionCodecName.UNCOMPRESSED;
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(file)
                .withConf(new PlainParquetConfiguration())
                .withType(type)
                .withExtraMetaData(notes)
                .withCompressionCodec(codec)
                .withWriteMode(ParquetFileWriter.Mode.OVERWRITE)
                .withDictionaryEncoding(large)
                .withPageWriteChecksumEnabled(large)
                .build()) {
            rows.to(row -> write(writer, row));
        } catch (UncheckedIOException e) {
            throw Objects.requireNonNull(e.getCause());
        }
    }

    private static void write(ParquetWriter<Group> writer, Group row) {
        try {
            writer.write(row);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * All rows of a public table.
     *
     * @throws BadInput where it cannot be read
     */
    List<Group> read(String name) {
        try {
            return read(name, row -> row);
        } catch (UnreadableFileException e) {
            throw new BadInput(e.getMessage() + "; narrows run writes the tables anew from the journal");
        }
    }

    /**
     * All rows of a file, each taken as it is read: the groups of a hundred thousand do not fit a driver's heap.
     *
     * @throws UnreadableFileException where it is there and cannot be read whole
     */
    <T> List<T> read(String name, Function<Group, T> row) {
        List<T> rows = new ArrayList<>();
        forEach(name, row, rows::add);
        return rows;
    }

    /**
     * Gives every row of a file to a taker, one after another.
     *
     * @throws UnreadableFileException where it is there and cannot be read whole
     */
    <T> void forEach(String name, Function<Group, T> row, Consumer<T> taker) {
        try (ParquetReader<Group> reader = open(name)) {
            for (T next = next(name, reader, row); next != null; next = next(name, reader, row)) {
                taker.accept(next);
            }
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    private ParquetReader<Group> open(String name) {
        try {
            return new Reader(folder.input(name)).build();
        } catch (IOException | RuntimeException e) {
            throw unreadable(name, e);
        }
    }

    /** Null after the last row. */
    private <T> @Nullable T next(String name, ParquetReader<Group> reader, Function<Group, T> row) {
        try {
            Group group = reader.read();
            return group == null ? null : row.apply(group);
        } catch (IOException | RuntimeException e) {
            throw unreadable(name, e);
        }
    }

    private RuntimeException unreadable(String name, Exception e) {
        if (e instanceof NoSuchFileException || e instanceof FileNotFoundException) {
            return folder.failure("read", name, (IOException) e);
        }
        String file = folder + "/" + name;
        if (e instanceof IllegalStateException && e.getMessage() != null) {
            // A cell that a row must have.
            return new UnreadableFileException(file, e.getMessage(), false, e);
        }
        Optional<String> cutOff = cutOff(name);
        if (cutOff.isEmpty() && e instanceof IOException) {
            boolean forbidden = e instanceof AccessDeniedException || e instanceof AccessControlException;
            return new UnreadableFileException(file, Reason.of(e), !forbidden, e);
        }
        return new UnreadableFileException(file, cutOff.orElseGet(() -> "it is damaged (" + e + ")"), false, e);
    }

    private static final class Reader extends ParquetReader.Builder<Group> {
        Reader(InputFile file) {
            super(file, new PlainParquetConfiguration());
        }

        @Override
        protected ReadSupport<Group> getReadSupport() {
            return new GroupReadSupport();
        }
    }

    /** The sentence about a file that does not end as every whole Parquet file does; empty for one that does. */
    Optional<String> cutOff(String name) {
        byte[] end = new byte[ParquetFileWriter.MAGIC.length];
        long length;
        try {
            InputFile file = folder.input(name);
            length = file.getLength();
            if (length >= LEAST_LENGTH) {
                try (SeekableInputStream in = file.newStream()) {
                    in.seek(length - end.length);
                    in.readFully(end);
                }
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        return Arrays.equals(end, ParquetFileWriter.MAGIC)
                ? Optional.empty()
                : Optional.of("it is cut off, after %d bytes".formatted(length));
    }
}
