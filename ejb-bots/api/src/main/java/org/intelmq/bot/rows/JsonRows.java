package org.intelmq.bot.rows;

import java.util.List;
import java.util.function.Consumer;
import org.intelmq.bot.Row;
import org.intelmq.bot.Rows;
import org.intelmq.message.Json;

/** The elements of one JSON list. The text of a row is a list of that element alone. */
public final class JsonRows implements Rows<JsonObject> {

    @Override
    public void split(String text, Consumer<Row<JsonObject>> rows) {
        boolean isList = Json.forEachElement(text, element -> accept(element, rows));
        if (!isList) {
            split(Json.parse(text), rows);
        }
    }

    /** The elements that Python takes as true. */
    public static void split(Object list, Consumer<Row<JsonObject>> rows) {
        JsonObject.elements(list).forEach(element -> accept(element, rows));
    }

    private static void accept(Object element, Consumer<Row<JsonObject>> rows) {
        if (JsonObject.isTrue(element)) {
            rows.accept(row(element));
        }
    }

    /** An element as a row; by itself it is a list of one. */
    private static Row<JsonObject> row(Object element) {
        return new Row<>(new JsonObject(element), () -> Json.writeAsRead(List.of(element)));
    }
}
