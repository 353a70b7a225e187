package dev.narrows.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * The images of one Parquet file in the layout of Hugging Face's {@code datasets}.
 *
 * @param classNames empty where the file does not say
 */
record ParquetPart(List<String> classNames, List<Item> items) {
    /**
     * Reads the image and the label column of a file.
     *
     * @param name how messages name the file
     * @throws BadData where a row has no image or no label, or the file cannot be read
     */
    static ParquetPart read(InputFile file, String name) {
        ParquetReadOptions options =
                ParquetReadOptions.builder(new PlainParquetConfiguration()).build();
        try (ParquetFileReader reader = ParquetFileReader.open(file, options)) {
            MessageType schema = reader.getFileMetaData().getSchema();
            Features features =
                    Features.of(name, schema, reader.getFileMetaData().getKeyValueMetaData());
            MessageType wanted = new MessageType(
                    schema.getName(), schema.getType(features.image()), schema.getType(features.label()));
            reader.setRequestedSchema(wanted);
            MessageColumnIO columns = new ColumnIOFactory().getColumnIO(wanted, schema);
            boolean small = wanted.getType(features.label()).asPrimitiveType().getPrimitiveTypeName()
                    == PrimitiveTypeName.INT32;
            List<Item> items = new ArrayList<>(Math.toIntExact(reader.getRecordCount()));
            for (PageReadStore pages = reader.readNextRowGroup(); pages != null; pages = reader.readNextRowGroup()) {
                RecordReader<Group> rows = columns.getRecordReader(pages, new GroupRecordConverter(wanted));
                for (long i = 0; i < pages.getRowCount(); i++) {
                    items.add(item(rows.read(), features, small, name, items.size()));
                }
            }
            return new ParquetPart(features.classNames(), items);
        } catch (IOException | IllegalArgumentException | org.apache.parquet.ParquetRuntimeException e) {
            throw new BadData("Cannot read %s: %s".formatted(name, reason(e)), e);
        }
    }

    private static Item item(Group row, Features features, boolean small, String file, int number) {
        Group image = row;
        String column = features.image();
        if (features.nested() && row.getFieldRepetitionCount(column) > 0) {
            image = row.getGroup(column, 0);
            column = "bytes";
        }
        if (image.getFieldRepetitionCount(column) == 0) {
            throw new BadData(
                    "Cannot read image %d of %s: its column %s is empty".formatted(number, file, features.image()));
        }
        if (row.getFieldRepetitionCount(features.label()) == 0) {
            throw new BadData(
                    "Cannot read image %d of %s: its column %s is empty".formatted(number, file, features.label()));
        }
        long label = small ? row.getInteger(features.label(), 0) : row.getLong(features.label(), 0);
        if (label < 0 || label > Integer.MAX_VALUE) {
            throw new BadData(
                    "Cannot take label %d of image %d of %s: labels count from 0".formatted(label, number, file));
        }
        return new Item(image.getBinary(column, 0).getBytes(), null, (int) label, file, number);
    }

    private static String reason(Exception e) {
        return e.getMessage() == null
                ? e.toString()
                : e.getMessage().lines().findFirst().orElse("");
    }
}
