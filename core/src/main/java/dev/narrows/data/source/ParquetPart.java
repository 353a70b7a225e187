package dev.narrows.data.source;

import dev.narrows.study.Columns;
import dev.narrows.study.Task;
import dev.narrows.study.TaskChoice;
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
 * @param task classification for images with labels, segmentation for images with masks
 * @param classNames empty if the file has none
 */
record ParquetPart(Task task, List<String> classNames, List<Item> items) {
    /**
     * Reads the image and the label or mask column of a file.
     *
     * @param name of the file in messages
     * @throws BadData if a row lacks the image, label or mask, or the file cannot be read
     */
    static ParquetPart read(InputFile file, String name, TaskChoice task, Columns columns) {
        ParquetReadOptions options =
                ParquetReadOptions.builder(new PlainParquetConfiguration()).build();
        try (ParquetFileReader reader = ParquetFileReader.open(file, options)) {
            MessageType schema = reader.getFileMetaData().getSchema();
            Features features =
                    Features.of(name, schema, reader.getFileMetaData().getKeyValueMetaData(), task, columns);
            MessageType wanted = new MessageType(
                    schema.getName(), schema.getType(features.image()), schema.getType(features.answer()));
            reader.setRequestedSchema(wanted);
            MessageColumnIO io = new ColumnIOFactory().getColumnIO(wanted, schema);
            List<Item> items = new ArrayList<>(Math.toIntExact(reader.getRecordCount()));
            for (PageReadStore pages = reader.readNextRowGroup(); pages != null; pages = reader.readNextRowGroup()) {
                RecordReader<Group> rows = io.getRecordReader(pages, new GroupRecordConverter(wanted));
                for (long i = 0; i < pages.getRowCount(); i++) {
                    items.add(item(rows.read(), features, name, items.size()));
                }
            }
            return new ParquetPart(features.task(), features.classNames(), items);
        } catch (IOException | IllegalArgumentException | org.apache.parquet.ParquetRuntimeException e) {
            throw new BadData("Cannot read %s: %s".formatted(name, reason(e)), e);
        }
    }

    private static Item item(Group row, Features features, String file, int number) {
        byte[] image = bytes(row, features.image(), file, number);
        String answer = features.answer();
        if (features.task() == Task.SEGMENTATION) {
            return Item.masked(image, null, bytes(row, answer, file, number), file, number);
        }
        if (row.getFieldRepetitionCount(answer) == 0) {
            throw empty(answer, file, number);
        }
        boolean small =
                row.getType().getType(answer).asPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.INT32;
        long label = small ? row.getInteger(answer, 0) : row.getLong(answer, 0);
        if (label < 0 || label > Integer.MAX_VALUE) {
            throw new BadData(
                    "Cannot take label %d of image %d of %s: labels count from 0".formatted(label, number, file));
        }
        return new Item(image, null, (int) label, file, number);
    }

    /** The bytes of an image, from the column itself or from a struct. */
    private static byte[] bytes(Group row, String column, String file, int number) {
        Group holder = row;
        String field = column;
        if (!row.getType().getType(column).isPrimitive() && row.getFieldRepetitionCount(column) > 0) {
            holder = row.getGroup(column, 0);
            field = "bytes";
        }
        if (holder.getFieldRepetitionCount(field) == 0) {
            throw empty(column, file, number);
        }
        return holder.getBinary(field, 0).getBytes();
    }

    private static BadData empty(String column, String file, int number) {
        return new BadData("Cannot read image %d of %s: its column %s is empty".formatted(number, file, column));
    }

    private static String reason(Exception e) {
        return e.getMessage() == null
                ? e.toString()
                : e.getMessage().lines().findFirst().orElse("");
    }
}
