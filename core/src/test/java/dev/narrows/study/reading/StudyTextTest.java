package dev.narrows.study.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.study.BadInput;
import dev.narrows.study.DataSpec;
import dev.narrows.study.Study;
import dev.narrows.study.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The part that HOCON itself has: syntax, substitutions, includes, overrides. */
class StudyTextTest {
    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    threads = [1, | x.conf: 3: Cannot read the study: list should have had new element after a comma, \
                    instead had token: end of file
                    threads = { a = } | x.conf: 2: Cannot read the study: expecting a value but got wrong token: '}'
                    question = what: this | x.conf: 2: Cannot read the study: expecting end of input or a comma, got ':'
                    threads = ${cores} | x.conf: 2: Cannot resolve ${cores}: nothing has that name
                    let { a = ${let.b}, b = ${let.a} } | x.conf: 2: Cannot resolve ${let.a}: it refers to itself
                    include "gone.conf" | x.conf: 2: Cannot include gone.conf: there is no such file
                    include file("gone.conf") | x.conf: 2: Cannot include gone.conf: there is no such file
                    """)
    void aSyntaxErrorIsOneLine(String text, String problem) {
        assertThat(StudyFiles.problems(folder, StudyFiles.LEAST + text + "\n")).containsExactly(problem);
    }

    @Test
    void aFileThatIsNotThereIsRefused() {
        Path gone = Path.of("conf/studies/gone.conf");
        assertThat(problems(gone))
                .containsExactly("conf/studies/gone.conf: Cannot read the study: there is no such file");
        assertThat(problems(folder)).containsExactly(folder + ": Cannot read the study: it is a folder");
    }

    @Test
    void aFileThatIsNoTextIsRefused() throws IOException {
        Path file = folder.resolve("x.conf");
        Files.write(file, new byte[] {'s', 't', 'u', 'd', 'y', '=', (byte) 0xff, (byte) 0xfe});
        assertThat(problems(file)).containsExactly(file + ": Cannot read the study: it is not UTF-8 text");
    }

    private static List<String> problems(Path file) {
        try {
            StudyReader.read(file, List.of());
            return List.of();
        } catch (BadInput e) {
            return e.problems();
        }
    }

    @Test
    void whatIsSaidOnceMayBeReferredTo() {
        Study study = StudyFiles.read(folder, """
                study = x, input { shape = [1, 28, 28], classes = 10 }
                let { widths = [8, 16, 32] }
                grid = [ { family = residual, widths = ${let.widths} }, { family = bottleneck, widths = ${let.widths} \
                } ]
                training { batch-size = 64, learning-rate = ${training.optimizer.adamw.learning-rate} }
                """);
        assertThat(study.grid())
                .allSatisfy(entry -> assertThat(entry.axes().get(0).values()).containsExactly(List.of(8, 16, 32)));
        assertThat(study.training().get(0).learningRate()).isEqualTo(0.002);
    }

    @Test
    void anIncludedFileIsPartOfTheStudyAndOfItsMessages() throws IOException {
        Files.writeString(folder.resolve("shared.conf"), "training {\n  epochs = 7\n  batch-size = 0\n}\n");
        assertThat(StudyFiles.problems(folder, StudyFiles.LEAST + "include \"shared\"\nthreads = 0"))
                .containsExactly(
                        folder.relativize(folder.resolve("shared.conf"))
                                + ": 3: Cannot take training.batch-size = 0: it must be a whole number of at least 1",
                        "x.conf: 3: Cannot take threads = 0: it must be a whole number of at least 1");
    }

    @Test
    void anOverrideGoesBeforeTheFile() {
        String text = StudyFiles.LEAST + "training { epochs = 3, learning-rate = 0.1 }, threads = 1";
        Study study = StudyFiles.read(
                folder,
                text,
                "training.epochs=5",
                "training.learning-rate=[0.1, 0.2]",
                "threads=2",
                "threads=3",
                "question=a: b",
                "study = y");
        assertThat(study.training()).extracting(Training::epochs).containsOnly(5);
        assertThat(study.training()).extracting(Training::learningRate).containsExactly(0.1, 0.2);
        assertThat(study.threads()).isEqualTo(3);
        assertThat(study.question()).contains("a: b");
        assertThat(study.name()).isEqualTo("y");
    }

    @Test
    void aWordThatShellsLeaveUnquotedIsAText() {
        String text = "study = x, grid = [ { family = residual } ], data { source = y }";
        Study study = StudyFiles.read(folder, text, "data.source=bundled:fashion-mnist", "data.train=[100, 200]");
        assertThat(study.data()).extracting(DataSpec::source).containsOnly("bundled:fashion-mnist");
        assertThat(study.data()).extracting(data -> data.train().orElseThrow()).containsExactly(100, 200);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    threads | --set: Cannot take threads: it must be key=value
                    =3 | --set: Cannot take =3: it must be key=value
                    a..b=3 | --set: Cannot take a..b=3: a..b is no key
                    threads=1.5 | --set: Cannot take threads = 1.5: it must be a whole number of at least 1
                    thread=1 | --set: Cannot take thread: there is no such key; the nearest is threads
                    """)
    void aBadOverrideIsToldAsOne(String override, String problem) {
        assertThat(StudyFiles.problems(folder, StudyFiles.LEAST, override)).containsExactly(problem);
    }
}
