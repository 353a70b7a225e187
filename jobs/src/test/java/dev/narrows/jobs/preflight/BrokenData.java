package dev.narrows.jobs.preflight;

import java.awt.image.BandedSampleModel;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/** Datasets with one thing wrong or unusual in each, made on the fly: two classes of twelve small images. */
enum BrokenData {
    NOTHING_WRONG,
    TRUNCATED_PNG,
    CMYK_JPEG,
    SIXTEEN_BITS,
    GREY_AMONG_RGB,
    MIXED_SIZES,
    EMPTY_CLASS,
    ONE_CLASS,
    MASK_WITHOUT_IMAGE,
    IMAGE_WITHOUT_MASK,
    WRONG_LABEL_COLUMN,
    UNREACHABLE_BUCKET,
    MORE_CLASSES_IN_VALIDATION,
    DEAD_LINK,
    DEAD_LINK_TO_A_MASK,
    TEN_IMAGES,
    NO_IMAGES_AMONG_IMAGES;

    private static final int SIDE = 16;
    private static final int EACH = 12;

    /** Writes the images and a study of one small network on them, and gives the study's file. */
    Path in(Path folder) throws IOException {
        Path images = folder.resolve("images");
        boolean masks = this == MASK_WITHOUT_IMAGE || this == IMAGE_WITHOUT_MASK || this == DEAD_LINK_TO_A_MASK;
        switch (this) {
            case NOTHING_WRONG -> classes(images);
            case TRUNCATED_PNG -> {
                classes(images);
                byte[] whole = png(noise(BufferedImage.TYPE_INT_RGB, SIDE, SIDE, 1));
                Files.write(images.resolve("dog/7.png"), Arrays.copyOf(whole, whole.length / 2));
            }
            case CMYK_JPEG -> {
                classes(images);
                Files.write(images.resolve("dog/cmyk.jpg"), cmyk());
            }
            case SIXTEEN_BITS -> {
                classes(images);
                write(images.resolve("dog/7.png"), noise(BufferedImage.TYPE_USHORT_GRAY, SIDE, SIDE, 1));
            }
            case GREY_AMONG_RGB -> {
                classes(images);
                write(images.resolve("dog/7.png"), noise(BufferedImage.TYPE_BYTE_GRAY, SIDE, SIDE, 1));
            }
            case MIXED_SIZES -> {
                classes(images);
                write(images.resolve("dog/7.png"), noise(BufferedImage.TYPE_INT_RGB, 24, SIDE, 1));
                write(images.resolve("dog/8.png"), noise(BufferedImage.TYPE_INT_RGB, 24, SIDE, 2));
            }
            case EMPTY_CLASS -> {
                classes(images);
                Files.createDirectories(images.resolve("fox"));
            }
            case ONE_CLASS -> classes(images, "cat");
            case MASK_WITHOUT_IMAGE -> {
                masks(images);
                write(images.resolve("masks/lonely.png"), halves());
            }
            case IMAGE_WITHOUT_MASK -> {
                masks(images);
                write(images.resolve("images/lonely.png"), noise(BufferedImage.TYPE_BYTE_GRAY, SIDE, SIDE, 99));
            }
            case WRONG_LABEL_COLUMN -> parquet(images.resolve("train.parquet"));
            case UNREACHABLE_BUCKET -> Files.createDirectories(images);
            case MORE_CLASSES_IN_VALIDATION -> {
                classes(images.resolve("train"));
                classes(images.resolve("val"), "cat", "dog", "fox");
            }
            case DEAD_LINK -> {
                classes(images);
                Files.createSymbolicLink(images.resolve("dog/12.png"), images.resolve("gone.png"));
            }
            case DEAD_LINK_TO_A_MASK -> {
                masks(images);
                Files.delete(images.resolve("masks/3.png"));
                Files.createSymbolicLink(images.resolve("masks/3.png"), Path.of("gone.png"));
            }
            case TEN_IMAGES -> {
                classes(images);
                for (int i = 5; i < EACH; i++) {
                    Files.delete(images.resolve("cat/%d.png".formatted(i)));
                    Files.delete(images.resolve("dog/%d.png".formatted(i)));
                }
            }
            case NO_IMAGES_AMONG_IMAGES -> {
                classes(images);
                Files.writeString(images.resolve("cat/notes.txt"), "Seen at noon.");
                Files.writeString(images.resolve("cat/more.txt"), "Seen at one.");
                Files.write(images.resolve("dog/0.webp"), new byte[] {'R', 'I', 'F', 'F'});
                write(images.resolve("cover.png"), noise(BufferedImage.TYPE_INT_RGB, SIDE, SIDE, 3));
            }
        }
        String source = this == UNREACHABLE_BUCKET ? "s3a://no-such-bucket/images" : images.toString();
        Path study = folder.resolve("study.conf");
        Files.writeString(study, """
                study = tried
                data { source = "%s"%s }
                grid = [ %s ]
                training { epochs = 1, batch-size = 8, precision = fp32 }
                latency { for = none }
                objectives = [ { minimize = params } ]
                """.formatted(
                        source,
                        this == WRONG_LABEL_COLUMN ? ", answer-column = kind" : "",
                        masks
                                ? "{ family = u-net, base-width = 4, depth = 1 }"
                                : "{ family = plain, widths = [4], depths = [1], strides = [2] }"));
        return study;
    }

