package dev.narrows.results;

import dev.narrows.files.Folder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
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
        folder.write(name, file -> write(file, type, notes, codec, rows));
    }

    private static void write(
            OutputFile file,
            MessageType type,
            Map<String, String> notes,
            CompressionCodecName codec,
            Iterable<Group> rows)
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
            for (Group row : rows) {
                writer.write(row);
            }
        }
    }

    /** All rows of a file. */
    List<Group> read(String name) {
        return read(name, row -> row);
    }

    /** The same, each row taken as it is read: the groups of a hundred thousand do not fit a driver's heap. */
    <T> List<T> read(String name, Function<Group, T> taken) {
        List<T> rows = new ArrayList<>();
        try (ParquetReader<Group> reader = new Reader(folder.input(name)).build()) {
            for (Group row = reader.read(); row != null; row = reader.read()) {
                rows.add(taken.apply(row));
            }
        } catch (IOException e) {
            throw folder.failure("read", name, e);
        }
        return rows;
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

    /** Whether a file ends as every whole Parquet file does; a truncated one does not. */
    boolean isWhole(String name) {
        byte[] end = new byte[ParquetFileWriter.MAGIC.length];
        try {
            InputFile file = folder.input(name);
            if (file.getLength() < LEAST_LENGTH) {
                return false;
            }
            try (SeekableInputStream in = file.newStream()) {
                in.seek(file.getLength() - end.length);
                in.readFully(end);
            }
        } catch (IOException e) {
            return false;
        }
        return Arrays.equals(end, ParquetFileWriter.MAGIC);
    }
}
