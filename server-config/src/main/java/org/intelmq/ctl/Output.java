package org.intelmq.ctl;

import java.io.PrintStream;
import org.intelmq.message.Json;

/** Where commands speak: lines for people, or one value for programs. */
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
            out.println(line);
        }
    }

    void sayGood(String line) {
        say(coloured ? GREEN + line + PLAIN : line);
    }

    /** What was asked for, shown in any case. */
    void show(String line) {
        if (isText()) {
            out.println(line);
        }
    }

    /** Something that went wrong: told to people even when a program reads the output. */
    void complain(String line) {
        err.println(coloured ? RED + line + PLAIN : line);
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

    /** As it is, whatever the type. */
    void raw(String text) {
        out.println(text);
    }
}
