package org.intelmq.bot.rows;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.intelmq.bot.Row;
import org.intelmq.bot.Rows;
import org.intelmq.bot.Seams;
import org.intelmq.message.Json;
import org.intelmq.message.JsonException;
import org.intelmq.text.Whitespace;

/** One JSON value per line. A line that is not JSON is set aside alone. */
public final class JsonLines implements Rows<JsonObject> {

    private final Function<Object, String> kept;

    public JsonLines() {
        this(null);
    }

    /** @param kept what an event keeps of a value, where that is not its line */
    public JsonLines(Function<Object, String> kept) {
        this.kept = kept;
    }

    @Override
    public void split(String text, Consumer<Row<JsonObject>> rows) {
        Whitespace.forEachLine(text, line -> {
            if (line.isBlank()) {
                return;
            }
            Object value;
            try {
                value = Json.parse(line);
            } catch (JsonException e) {
                rows.accept(Row.broken(e, () -> line));
                return;
            }
            if (JsonObject.isTrue(value)) {
                rows.accept(new Row<>(new JsonObject(value), () -> kept == null ? line : kept.apply(value), () -> line));
            }
        });
    }

    @Override
    public Optional<Seams> seams() {
        return Optional.of(LineSeams.WITHOUT_HEADER);
    }
}
