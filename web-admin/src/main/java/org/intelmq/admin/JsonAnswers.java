package org.intelmq.admin;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import jakarta.json.bind.adapter.JsonbAdapter;
import jakarta.json.bind.config.PropertyNamingStrategy;
import jakarta.json.bind.config.PropertyVisibilityStrategy;
import jakarta.ws.rs.ext.ContextResolver;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Arrays;
import org.intelmq.control.BotState;
import org.intelmq.pipeline.Severity;

/** How answers become JSON: names in lower case with underscores, and {@code null} where there is nothing. Thread-safe. */
@Provider
public class JsonAnswers implements ContextResolver<Jsonb> {

    private final Jsonb jsonb = JsonbBuilder.create(new JsonbConfig().withNullValues(true)
            .withPropertyNamingStrategy(PropertyNamingStrategy.LOWER_CASE_WITH_UNDERSCORES)
            .withPropertyVisibilityStrategy(new Components())
            .withAdapters(new StateWord(), new SeverityWord()));

    @Override
    public Jsonb getContext(Class<?> type) {
        return jsonb;
    }

    /** A record's components, but not its other methods. */
    private static final class Components implements PropertyVisibilityStrategy {

        @Override
        public boolean isVisible(Field field) {
            return !field.getDeclaringClass().isRecord();
        }

        @Override
        public boolean isVisible(Method method) {
            Class<?> owner = method.getDeclaringClass();
            return !owner.isRecord() || Arrays.stream(owner.getRecordComponents()).anyMatch(component -> component.getAccessor().equals(method));
        }
    }

    /** Public because the JSON-B implementation creates it. */
    public static final class StateWord implements JsonbAdapter<BotState, String> {

        @Override
        public String adaptToJson(BotState state) {
            return state.word();
        }

        @Override
        public BotState adaptFromJson(String word) {
            return BotState.of(word);
        }
    }

    /** Public because the JSON-B implementation creates it. */
    public static final class SeverityWord implements JsonbAdapter<Severity, String> {

        @Override
        public String adaptToJson(Severity severity) {
            return severity.word();
        }

        @Override
        public Severity adaptFromJson(String word) {
            return Severity.of(word);
        }
    }
}
