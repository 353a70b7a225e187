package dev.narrows.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.narrows.data.image.DecoderTest;
import dev.narrows.data.source.BadData;
import dev.narrows.data.source.Sources;
import dev.narrows.net.Shape;
import dev.narrows.study.Columns;
import dev.narrows.study.DataSpec;
import dev.narrows.study.Preparation;
import dev.narrows.study.TaskChoice;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourcesTest {
    private static final String HUGGING_FACE =
            "{\"info\": {\"features\": {\"id\": {\"dtype\": \"int64\", \"_type\": \"Value\"}, \"img\":"
                    + " {\"_type\": \"Image\"}, \"kind\": {\"names\": [\"cat\", \"dog\"], \"_type\":"
                    + " \"ClassLabel\"}}}}";
    private static final String COLUMNS =
            "message schema { optional int64 id; optional group img { optional binary bytes; optional"
                    + " binary path (STRING); } optional int64 kind; }";

    @TempDir
    private Path folder;

    private static byte[] png(int height, int width, int grey) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < height * width; i++) {
            image.getRaster().setSample(i % width, i / width, 0, grey);
        }
        return DecoderTest.png(image);
    }

    @SuppressWarnings("ArrayRecordComponent") // Rows are never compared.
    private record Row(byte[] bytes, Long label) {}

    private void parquet(String name, String columns, Map<String, String> metadata, Row... rows) throws IOException {
        MessageType type = MessageTypeParser.parseMessageType(columns);
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new LocalOutputFile(file))
                .withConf(new PlainParquetConfiguration())
                .withType(type)
                .withExtraMetaData(metadata)
                .withWriteMode(org.apache.parquet.hadoop.ParquetFileWriter.Mode.OVERWRITE)
                .build()) {
            for (Row row : rows) {
                Group group = new SimpleGroup(type);
                if (row.bytes != null) {
                    if (type.getType(type.getFieldCount() - 2).isPrimitive()) {
                        group.add(type.getFieldCount() - 2, Binary.fromConstantByteArray(row.bytes));
                    } else {
                        group.addGroup(type.getFieldCount() - 2).add("bytes", Binary.fromConstantByteArray(row.bytes));
                    }
                }
                if (row.label != null) {
                    group.add(type.getFieldCount() - 1, row.label);
                }
                writer.write(group);
            }
        }
    }

    private void huggingFace(String name, Row... rows) throws IOException {
        parquet(name, COLUMNS, Map.of("huggingface", HUGGING_FACE), rows);
    }

    private Row[] rows(int count) throws IOException {
        Row[] rows = new Row[count];
        for (int i = 0; i < count; i++) {
            rows[i] = new Row(png(4, 5, i), i % 2L);
        }
        return rows;
    }

    private Dataset open() {
        return Datasets.open(
                new DataSpec(folder.toString(), Optional.empty(), Optional.empty(), Optional.empty(), 0),
                new Configuration(false));
    }

    private void refused(String message) {
        assertThatThrownBy(this::open)
                .isInstanceOf(BadData.class)
                .hasMessage(message.replace("FOLDER", folder.toString()));
    }

    private static List<Integer> figures(Dataset dataset) {
        return List.of(
                dataset.train().size(),
                dataset.validation().size(),
                dataset.test().size());
    }

    private Dataset open(Columns columns, Preparation.Colour colour) {
        Preparation none = Preparation.NONE;
        return Datasets.open(
                new DataSpec(
                        folder.toString(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        0,
                        new Preparation(
                                none.task(),
                                columns,
                                none.ignore(),
                                colour,
                                none.size(),
                                none.fit(),
                                none.patch(),
                                none.corrupt())),
                new Configuration(false));
    }

    @Test
    void parquetColumnsAreThoseThatTheStudyNames() throws IOException {
        String two = "message schema { optional int64 fine; optional group img { optional binary bytes; }"
                + " optional int64 coarse; }";
        parquet("train.parquet", two, Map.of(), rows(40));
        refused("Cannot tell which column of FOLDER/train.parquet has the labels: fine, coarse could;"
                + " data.answer-column names it");
        assertThat(open(new Columns("", "coarse"), Preparation.Colour.AUTO).classes())
                .isEqualTo(2);
        assertThatThrownBy(() -> open(new Columns("picture", ""), Preparation.Colour.AUTO))
                .isInstanceOf(BadData.class)
                .hasMessageStartingWith(("Cannot take data.image-column = picture of %s/train.parquet: there is no such"
                                + " column, found optional int64 fine, optional group img")
                        .formatted(folder));
    }

    @Test
    void imagesAreMadeGreyOrColouredAsTheStudySays() throws IOException {
        huggingFace("train.parquet", rows(40));
        Dataset colour = open(Columns.NONE, Preparation.Colour.RGB);
        Dataset grey = open(Columns.NONE, Preparation.Colour.GREY);
        assertThat(colour.shape()).isEqualTo(new Shape(3, 4, 5));
        assertThat(colour.mean()).containsOnly(grey.mean().get(0)).hasSize(3);
        assertThat(grey.shape()).isEqualTo(new Shape(1, 4, 5));
        assertThat(colour.fingerprint()).isNotEqualTo(grey.fingerprint());
    }

    @Test
    void parquetColumnsAreFoundByTheirDeclaredFeatures() throws IOException {
        huggingFace("data/train-00000-of-00002.parquet", rows(20));
        huggingFace("data/train-00001-of-00002.parquet", rows(10));
        huggingFace("data/validation-00000-of-00001.parquet", rows(6));
        huggingFace("data/test-00000-of-00001.parquet", rows(8));
        Dataset dataset = open();
        assertThat(dataset.classNames()).containsExactly("cat", "dog");
        assertThat(dataset.shape()).isEqualTo(new Shape(1, 4, 5));
        assertThat(figures(dataset)).containsExactly(30, 6, 8);
        byte[] pixels = new byte[20];
        dataset.train().copy(25, pixels, 0);
        assertThat(pixels).containsOnly(5);
        assertThat(dataset.train().label(25)).isEqualTo(1);
    }

    @Test
    void parquetWithoutFeaturesIsReadByItsTypes() throws IOException {
        parquet("some.parquet", "message s { required binary pixels; required int64 target; }", Map.of(), rows(40));
        Dataset dataset = open();
        assertThat(dataset.classNames()).containsExactly("0", "1");
        assertThat(figures(dataset)).containsExactly(33, 3, 4);
    }

    @Test
    void parquetWithoutAnImageIsRefusedWithWhatItHas() throws IOException {
        parquet("train.parquet", "message s { required binary text (STRING); required int64 target; }", Map.of());
        refused("Cannot find an image in FOLDER/train.parquet: expected an image column (a struct of bytes"
                + " and path, or binary) and a whole-number label column, found required binary text"
                + " (STRING), required int64 target");
    }

    @Test
    void aMissingShardIsCounted() throws IOException {
        huggingFace("train-00000-of-00003.parquet", rows(4));
        huggingFace("train-00002-of-00003.parquet", rows(4));
        refused("Cannot read FOLDER: 1 files of train-?????-of-00003.parquet are not there");
    }

    @Test
    void aRowWithoutLabelOrImageIsNamed() throws IOException {
        huggingFace("train.parquet", new Row(png(2, 2, 0), 0L), new Row(png(2, 2, 0), null));
        refused("Cannot read image 1 of FOLDER/train.parquet: its column kind is empty");
        huggingFace("train.parquet", new Row(png(2, 2, 0), 0L), new Row(null, 1L));
        refused("Cannot read image 1 of FOLDER/train.parquet: its column img is empty");
    }

    @Test
    void aLabelOutOfRangeIsNamed() throws IOException {
        huggingFace("train.parquet", new Row(png(2, 2, 0), 0L), new Row(png(2, 2, 0), 2L));
        refused("Cannot take label 2 of image 1 of FOLDER/train.parquet: FOLDER has 2 classes, counted from 0");
        huggingFace("train.parquet", new Row(png(2, 2, 0), -1L));
        refused("Cannot take label -1 of image 0 of FOLDER/train.parquet: labels count from 0");
    }

    @Test
    void aClassWithoutATrainingImageIsRefused() throws IOException {
        huggingFace("train.parquet", new Row(png(2, 2, 0), 0L));
        refused("Cannot learn class dog of FOLDER: no training image has it");
    }

    @Test
    void corruptImagesAreNamedAllAtOnce() throws IOException {
        Row[] rows = rows(40);
        huggingFace("test.parquet", rows(4));
        rows[17] = new Row(new byte[] {1, 2, 3, 4, 5}, 0L);
        rows[23] = new Row(png(4, 6, 0), 1L);
        huggingFace("train.parquet", rows);
        assertThatThrownBy(this::open)
                .isInstanceOf(BadData.class)
                .hasMessageMatching("Cannot read [12] of 36 images of .*")
                .hasMessageMatching(".*(image 17 of .*train.parquet: its 5 bytes are no image that can be read"
                        + "|image 23 of .*train.parquet: it is 1x4x6 where the first image is 1x4x5).*");
    }

    @Test
    void duplicatesBetweenTrainAndTestAreCounted() throws IOException {
        huggingFace("train.parquet", rows(40));
        huggingFace("test.parquet", new Row(png(4, 5, 3), 1L), new Row(png(4, 5, 99), 1L));
        assertThat(Datasets.describe(
                                new DataSpec(
                                        folder.toString(), Optional.empty(), Optional.empty(), Optional.empty(), 0),
                                new Configuration(false))
                        .duplicates())
                .isEqualTo(1);
    }

    private static byte[] idx(int[] sizes, byte[] data) {
        ByteBuffer file = ByteBuffer.allocate(4 + 4 * sizes.length + data.length);
        file.putInt(0x800 | sizes.length);
        for (int size : sizes) {
            file.putInt(size);
        }
        return file.put(data).array();
    }

    private static byte[] counting(int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) (i % 3);
        }
        return bytes;
    }

    @Test
    void idxFilesAreReadPackedOrNot() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(idx(new int[] {30, 2, 3}, counting(180)));
        }
        Files.write(folder.resolve("train-images-idx3-ubyte.gz"), packed.toByteArray());
        Files.write(folder.resolve("train-labels-idx1-ubyte"), idx(new int[] {30}, counting(30)));
        Files.write(folder.resolve("t10k-images-idx3-ubyte"), idx(new int[] {6, 2, 3}, counting(36)));
        Files.write(folder.resolve("t10k-labels-idx1-ubyte"), idx(new int[] {6}, counting(6)));
        Dataset dataset = open();
        assertThat(dataset.shape()).isEqualTo(new Shape(1, 2, 3));
        assertThat(dataset.classNames()).containsExactly("0", "1", "2");
        assertThat(figures(dataset)).containsExactly(27, 3, 6);
        byte[] pixels = new byte[6];
        dataset.test().copy(5, pixels, 0);
        assertThat(pixels).containsExactly(0, 1, 2, 0, 1, 2);
        assertThat(dataset.test().label(5)).isEqualTo(2);
    }

    @Test
    void anIdxFileThatIsPackedAndUnpackedIsReadOnce() throws IOException {
        for (String part : List.of("train", "t10k")) {
            Map<String, byte[]> files = Map.of(
                    part + "-images-idx3-ubyte", idx(new int[] {30, 2, 3}, counting(180)),
                    part + "-labels-idx1-ubyte", idx(new int[] {30}, counting(30)));
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                Files.write(folder.resolve(file.getKey()), file.getValue());
                try (GZIPOutputStream gzip =
                        new GZIPOutputStream(Files.newOutputStream(folder.resolve(file.getKey() + ".gz")))) {
                    gzip.write(file.getValue());
                }
            }
        }
        assertThat(figures(open())).containsExactly(27, 3, 30);
    }

    @Test
    void anIdxFileMustHoldWhatItsHeaderPromises() throws IOException {
        Files.write(folder.resolve("train-images-idx3-ubyte"), idx(new int[] {30, 2, 3}, counting(100)));
        refused("Cannot read the labels of FOLDER/train-images-idx3-ubyte: there is no"
                + " train-labels-idx1-ubyte beside it");
        Files.write(folder.resolve("train-labels-idx1-ubyte"), idx(new int[] {5}, counting(5)));
        refused("Cannot read FOLDER/train-images-idx3-ubyte: its header promises 30 x 2 x 3 elements and"
                + " 100 bytes follow");
        Files.write(folder.resolve("train-images-idx3-ubyte"), idx(new int[] {30, 2, 3}, counting(180)));
        refused("Cannot read FOLDER/train-images-idx3-ubyte: it has 30 images and"
                + " FOLDER/train-labels-idx1-ubyte has 5 labels");
        Files.write(folder.resolve("train-images-idx3-ubyte"), new byte[20]);
        refused("Cannot read FOLDER/train-images-idx3-ubyte: expected an IDX file of bytes in 3"
                + " dimensions, which begins with 00000803, found 00000000");
    }

    private static byte[] cifar(int images, int labels) {
        ByteBuffer file = ByteBuffer.allocate(images * (labels + 3072));
        for (int image = 0; image < images; image++) {
            for (int label = 0; label < labels; label++) {
                file.put((byte) (label == labels - 1 ? image % 2 : 9));
            }
            for (int i = 0; i < 3072; i++) {
                file.put((byte) (10 * (i / 1024) + image));
            }
        }
        return file.array();
    }

    @Test
    void cifarTenIsRead() throws IOException {
        Files.write(folder.resolve("data_batch_1.bin"), cifar(20, 1));
        Files.write(folder.resolve("data_batch_2.bin"), cifar(10, 1));
        Files.write(folder.resolve("test_batch.bin"), cifar(4, 1));
        Files.writeString(folder.resolve("batches.meta.txt"), "airplane\nautomobile\n\n");
        Dataset dataset = open();
        assertThat(dataset.classNames()).containsExactly("airplane", "automobile");
        assertThat(figures(dataset)).containsExactly(27, 3, 4);
        byte[] pixels = new byte[3072];
        dataset.test().copy(3, pixels, 0);
        assertThat(pixels).startsWith(3, 13, 23, 3, 13, 23);
        assertThat(dataset.test().label(3)).isEqualTo(1);
    }

    @Test
    void cifarHundredIsReadByItsFineLabels() throws IOException {
        Files.write(folder.resolve("train.bin"), cifar(20, 2));
        Files.write(folder.resolve("test.bin"), cifar(4, 2));
        Dataset dataset = open();
        assertThat(dataset.classNames()).containsExactly("0", "1");
        assertThat(figures(dataset)).containsExactly(18, 2, 4);
        Files.write(folder.resolve("train.bin"), new byte[3075]);
        assertThatThrownBy(
                        () -> Sources.read(folder.toString(), TaskChoice.AUTO, Columns.NONE, new Configuration(false)))
                .hasMessage(
                        "Cannot read " + folder + "/train.bin: its 3,075 bytes are no multiple of a record's 3,074");
    }

    private void image(String path, int grey) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, png(3, 3, grey));
    }

    @Test
    void aFolderForEachClassIsRead() throws IOException {
        for (int i = 0; i < 20; i++) {
            image("cats/%02d.png".formatted(i), i);
            image("dogs/deeper/%02d.PNG".formatted(i), 100 + i);
        }
        Files.writeString(folder.resolve("cats/readme.txt"), "no image");
        Dataset dataset = open();
        assertThat(dataset.classNames()).containsExactly("cats", "dogs");
        assertThat(figures(dataset)).containsExactly(33, 3, 4);
    }

    @Test
    void foldersForTrainingAndTestAreRead() throws IOException {
        for (int i = 0; i < 10; i++) {
            image("train/cats/%d.png".formatted(i), i);
            image("train/dogs/%d.png".formatted(i), 100 + i);
        }
        image("val/dogs/a.png", 1);
        image("test/cats/a.png", 1);
        assertThat(figures(open())).containsExactly(20, 1, 1);
        image("test/birds/a.png", 1);
        assertThatThrownBy(
                        () -> Sources.read(folder.toString(), TaskChoice.AUTO, Columns.NONE, new Configuration(false)))
                .isInstanceOf(BadData.class)
                .hasMessage(
                        "Cannot use " + folder + "/test: it has the class birds, which is not among those to train on");
    }

    @Test
    void aClassMayHaveTheNameOfAPart() throws IOException {
        for (int i = 0; i < 20; i++) {
            image("bus/%02d.png".formatted(i), i);
            image("test/%02d.png".formatted(i), 50 + i);
            image("train/%02d.png".formatted(i), 100 + i);
        }
        Dataset dataset = open();
        assertThat(dataset.classNames()).containsExactly("bus", "test", "train");
        assertThat(figures(dataset)).containsExactly(49, 5, 6);
    }

    @Test
    void twoFoldersForTrainingHaveTheirClassesTogether() throws IOException {
        for (int i = 0; i < 10; i++) {
            image("train/cats/%d.png".formatted(i), i);
            image("train/dogs/%d.png".formatted(i), 100 + i);
            image("training/dogs/%d.png".formatted(i), 200 + i);
            image("training/ants/%d.png".formatted(i), 50 + i);
            image("test/dogs/%d.png".formatted(i), 150 + i);
            image("val/dogs/%d.png".formatted(i), 180 + i);
        }
        Dataset dataset = open();
        assertThat(dataset.classNames()).containsExactly("ants", "cats", "dogs");
        assertThat(figures(dataset)).containsExactly(40, 10, 10);
        assertThat(dataset.test().label(0)).isEqualTo(2);
    }

    @Test
    void whatIsNotThereOrUnknownIsSaid() throws IOException {
        refused("Cannot open FOLDER: expected Parquet files, IDX files (train-images-idx3-ubyte), CIFAR's"
                + " binary files (data_batch_1.bin, train.bin), folders images and masks, or a folder of"
                + " images for each class, found no file");
        Files.writeString(folder.resolve("a.csv"), "1,2");
        assertThatThrownBy(this::open).hasMessageEndingWith("a folder of images for each class, found a.csv");
        assertThatThrownBy(
                        () -> Sources.read(folder + "/none", TaskChoice.AUTO, Columns.NONE, new Configuration(false)))
                .hasMessage("Cannot open " + folder + "/none: there is no such file or folder");
        assertThatThrownBy(
                        () -> Sources.read(folder + "/a.csv", TaskChoice.AUTO, Columns.NONE, new Configuration(false)))
                .hasMessage("Cannot open " + folder
                        + "/a.csv: expected a folder, or one Parquet file, and it is another file");
        assertThatThrownBy(() -> Sources.read("nope://x/y", TaskChoice.AUTO, Columns.NONE, new Configuration(false)))
                .isInstanceOf(BadData.class)
                .hasMessageStartingWith("Cannot open nope://x/y: ");
    }
}