    private static void classes(Path folder) throws IOException {
        classes(folder, "cat", "dog");
    }

    private static void classes(Path folder, String... names) throws IOException {
        for (String name : names) {
            for (int i = 0; i < EACH; i++) {
                write(
                        folder.resolve(name).resolve(i + ".png"),
                        noise(BufferedImage.TYPE_INT_RGB, SIDE, SIDE, (folder.getFileName() + name + i).hashCode()));
            }
        }
    }

    private static void masks(Path folder) throws IOException {
        for (int i = 0; i < 2 * EACH; i++) {
            write(folder.resolve("images/%d.png".formatted(i)), noise(BufferedImage.TYPE_BYTE_GRAY, SIDE, SIDE, i));
            write(folder.resolve("masks/%d.png".formatted(i)), halves());
        }
    }

    private static BufferedImage halves() {
        BufferedImage mask = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < SIDE * SIDE; i++) {
            mask.getRaster().setSample(i % SIDE, i / SIDE, 0, i % SIDE < SIDE / 2 ? 0 : 1);
        }
        return mask;
    }

    private static BufferedImage noise(int type, int height, int width, int seed) {
        BufferedImage image = new BufferedImage(width, height, type);
        WritableRaster raster = image.getRaster();
        Random random = new Random(seed);
        for (int i = 0; i < height * width; i++) {
            for (int band = 0; band < raster.getNumBands(); band++) {
                raster.setSample(i % width, i / width, band, random.nextInt(256));
            }
        }
        return image;
    }

    private static void write(Path file, BufferedImage image) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, png(image));
    }

    private static byte[] png(BufferedImage image) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }

    /** Four components without a word on what they are, which readers take for CMYK. */
    private static byte[] cmyk() throws IOException {
        WritableRaster raster =
                Raster.createWritableRaster(new BandedSampleModel(DataBuffer.TYPE_BYTE, SIDE, SIDE, 4), null);
        for (int i = 0; i < 4 * SIDE * SIDE; i++) {
            raster.setSample(i / 4 % SIDE, i / 4 / SIDE, i % 4, i % 4 == 0 ? 200 : 10);
        }
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(raster, List.of(), null), null);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static void parquet(Path file) throws IOException {
        MessageType type = MessageTypeParser.parseMessageType(
                "message schema { optional group image { optional binary bytes; } optional int64 label; }");
        Files.createDirectories(file.getParent());
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new LocalOutputFile(file))
                .withConf(new PlainParquetConfiguration())
                .withType(type)
                .withExtraMetaData(Map.of())
                .build()) {
            for (int i = 0; i < 2 * EACH; i++) {
                Group group = new SimpleGroup(type);
                byte[] image = png(noise(BufferedImage.TYPE_INT_RGB, SIDE, SIDE, i));
                group.addGroup("image").add("bytes", Binary.fromConstantByteArray(image));
                group.add("label", i % 2L);
                writer.write(group);
            }
        }
    }
}
