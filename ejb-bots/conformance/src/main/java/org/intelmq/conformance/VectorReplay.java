package org.intelmq.conformance;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.intelmq.message.FieldType;
import org.intelmq.message.FieldTypes;
import org.intelmq.message.Json;
import org.intelmq.replay.Comparison;
import org.intelmq.replay.Exceptions;
import org.intelmq.replay.Markers;
import org.intelmq.replay.Outcome;
import org.intelmq.replay.Plain;

/** Calls the function that a vector names with its arguments, and compares what comes out with what was recorded. */
final class VectorReplay {

    /** Vectors do not say when they were recorded; those that use the clock were on this day. */
    private static final Clock RECORDED = Clock.fixed(Instant.parse("2026-11-24T20:34:57Z"), ZoneOffset.UTC);

    private VectorReplay() { }

    static boolean isVector(Map<String, Object> record) {
        return record.containsKey("fn") && record.containsKey("args");
    }

    static Outcome run(Map<String, Object> vector) {
        String function = (String) vector.get("fn");
        String id = function + " " + Json.write(vector.get("args")) + (vector.containsKey("kwargs") ? " " + Json.write(vector.get("kwargs")) : "");
        Call call = Call.of(vector, vector.get("clock") instanceof String clock ? fixed(clock) : RECORDED);
        Comparison comparison = new Comparison(place -> false, true);
        Object result = null;
        Exception thrown = null;
        try {
            result = call(function, call);
        } catch (UnsupportedFunction e) {
            return Outcome.unsupported(id, function, "no such function here");
        } catch (RuntimeException e) {
            thrown = e;
        }
        compare("result", vector, result, thrown, comparison);
        return Outcome.of(id, function, comparison.differences());
    }

    private static Clock fixed(String time) {
        return Clock.fixed(Instant.parse(time.replace("+00:00", "Z")), ZoneOffset.UTC);
    }

    /** What Python raises without IntelMQ's doing only has to fail here too. */
    static void compare(String place, Map<String, Object> recorded, Object result, Exception thrown, Comparison comparison) {
        Object raises = recorded.get("raises");
        if (raises instanceof String name) {
            if (thrown == null) {
                comparison.report(place, "raises " + name, result);
            } else if (name.startsWith("intelmq.")) {
                Exceptions.compare(place, name, thrown, comparison);
            }
        } else if (thrown != null) {
            comparison.report(place, recorded.get("result"), Exceptions.describe(thrown));
        } else {
            compareValues(place, Markers.resolve(recorded.get("result"), "$", "$"), comparable(result), comparison);
        }
    }

    /** The outcome of one operation among many may be an exception too. */
    private static void compareValues(String place, Object expected, Object got, Comparison comparison) {
        if (got instanceof Map<?, ?> map && map.get("steps") instanceof List<?> steps && expected instanceof Map<?, ?> wanted
                && wanted.get("steps") instanceof List<?> wantedSteps && steps.size() == wantedSteps.size()) {
            for (int i = 0; i < steps.size(); i++) {
                compareStep(place + ".steps[" + i + "]", Plain.map(wantedSteps.get(i)), Plain.map(steps.get(i)), comparison);
            }
            comparison.compare(place + ".final", wanted.get("final"), map.get("final"));
            Object serialized = map.get("serialize");
            if (wanted.get("serialize") instanceof Map<?, ?> || serialized instanceof Map<?, ?>) {
                compareStep(place + ".serialize", asStep(wanted.get("serialize")), asStep(serialized), comparison);
            } else {
                comparison.compare(place + ".serialize", wanted.get("serialize"), serialized);
            }
        } else {
            comparison.compare(place, expected, got);
        }
    }

    private static Map<String, Object> asStep(Object outcome) {
        return outcome instanceof Map<?, ?> ? Plain.map(outcome) : Map.of("result", outcome);
    }

    private static void compareStep(String place, Map<String, Object> expected, Map<String, Object> got, Comparison comparison) {
        if (expected.get("raises") instanceof String name) {
            if (!(got.get("raises") instanceof Exception thrown)) {
                comparison.report(place, "raises " + name, got.get("result"));
            } else if (name.startsWith("intelmq.")) {
                Exceptions.compare(place, name, thrown, comparison);
            }
        } else if (got.get("raises") instanceof Exception thrown) {
            comparison.report(place, expected.get("result"), Exceptions.describe(thrown));
        } else {
            comparison.compare(place, expected.get("result"), got.get("result"));
        }
    }

    private static Object comparable(Object value) {
        if (value instanceof byte[] bytes) {
            return new Markers.Bytes(bytes);
        }
        if (value instanceof List<?> list) {
            List<Object> items = new ArrayList<>();
            list.forEach(item -> items.add(comparable(item)));
            return items;
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> entries = new LinkedHashMap<>();
            map.forEach((key, item) -> entries.put(key, comparable(item)));
            return entries;
        }
        return value;
    }

    private static Object call(String function, Call call) {
        int dot = function.indexOf('.');
        String owner = dot < 0 ? "" : function.substring(0, dot);
        String method = function.substring(dot + 1);
        FieldType type = FieldTypes.named(owner, call.clock());
        if (type != null) {
            return TypeVectors.call(type, method, call);
        }
        return switch (owner) {
            case "Message", "MessageFactory", "Event", "Report" -> MessageVectors.call(function, call);
            case "utils", "csv" -> TextVectors.call(function, call);
            default -> throw new UnsupportedFunction();
        };
    }
}
