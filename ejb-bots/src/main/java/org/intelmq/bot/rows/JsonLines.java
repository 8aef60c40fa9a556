package org.intelmq.bot.rows;

import java.util.Optional;
import java.util.function.Consumer;
import org.intelmq.bot.Row;
import org.intelmq.bot.Rows;
import org.intelmq.bot.Seams;
import org.intelmq.message.Json;
import org.intelmq.text.Whitespace;

/** One JSON value a line. A line that is no JSON refuses what follows. */
public final class JsonLines implements Rows<JsonObject> {

    @Override
    public void split(String text, Consumer<Row<JsonObject>> rows) {
        Whitespace.forEachLine(text, line -> {
            Object value = Json.parse(line);
            if (JsonObject.isTrue(value)) {
                rows.accept(new Row<>(new JsonObject(value), () -> line));
            }
        });
    }

    @Override
    public Optional<Seams> seams() {
        return Optional.of(LineSeams.WITHOUT_HEADER);
    }
}
