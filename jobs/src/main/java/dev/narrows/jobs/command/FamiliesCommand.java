package dev.narrows.jobs.command;

import dev.narrows.family.Families;
import dev.narrows.family.Family;
import dev.narrows.family.Knob;
import dev.narrows.jobs.document.Documents;
import dev.narrows.jobs.document.FamiliesDocument;
import dev.narrows.jobs.document.FamiliesDocument.FamilyLine;
import dev.narrows.jobs.document.FamiliesDocument.KnobLine;
import dev.narrows.jobs.show.Grid;
import dev.narrows.jobs.show.Numbers;
import dev.narrows.jobs.show.Terminal;
import dev.narrows.study.BadInput;
import dev.narrows.study.Nearest;
import dev.narrows.study.reading.KnobDefaults;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Lists the families of blocks, or the knobs of one. */
@Command(name = "families", resourceBundle = "dev.narrows.jobs.Help", mixinStandardHelpOptions = true)
public final class FamiliesCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(arity = "0..1", paramLabel = "FAMILY", description = "a family, whose knobs are shown")
    private Optional<String> name = Optional.empty();

    @Mixin
    private FormatOption format = new FormatOption();

    public FamiliesCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Families families = Families.load();
        KnobDefaults defaults = KnobDefaults.load();
        List<Family> chosen = name.map(word -> families.find(word)
                        .map(List::of)
                        .orElseThrow(() -> new BadInput("Cannot show the family %s: there is no such family%s"
                                .formatted(word, Nearest.hint(word, families.names())))))
                .orElseGet(families::all);
        FamiliesDocument document = new FamiliesDocument(
                chosen.stream().map(family -> line(family, defaults)).toList());
        List<KnobLine> knobs = document.families().stream()
                .flatMap(family -> family.knobs().stream())
                .toList();
        format.print(terminal, () -> document, () -> knobs, () -> {
            if (name.isPresent()) {
                printKnobs(knobs);
            } else {
                printFamilies(document.families());
            }
        });
        return 0;
    }

    private static FamilyLine line(Family family, KnobDefaults defaults) {
        return new FamilyLine(
                family.name(),
                family.knobs().stream()
                        .map(knob -> line(family, knob, defaults))
                        .toList());
    }

    private static KnobLine line(Family family, Knob<?> knob, KnobDefaults defaults) {
        return new KnobLine(
                family.name(),
                knob.name(),
                Documents.column(knob.name()),
                knob.type().name().toLowerCase(Locale.ROOT),
                Documents.word(knob.arity()),
                knob.optional(),
                knob.range(),
                defaults.of(family, knob).orElse(null),
                knob.meaning());
    }

    private void printFamilies(List<FamilyLine> families) {
        new Grid<>(families)
                .words("family", FamilyLine::family)
                .number("knobs", family -> String.valueOf(family.knobs().size()))
                .rest(
                        "",
                        family -> String.join(
                                " ", family.knobs().stream().map(KnobLine::knob).toList()),
                        terminal)
                .print(terminal, family -> false);
        terminal.say("");
        terminal.say("%s; narrows families FAMILY shows the knobs of one"
                .formatted(Numbers.counted(families.size(), "family", "families")));
    }

    private void printKnobs(List<KnobLine> knobs) {
        new Grid<>(knobs)
                .words("knob", KnobLine::knob)
                .words("default", knob -> Objects.requireNonNullElse(knob.byDefault(), "–"))
                .rest("meaning", knob -> knob.meaning() + " (" + allowed(knob) + ")", terminal)
                .print(terminal, knob -> false);
        terminal.say("");
        terminal.say("A list of values in a grid is an axis; a list by stage stands in a list of its own.");
    }

    private static String allowed(KnobLine knob) {
        String byStage = knob.arity().equals("by-stage") ? ", or a list with one per stage" : "";
        String list = knob.arity().equals("list") ? "list: " : "";
        return list + knob.range() + byStage + (knob.mayBeNull() ? ", or null" : "");
    }
}
