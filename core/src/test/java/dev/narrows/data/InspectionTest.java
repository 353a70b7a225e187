package dev.narrows.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.narrows.data.image.DecoderTest;
import dev.narrows.data.image.StoredImage;
import dev.narrows.data.image.StoredImage.Colours;
import dev.narrows.data.source.BadData;
import dev.narrows.data.source.LeftOut;
import dev.narrows.net.Shape;
import dev.narrows.study.Columns;
import dev.narrows.study.DataSpec;
import dev.narrows.study.Preparation;
import dev.narrows.study.Preparation.Colour;
import dev.narrows.study.Preparation.Corrupt;
import dev.narrows.study.Preparation.Fit;
import dev.narrows.study.Size;
import dev.narrows.study.TaskChoice;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A look at images before a study runs. */
class InspectionTest {
    private static final Configuration CONFIGURATION = new Configuration(false);

    @TempDir
    private Path folder;

    private void image(String name, int type, int height, int width) throws IOException {
        write(name, DecoderTest.png(new BufferedImage(width, height, type)));
    }

    private void write(String name, byte[] bytes) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }

    /** Ten images of each class; different bytes are of no interest here. */
    private void classes(int type) throws IOException {
        for (String name : List.of("cat", "dog")) {
            for (int i = 0; i < 10; i++) {
                image("%s/%d.png".formatted(name, i), type, 4, 5);
            }
        }
    }

    private DataSpec spec(Colour colour, Size size, Fit fit, Corrupt corrupt) {
        return new DataSpec(
                folder.toString(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                new Preparation(
                        TaskChoice.AUTO, new Columns("", ""), List.of(), colour, size, fit, Size.NONE, corrupt));
    }

    private DataSpec plain() {
        return spec(Colour.AUTO, Size.NONE, Fit.RESIZE, Corrupt.REFUSE);
    }

    private Inspection inspect(Look look) {
        return Datasets.inspect(plain(), CONFIGURATION, look);
    }

    /** The law that makes a green check worth something. */
    @ParameterizedTest
    @CsvSource({
        "whole,     AUTO, none, RESIZE, REFUSE, false",
        "cut,       AUTO, none, RESIZE, REFUSE, true",
        "cut,       AUTO, none, RESIZE, SKIP,   false",
        "large,     AUTO, none, RESIZE, REFUSE, true",
        "large,     AUTO, 4,    RESIZE, REFUSE, false",
        "large,     AUTO, 4,    PAD,    REFUSE, true",
        "large,     AUTO, 4,    CROP,   REFUSE, false",
        "large,     AUTO, 8,    CROP,   REFUSE, true",
        "large,     AUTO, none, RESIZE, SKIP,   false",
        "grey,      AUTO, none, RESIZE, REFUSE, false",
        "coloured,  AUTO, none, RESIZE, REFUSE, true",
        "coloured,  AUTO, 4,    RESIZE, REFUSE, true",
        "coloured,  GREY, none, RESIZE, REFUSE, false",
        "text,      AUTO, none, RESIZE, REFUSE, true",
        "all cut,   AUTO, none, RESIZE, SKIP,   true",
    })
    void aLookAtAllImagesFindsFaultWhereOpeningThemDoes(
            String kind, Colour colour, String side, Fit fit, Corrupt corrupt, boolean refused) throws IOException {
        boolean grey = kind.equals("coloured");
        classes(grey ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
        byte[] whole = DecoderTest.png(new BufferedImage(5, 4, BufferedImage.TYPE_INT_RGB));
        byte[] cut = Arrays.copyOf(whole, whole.length / 2);
        switch (kind) {
            case "cut" -> write("dog/7.png", cut);
            case "large" -> image("dog/7.png", BufferedImage.TYPE_INT_RGB, 7, 7);
            case "grey" -> image("dog/7.png", BufferedImage.TYPE_BYTE_GRAY, 4, 5);
            case "coloured" -> image("dog/7.png", BufferedImage.TYPE_INT_RGB, 4, 5);
            case "text" -> write("dog/7.png", "no image".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            case "all cut" -> {
                for (int i = 0; i < 10; i++) {
                    write("test/cat/%d.png".formatted(i), cut);
                    image("train/cat/%d.png".formatted(i), BufferedImage.TYPE_INT_RGB, 4, 5);
                    image("train/dog/%d.png".formatted(i), BufferedImage.TYPE_INT_RGB, 4, 5);
                }
            }
            default -> {
                // All are alike.
            }
        }
        Size size = side.equals("none") ? Size.NONE : new Size(Integer.parseInt(side), Integer.parseInt(side));
        DataSpec spec = spec(colour, size, fit, corrupt);
        Inspection.Seen seen =
                Datasets.inspect(spec, CONFIGURATION, Look.atAll()).seen();
        boolean fault = corrupt == Corrupt.SKIP
                ? seen.emptyPart().isPresent()
                : seen.unread().images() + seen.unlike().images() > 0;
        Throwable opening = catchThrowable(() -> Datasets.open(spec, CONFIGURATION));
        assertThat(seen.all()).isTrue();
        assertThat(fault).isEqualTo(refused);
        assertThat(opening != null).isEqualTo(refused);
        if (refused) {
            assertThat(opening).isInstanceOf(BadData.class);
            assertThat(opening.getMessage())
                    .contains(
                            seen.unread().images() > 0
                                    ? seen.unread().reasons().get(0)
                                    : seen.unlike().reasons().get(0));
        }
    }

    @Test
    void aLookThatEndsEarlyMeetsAllClasses() throws IOException {
        for (int i = 0; i < 40; i++) {
            image("cat/%d.png".formatted(i), BufferedImage.TYPE_BYTE_GRAY, 4, 5);
            image("dog/%d.png".formatted(i), BufferedImage.TYPE_BYTE_GRAY, 6, 5);
        }
        Inspection.Seen seen = inspect(Look.at(12)).seen();
        assertThat(seen.looked()).isEqualTo(12);
        assertThat(seen.of()).isEqualTo(80);
        assertThat(seen.all()).isFalse();
        assertThat(seen.shapes()).containsOnlyKeys(new Shape(1, 4, 5), new Shape(1, 6, 5));
        assertThat(seen.unlike().images()).isEqualTo(seen.shapes().get(new Shape(1, 6, 5)));
    }

    @Test
    void storedFormsAreCounted() throws IOException {
        classes(BufferedImage.TYPE_INT_RGB);
        image("cat/deep.png", BufferedImage.TYPE_USHORT_GRAY, 4, 5);
        image("cat/clear.png", BufferedImage.TYPE_INT_ARGB, 4, 5);
        try (InputStream cmyk = DecoderTest.class.getResourceAsStream("cmyk.jpg")) {
            write("cat/print.jpg", cmyk.readAllBytes());
        }
        assertThat(inspect(Look.atAll()).seen().stored())
                .containsEntry(new StoredImage("PNG", Colours.RGB, 8, false), 20)
                .containsEntry(new StoredImage("PNG", Colours.GREY, 16, false), 1)
                .containsEntry(new StoredImage("PNG", Colours.RGB, 8, true), 1)
                .containsEntry(new StoredImage("JPEG", Colours.CMYK, 8, false), 1)
                .hasSize(4);
    }

    @Test
    void theOriginOfEachPartIsTold() throws IOException {
        classes(BufferedImage.TYPE_BYTE_GRAY);
        Inspection whole = inspect(Look.at(1));
        assertThat(whole.train()).isEqualTo(new Inspection.Origin(17, 20, false));
        assertThat(whole.validation()).isEqualTo(new Inspection.Origin(1, 20, true));
        assertThat(whole.test()).isEqualTo(new Inspection.Origin(2, 20, true));
        assertThat(whole.perClass()).hasSize(2);
        assertThat(whole.perClass().stream().mapToInt(Integer::intValue).sum()).isEqualTo(17);
    }

    @Test
    void filesWithoutAnImageAreLeftOutByFormatAndReason() throws IOException {
        classes(BufferedImage.TYPE_BYTE_GRAY);
        write("cat/notes.txt", new byte[3]);
        write("dog/NOTES.TXT", new byte[3]);
        write("LICENSE", new byte[3]);
        write(".hidden", new byte[3]);
        image("cover.png", BufferedImage.TYPE_BYTE_GRAY, 4, 5);
        assertThat(inspect(Look.at(1)).leftOut())
                .extracting(files -> files.sentence())
                .containsExactly(
                        "1 file is left out: no image format that is read (png, jpg, bmp, gif, tif), such as LICENSE",
                        "2 .txt files are left out: no image format that is read (png, jpg, bmp, gif,"
                                + " tif), such as cat/notes.txt",
                        "1 .png file is left out: in no folder of a class, such as cover.png");
    }

    @Test
    void aLinkToAFolderThatIsNotThereIsLeftOutWithItsReason() throws IOException {
        classes(BufferedImage.TYPE_INT_RGB);
        Files.createSymbolicLink(folder.resolve("fox"), Path.of("gone"));
        Inspection seen = inspect(Look.atAll());
        assertThat(seen.description().classNames()).containsExactly("cat", "dog");
        assertThat(seen.leftOut())
                .singleElement()
                .extracting(LeftOut::sentence)
                .isEqualTo("1 file is left out: a link to a file or folder that is not there, such as fox");
    }

    @Test
    void aLinkToAnImageIsReadAndOneToAFolderOfThem() throws IOException {
        classes(BufferedImage.TYPE_INT_RGB);
        Files.createSymbolicLink(folder.resolve("dog/more.png"), Path.of("0.png"));
        Files.createSymbolicLink(folder.resolve("fox"), Path.of("dog"));
        Inspection seen = inspect(Look.atAll());
        assertThat(seen.description().classNames()).containsExactly("cat", "dog", "fox");
        assertThat(seen.seen().of()).isEqualTo(10 + 11 + 11);
        assertThat(seen.leftOut()).isEmpty();
    }

    @Test
    void aClassIsUnusableWhereNoneOfItsTrainingImagesCanBeUsed() throws IOException {
        classes(BufferedImage.TYPE_INT_RGB);
        DataSpec spec = spec(Colour.AUTO, Size.NONE, Fit.RESIZE, Corrupt.SKIP);
        for (int i = 0; i < 9; i++) {
            write("dog/%d.png".formatted(i), new byte[] {1, 2, 3, 4});
        }
        image("dog/9.png", BufferedImage.TYPE_INT_RGB, 9, 9);
        assertThat(Datasets.inspect(spec, CONFIGURATION, Look.atAll()).seen().unusableClasses())
                .containsExactly(1);
        assertThat(Datasets.inspect(spec, CONFIGURATION, Look.at(10)).seen().unusableClasses())
                .as("some have not been looked at")
                .isEmpty();
        classes(BufferedImage.TYPE_INT_RGB);
        assertThat(Datasets.inspect(spec, CONFIGURATION, Look.atAll()).seen().unusableClasses())
                .isEmpty();
    }
}
