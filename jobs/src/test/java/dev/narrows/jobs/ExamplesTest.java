package dev.narrows.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.jobs.show.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;

/** Every command in a page, a shipped study or {@code --help} exists. */
class ExamplesTest {
    private static final Path ROOT = Path.of("..");

    /** A line of its own, in a page, behind the hash of a comment, or in the help of a command. */
    private static final Pattern LINE = Pattern.compile(
            "^(?:# *)?\\s*(?:[A-Z_]+=\\S* )*(?:bin/)?narrows +([a-z]+(?:-[a-z]+)* .*|[a-z]+-[a-z]+)$",
            Pattern.MULTILINE);

    private static final Pattern INLINE = Pattern.compile("`(?:bin/)?narrows +([a-z-]+[^`\n]*)`");

    /** End of a command: a remark, another program, a file, an ellipsis. */
    private static final Pattern REST = Pattern.compile("\\s+[#|>\\\\…].*$");

    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|\\S+");

    private final CommandLine narrows = Narrows.commandLine(new Terminal(
            new PrintWriter(Writer.nullWriter()), new PrintWriter(Writer.nullWriter()), 100, Ansi.OFF, false));

    @TempDir
    Path folder;

    @Test
    void everyCommandHasItsPlaceInTheHelp() {
        assertThat(Narrows.ORDER)
                .containsExactlyInAnyOrderElementsOf(narrows.getSubcommands().entrySet().stream()
                        .filter(command -> !command.getValue()
                                .getCommandSpec()
                                .usageMessage()
                                .hidden())
                        .map(Map.Entry::getKey)
                        .toList());
    }

    @Test
    void everyExampleIsACommandWithOptionsThatItHas() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Path page : pages()) {
            Matcher line = LINE.matcher(Files.readString(page));
            while (line.find()) {
                try {
                    narrows.parseArgs(words(command(line)).toArray(String[]::new));
                } catch (ParameterException e) {
                    wrong.add(place(page, line.start(1), line.group()) + e.getMessage());
                }
            }
            Matcher mention = INLINE.matcher(Files.readString(page));
            while (mention.find()) {
                try {
                    narrows.parseArgs(words(command(mention)).toArray(String[]::new));
                } catch (MissingParameterException e) {
                    // In a sentence a command may go without its study.
                    assertThat(mention.group()).doesNotContain("\"");
                } catch (ParameterException e) {
                    wrong.add(place(page, mention.start(), mention.group()) + e.getMessage());
                }
            }
        }
        assertThat(wrong).isEmpty();
        Set<String> lines = lines();
        assertThat(lines).hasSizeGreaterThan(40);
        lines.forEach(line -> narrows.parseArgs(words(line).toArray(String[]::new)));
    }

    /** A reader types the commands of a page from the root of the repository. */
    @Test
    void everyCommandOfAPageRunsFromTheRootOfTheRepository() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Path page : pages()) {
            Matcher block = Pattern.compile("^```(?:sh)?\\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL)
                    .matcher(page.toString().endsWith(".md") ? Files.readString(page) : "");
            while (block.find()) {
                Matcher bare = Pattern.compile("^(?:[A-Z_]+=\\S* )*narrows .*$", Pattern.MULTILINE)
                        .matcher(block.group());
                while (bare.find()) {
                    wrong.add(place(page, block.start() + bare.start(), bare.group()) + "write bin/narrows");
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** Commands that train nothing run as they stand. */
    @Test
    void examplesThatOnlyLookDoWhatTheySay() throws IOException {
        List<String> ran = new ArrayList<>();
        for (String line : lines()) {
            if (line.matches("(plan|draw) conf/.*|data bundled:.*")) {
                List<String> words = words(line);
                words.replaceAll(
                        word -> word.startsWith("conf/") ? ROOT.resolve(word).toString() : word);
                for (String option : List.of("--to", "--sheet")) {
                    int at = words.indexOf(option);
                    if (at >= 0) {
                        words.set(at + 1, folder.resolve(words.get(at + 1)).toString());
                    }
                }
                CommandLineRun run = CommandLineRun.of(words.toArray());
                assertThat(run.exitCode()).as("%s: %s", line, run.err()).isZero();
                ran.add(words.get(0));
            }
        }
        assertThat(ran).contains("plan", "draw", "data");
    }

    /** Labels in the examples are those of the first study that a newcomer runs. */
    @Test
    void everyVariantThatIsNamedOfTheFirstStudyIsOne() throws IOException {
        String plan = CommandLineRun.of("plan", ROOT.resolve("conf/studies/quickstart.conf"), "--format", "csv")
                .out();
        List<String> named = new ArrayList<>();
        for (String line : lines()) {
            if (line.contains("quickstart") && line.matches("(draw|show|compare|export) .*")) {
                words(line).stream()
                        .filter(word -> word.contains("=") && word.contains(" "))
                        .forEach(named::add);
            }
        }
        assertThat(named).isNotEmpty().allSatisfy(label -> assertThat(plan).contains("," + label + ","));
    }

    private Set<String> lines() throws IOException {
        StringBuilder text = new StringBuilder();
        for (Path page : pages()) {
            text.append(Files.readString(page)).append('\n');
        }
        for (CommandLine command : narrows.getSubcommands().values()) {
            for (String line : command.getCommandSpec().usageMessage().footer()) {
                text.append(line.replace("%n", "\n").replace("%%", "%")).append('\n');
            }
        }
        return found(LINE, text.toString());
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        for (String folder : List.of("docs", "conf", "benchmarks", "examples", "notebooks")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
                files.filter(file -> file.toString().matches(".*\\.(md|conf)"))
                        .filter(file -> !file.toString().contains("/target/"))
                        .sorted()
                        .forEach(pages::add);
            }
        }
        pages.add(ROOT.resolve("README.md"));
        pages.add(ROOT.resolve("CONTRIBUTING.md"));
        return pages;
    }

    private static String place(Path page, int start, String words) throws IOException {
        String before = Files.readString(page).substring(0, start);
        return "%s: %d: %s: "
                .formatted(
                        ROOT.relativize(page),
                        1 + before.chars().filter(c -> c == '\n').count(),
                        words);
    }

    private static String command(Matcher found) {
        return REST.matcher(found.group(1)).replaceFirst("").strip();
    }

    private static Set<String> found(Pattern pattern, String text) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add(command(matcher));
        }
        return found;
    }

    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(line);
        while (matcher.find()) {
            words.add(
                    matcher.group(1) != null
                            ? matcher.group(1)
                            : matcher.group(2) != null ? matcher.group(2) : matcher.group());
        }
        return words;
    }
}
