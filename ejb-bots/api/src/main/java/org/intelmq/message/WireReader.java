package org.intelmq.message;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;

/** Collects the fields of a message that arrives as JSON; only its last entry says which kind it is. */
final class WireReader {

    private Field[] fields = new Field[32];
    private Object[] values = new Object[32];
    private int size;
    private Object type;

    static Message read(JsonParser parser, Harmonization harmonization) throws IOException {
        WireReader reader = new WireReader();
        reader.collect(parser);
        Message message = "Report".equals(reader.type) ? new Report(harmonization) : new Event(harmonization);
        message.take(reader.fields, reader.values, reader.size);
        return message;
    }

    private void collect(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new JsonException("a message must be a JSON object", null);
        }
        JsonTree tree = new JsonTree(parser);
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            Object value = tree.value();
            if (name.equals("__type")) {
                type = value;
            } else if (!Rules.isBlank(value)) {
                if (size == fields.length) {
                    fields = Arrays.copyOf(fields, size * 2);
                    values = Arrays.copyOf(values, size * 2);
                }
                fields[size] = Field.of(name);
                values[size++] = value;
            }
        }
    }
}
