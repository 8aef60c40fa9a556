package org.intelmq.engine.observe;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;
import org.intelmq.engine.observe.ScannedJson.Value;
import org.intelmq.message.Json;

/** Reads a dump file entry by entry, however large it and its messages are: a dump may be larger than the memory. */
public final class ScannedDump {

    /** In bytes; nobody reads more of a stack trace in a list. */
    private static final int LONGEST_TRACE = 1 << 16;
    private static final int LONGEST_ID = 1 << 10;

    private ScannedDump() { }

    /** Where something is in the file, in bytes. */
    public record Part(long from, long length) {

        long end() {
            return from + length;
        }
    }

    /**
     * An entry.
     *
     * @param traceback a string or a list of them, as in the file; shortened if it is long; {@code null} if there is none
     * @param message as much of its text as was wanted; {@code null} if there is none
     * @param size characters of the whole message
     */
    public record Found(String id, Part part, Object traceback, String message, long size) { }

    /**
     * In the file's order.
     *
     * @param most how many bytes of each message are kept
     * @throws org.intelmq.message.JsonException if the file is no dump; what comes before the damage has been passed on then
     */
    public static void forEach(InputStream in, int most, Consumer<Found> visitor) throws IOException {
        ScannedJson json = new ScannedJson(in);
        if (json.peek() == ScannedJson.END) {
            return;
        }
        json.expect('{');
        if (json.peek() == '}') {
            json.expect('}');
        } else {
            do {
                String id = name(json);
                json.peek();
                visitor.accept(entry(json, id, most));
            } while (json.goesOn('}'));
        }
        if (json.peek() != ScannedJson.END) {
            throw json.unexpected("the end");
        }
    }

    private static Found entry(ScannedJson json, String id, int most) throws IOException {
        long from = json.position();
        Object traceback = null;
        Value message = null;
        json.expect('{');
        if (json.peek() == '}') {
            json.expect('}');
        } else {
            do {
                switch (name(json)) {
                    case "traceback" -> traceback = trace(json.value(LONGEST_TRACE));
                    case "message" -> message = json.value(most);
                    default -> json.value(0);
                }
            } while (json.goesOn('}'));
        }
        return new Found(id, new Part(from, json.position() - from), traceback, message == null ? null : message.text(),
                message == null ? 0 : message.characters());
    }

    private static String name(ScannedJson json) throws IOException {
        if (json.peek() != '"') {
            throw json.unexpected("'\"'");
        }
        String name = json.value(LONGEST_ID).text();
        json.expect(':');
        return name;
    }

    private static Object trace(Value value) {
        if (value.isString()) {
            return value.text();
        }
        return value.isWhole() ? Json.parse(value.text()) : "(a stack trace of " + value.characters() + " characters)";
    }
}
