package org.intelmq.server;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/**
 * The lines of {@code server.log}: one for each record, in the form of a bot's log, and below it the stack trace if there is one.
 * What libraries quote from feeds and requests neither begins a line nor commands a terminal. Made by the JVM's own logging, by name.
 */
public final class LogLines extends Formatter {

    /** Says why a collector of OpenTelemetry does not answer. */
    private static final String SENDER_OF_TRACES = "io.opentelemetry.exporter.";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss,SSS").withZone(ZoneId.systemDefault());

    @Override
    public String format(LogRecord record) {
        StringBuilder lines = new StringBuilder(200);
        lines.append(TIME.format(record.getInstant())).append(" - ").append(spelledOut(String.valueOf(record.getLoggerName()))).append(" - ")
                .append(record.getLevel().getName()).append(" - ").append(spelledOut(String.valueOf(formatMessage(record)).strip())).append('\n');
        if (thrown(record) != null) {
            lines.append(trace(thrown(record)));
        }
        return lines.toString();
    }

    /** {@code null} also where the message says all, and comes again and again while another system is away. */
    static Throwable thrown(LogRecord record) {
        return String.valueOf(record.getLoggerName()).startsWith(SENDER_OF_TRACES) ? null : record.getThrown();
    }

    static String trace(Throwable thrown) {
        StringWriter lines = new StringWriter(1000);
        thrown.printStackTrace(new LineByLine(lines));
        return lines.toString();
    }

    /** As the bots' logs spell what they quote; the launcher knows nothing of theirs. */
    static String spelledOut(String text) {
        if (text.chars().noneMatch(LogLines::isHarmful)) {
            return text;
        }
        StringBuilder spelled = new StringBuilder(text.length() + 16);
        text.chars().forEach(c -> {
            if (c == '\n') {
                spelled.append("\\n");
            } else if (c == '\r') {
                spelled.append("\\r");
            } else if (isHarmful(c)) {
                spelled.append("\\u%04x".formatted(c));
            } else {
                spelled.append((char) c);
            }
        });
        return spelled.toString();
    }

    private static boolean isHarmful(int c) {
        return Character.isISOControl(c) && c != '\t' || c >= '\u2028' && c <= '\u202e' || c >= '\u2066' && c <= '\u2069';
    }

    private static final class LineByLine extends PrintWriter {

        LineByLine(Writer out) {
            super(out);
        }

        @Override
        public void println(Object line) {
            super.println(spelledOut(String.valueOf(line)));
        }
    }
}
