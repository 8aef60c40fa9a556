package org.intelmq.engine.observe;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.UnavailableException;
import org.intelmq.message.Fields;
import org.intelmq.message.Message;
import org.intelmq.parameters.SecretFiles;
import org.intelmq.text.ControlCharacters;
import org.intelmq.text.Shortened;
import org.intelmq.text.encoding.Base64Text;

/** Failures as an operator should read them. */
public final class Trace {

    private static final String HOST = "at org.intelmq.engine.hosted.BotInstance.";

    /** Characters shown from each end of a row. */
    private static final int SHOWN = 150;
    private static final int LONGEST_DECODED = 40_000;
    /** In characters. */
    static final int LONGEST_LINE = 4_000;

    private Trace() { }

    /** Whether the message is enough, because the cause is outside of the program: a host, a file, a parameter. */
    static boolean isExplained(Throwable reason) {
        boolean outside = reason instanceof IOException || reason instanceof UnavailableException || reason instanceof ConfigurationException;
        return outside && reason.getMessage() != null;
    }

    /** The beginning and end of a row that could not be parsed, to append to a message; empty if there is none. */
    public static String row(Message part) {
        String raw = part.text(Fields.RAW);
        if (raw == null || !Base64Text.isDecodable(raw)) {
            return "";
        }
        String text = Base64Text.decode(raw.length() <= LONGEST_DECODED ? raw : raw.substring(0, LONGEST_DECODED)).strip();
        String shown = text.length() <= 2 * SHOWN ? text : text.substring(0, SHOWN) + "…" + text.substring(text.length() - SHOWN);
        return " It is: " + shown;
    }

    /** The stack trace without the calls that led to the bot, which are the same for all bots, and many in a server. */
    public static String of(Throwable reason) {
        StringWriter whole = new StringWriter();
        reason.printStackTrace(new LineByLine(whole));
        StringBuilder trace = new StringBuilder();
        boolean hosting = false;
        for (String line : whole.toString().split("\\R")) {
            String text = line.strip();
            hosting = hosting && text.startsWith("at ");
            if (!hosting) {
                trace.append(line).append('\n');
            }
            hosting = hosting || text.startsWith(HOST);
        }
        return SecretFiles.hiddenAnywhere(trace.toString());
    }

    /** Turns a message of several lines, which may come from a feed, into one line that is not too long. */
    private static final class LineByLine extends PrintWriter {

        LineByLine(Writer out) {
            super(out);
        }

        @Override
        public void println(Object line) {
            super.println(Shortened.to(LONGEST_LINE, ControlCharacters.spelledOut(String.valueOf(line))));
        }
    }
}
