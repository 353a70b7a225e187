package dev.narrows.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page of studies is no surer of a finding than the study that found it. */
class StudyFindingsTest {
    private static final Path PAGE = Path.of("../docs/studies.md");
    private static final Pattern LINK = Pattern.compile("\\]\\(\\.\\./(conf/studies/[\\w-]+\\.conf)\\)");
    private static final Pattern UNSETTLED =
            Pattern.compile("(?:not|cannot) (?:be )?(?:settled?|tell)\\b", Pattern.CASE_INSENSITIVE);

    @Test
    void aFindingThatItsStudyDoesNotSettleIsNotSettledOnThePage() throws IOException {
        int unsettled = 0;
        for (String line : Files.readAllLines(PAGE)) {
            Matcher link = LINK.matcher(line);
            while (line.startsWith("| [") && link.find()) {
                if (UNSETTLED.matcher(header(Path.of("..", link.group(1)))).find()) {
                    assertThat(line).containsPattern(UNSETTLED);
                    unsettled++;
                }
            }
        }
        assertThat(unsettled).isGreaterThan(3);
    }

    private static String header(Path study) throws IOException {
        return Files.readAllLines(study).stream()
                .takeWhile(line -> line.startsWith("#"))
                .map(line -> line.substring(1).strip())
                .collect(Collectors.joining(" "));
    }
}
