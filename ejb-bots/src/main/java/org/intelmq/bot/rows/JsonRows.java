package org.intelmq.bot.rows;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.intelmq.bot.Row;
import org.intelmq.bot.Rows;
import org.intelmq.bot.UndecodableException;
import org.intelmq.message.Json;

/** The elements of one JSON list. The text of a row is a list of that element alone. */
public final class JsonRows implements Rows<JsonObject> {

    @Override
    public void split(String text, Consumer<Row<JsonObject>> rows) {
        for (Object element : elements(Json.parse(text))) {
            if (JsonObject.isTrue(element)) {
                rows.accept(row(element));
            }
        }
    }

    /** An element as a row. IntelMQ knows no line of it, so what it sets aside is a list of null. */
    public static Row<JsonObject> row(Object element) {
        return new Row<>(new JsonObject(element), () -> Json.write(List.of(element)), () -> "[null]");
    }

    /** What Python makes of going through a value: a text's characters, an object's names. */
    private static Collection<?> elements(Object value) {
        if (value instanceof List<?> list) {
            return list;
        }
        if (value instanceof Map<?, ?> map) {
            return map.keySet();
        }
        if (value instanceof String text) {
            return text.codePoints().mapToObj(Character::toString).toList();
        }
        throw new UndecodableException("the report is " + value + ", expected a JSON list");
    }
}
