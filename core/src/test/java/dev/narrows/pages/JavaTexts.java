package dev.narrows.pages;

import java.util.ArrayList;
import java.util.List;

/** Reads comments and string literals of a Java file. Literals that {@code +} joins are one text. */
final class JavaTexts {
    private final String file;
    private final String source;
    private final List<Prose> found = new ArrayList<>();
    /** Literals that a plus may continue; empty after any other code. */
    private final List<Prose.Piece> literal = new ArrayList<>();

    private int at;
    private int line = 1;

    private JavaTexts(String file, String source) {
        this.file = file;
        this.source = source;
    }

    static List<Prose> of(String file, String source) {
        return new JavaTexts(file, source).read();
    }

    private List<Prose> read() {
        while (at < source.length()) {
            if (source.startsWith("/*", at)) {
                blockComment();
            } else if (source.startsWith("//", at)) {
                lineComments();
            } else if (source.startsWith("\"\"\"", at)) {
                textBlock();
            } else if (source.charAt(at) == '"') {
                String text = upTo('"');
                literal.add(new Prose.Piece(line, text.replace("\\n", "  ").replace("\\\"", "\" ")));
            } else if (source.charAt(at) == '\'') {
                upTo('\'');
                endLiteral();
            } else {
                code(source.charAt(at));
            }
        }
        endLiteral();
        return found;
    }

    private void code(char c) {
        if (c == '\n') {
            line++;
        } else if (c != '+' && !Character.isWhitespace(c)) {
            endLiteral();
        }
        at++;
    }

    private void endLiteral() {
        if (!literal.isEmpty()) {
            found.add(new Prose(file, Prose.Kind.LITERAL, literal));
            literal.clear();
        }
    }

    private void blockComment() {
        int end = source.indexOf("*/", at);
        String comment = source.substring(at, end);
        boolean javadoc = comment.startsWith("/**");
        StringBuilder text = new StringBuilder();
        for (String part : comment.substring(javadoc ? 3 : 2).split("\n", -1)) {
            text.append(part.strip().replaceFirst("^\\* ?", "")).append('\n');
        }
        found.add(Prose.of(file, javadoc ? Prose.Kind.JAVADOC : Prose.Kind.COMMENT, line, text.toString()));
        skipTo(end + 2);
    }

    private void lineComments() {
        int first = line;
        StringBuilder text = new StringBuilder();
        while (source.startsWith("//", at)) {
            int end = source.indexOf('\n', at);
            text.append(source.substring(at + 2, end).strip()).append('\n');
            at = end + 1;
            line++;
            while (at < source.length() && source.charAt(at) == ' ') {
                at++;
            }
        }
        found.add(Prose.of(file, Prose.Kind.COMMENT, first, text.toString()));
    }

    private void textBlock() {
        int end = at + 3;
        while (!source.startsWith("\"\"\"", end)) {
            end += source.charAt(end) == '\\' ? 2 : 1;
        }
        literal.add(new Prose.Piece(line, source.substring(at + 3, end)));
        skipTo(end + 3);
    }

    private String upTo(char quote) {
        int end = at + 1;
        while (source.charAt(end) != quote) {
            end += source.charAt(end) == '\\' ? 2 : 1;
        }
        String text = source.substring(at + 1, end);
        skipTo(end + 1);
        return text;
    }

    private void skipTo(int end) {
        line += (int) source.substring(at, end).chars().filter(c -> c == '\n').count();
        at = end;
    }
}
