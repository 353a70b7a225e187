package dev.narrows.jobs.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;

/** A public table as anybody's Parquet reader sees it, each value as text. */
final class TableFile {
    private TableFile() {}

    static List<Map<String, String>> read(Path file) throws IOException {
        List<Map<String, String>> rows = new ArrayList<>();
        ParquetReadOptions options =
                ParquetReadOptions.builder(new PlainParquetConfiguration()).build();
        try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file), options)) {
            MessageType schema = reader.getFileMetaData().getSchema();
            for (PageReadStore pages = reader.readNextRowGroup(); pages != null; pages = reader.readNextRowGroup()) {
                RecordReader<Group> records = new ColumnIOFactory()
                        .getColumnIO(schema)
                        .getRecordReader(pages, new GroupRecordConverter(schema));
                for (long i = 0; i < pages.getRowCount(); i++) {
                    rows.add(text(schema, records.read()));
                }
            }
        }
        return rows;
    }

    private static Map<String, String> text(MessageType schema, Group group) {
        Map<String, String> row = new LinkedHashMap<>();
        for (int field = 0; field < schema.getFieldCount(); field++) {
            StringBuilder values = new StringBuilder();
            for (int i = 0; i < group.getFieldRepetitionCount(field); i++) {
                values.append(
                        schema.getType(field).isPrimitive()
                                ? group.getValueToString(field, i)
                                : group.getGroup(field, i).toString());
            }
            row.put(schema.getFieldName(field), values.toString());
        }
        return row;
    }
}
