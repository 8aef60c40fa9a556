package org.intelmq.ctl;

import java.io.PrintStream;
import java.util.stream.Collectors;
import org.intelmq.message.Json;
import org.intelmq.text.ControlCharacters;

/** Where commands write: lines for people, or one value for programs. */
final class Output {

    enum Type { text, json, python }

    private static final String GREEN = "\u001b[32m";
    private static final String RED = "\u001b[31m";
    private static final String PLAIN = "\u001b[0m";

    private final PrintStream out;
    private final PrintStream err;
    private final boolean coloured;
    private Type type = Type.text;
    private boolean quiet;

    Output(PrintStream out, PrintStream err, boolean coloured) {
        this.out = out;
        this.err = err;
        this.coloured = coloured;
    }

    void choose(Type wanted, boolean wantedQuiet) {
        type = wanted;
        quiet = wantedQuiet;
    }

    boolean isText() {
        return type == Type.text;
    }

    boolean isQuiet() {
        return quiet;
    }

    /** Progress, not shown if quiet. */
    void say(String line) {
        if (isText() && !quiet) {
            out.println(harmless(line));
        }
    }

    void sayGood(String line) {
        if (isText() && !quiet) {
            out.println(coloured ? GREEN + harmless(line) + PLAIN : harmless(line));
        }
    }

    /** The text with whatever could command a terminal spelled out; its line breaks and tabs stay. */
    static String harmless(String text) {
        return text.chars().noneMatch(c -> c < ' ' && c != '\n' || c > '~') ? text
                : text.lines().map(ControlCharacters::spelledOut).collect(Collectors.joining("\n"));
    }

    /** Where to read on: apart from the output, which programs may read as text. */
    void hint(String line) {
        if (isText() && !quiet) {
            err.println(harmless(line));
        }
    }

    /** What was requested; always shown. */
    void show(String line) {
        if (isText()) {
            out.println(harmless(line));
        }
    }

    /** An error: shown to people even when a program reads the output. */
    void complain(String line) {
        err.println(coloured ? RED + harmless(line) + PLAIN : harmless(line));
    }

    /** As {@link #complain}, but programs learn of it from the result. */
    void complainInText(String line) {
        if (isText()) {
            complain(line);
        }
    }

    void result(Object value) {
        if (type == Type.json) {
            out.println(Json.pretty(value));
        }
    }

    /** For what writes by itself. */
    PrintStream stream() {
        return out;
    }

    /** Whatever the type. */
    void raw(String text) {
        out.println(harmless(text));
    }
}
