package org.intelmq.conformance.outside;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.intelmq.bot.Http;
import org.intelmq.bot.HttpParams;
import org.intelmq.replay.Comparison;
import org.intelmq.replay.Plain;
import org.intelmq.replay.ReplayServices;
import org.intelmq.replay.StreamSource;

/** The outsides of one recorded case. */
public final class Outsides implements AutoCloseable {

    /** Those that own parameters of certain names come before those that own all that are left. */
    private static final List<OutsideKind> KINDS = List.of(
            new RedisOutside.Kind(),
            new RsyncOutside.Kind(),
            new MemoryOutside.Kind(),
            new AmqpOutside.Kind(),
            MongoOutside.KIND,
            RequestsOutside.KIND,
            StompOutside.KIND,
            TcpClientsOutside.KIND,
            TcpOutside.KIND,
            UdpOutside.KIND,
            new ImapOutside.Kind(),
            new SmtpOutside.Kind(),
            WebOutside.KIND);

    private final Map<OutsideKind, Outside> running = new LinkedHashMap<>();

    private Outsides() { }

    /** Whether the case was recorded with an outside. */
    public static boolean isIn(Map<String, Object> record) {
        return record.containsKey("given") || !Plain.map(record.get("sent")).isEmpty() || !Plain.map(record.get("after")).isEmpty();
    }

    /** What the case needs that cannot be run or compared here, {@code null} for nothing. */
    public static String unserved(Map<String, Object> record) {
        Set<String> left = new LinkedHashSet<>(Plain.map(record.get("given")).keySet());
        Plain.map(record.get("sent")).forEach((name, seen) -> {
            // where nothing was given and nothing seen, there was nothing
            if (!List.of().equals(seen)) {
                left.add(name);
            }
        });
        Plain.map(record.get("after")).keySet().forEach(name -> left.add("after." + name));
        for (OutsideKind kind : kinds(record)) {
            if (kind.missing() != null) {
                return kind.missing();
            }
            left.removeAll(kind.given());
            left.removeAll(kind.compared());
        }
        return left.stream().findFirst().orElse(null);
    }

    private static List<OutsideKind> kinds(Map<String, Object> record) {
        return KINDS.stream().filter(kind -> kind.isIn(record)).toList();
    }

    /** Starts all that the case needs. */
    public static Outsides start(Map<String, Object> record, Path folder) throws Exception {
        Outsides outsides = new Outsides();
        try {
            for (OutsideKind kind : kinds(record)) {
                outsides.running.put(kind, kind.start(record, folder));
            }
            return outsides;
        } catch (Exception e) {
            outsides.close();
            throw e;
        }
    }

    /** Before the bot is made. */
    public void attach(ReplayServices services) {
        running.values().forEach(outside -> outside.attach(services));
    }

    /** Who tells the bot things, {@code null} for nobody. */
    public StreamSource source() {
        return running.values().stream().map(Outside::source).filter(Objects::nonNull).findFirst().orElse(null);
    }

    /** How the bot reaches the web. */
    public Function<HttpParams, Http> web(Function<HttpParams, Http> real) {
        return params -> {
            Http http = real.apply(params);
            for (Outside outside : running.values()) {
                http = outside.web(http);
            }
            return http;
        };
    }

    /** The case with its places filled in: <code>{port}</code> alone becomes a number, in a text it becomes a part of it. */
    public Map<String, Object> placed(Map<String, Object> record) {
        Map<String, Object> placed = new LinkedHashMap<>(record);
        Map<String, Object> parameters = new LinkedHashMap<>();
        Plain.map(record.get("parameters")).forEach((name, value) -> parameters.put(name, placed(value, places(name))));
        placed.replaceAll((name, value) -> name.equals("parameters") ? parameters : placed(value, places("")));
        placed.computeIfPresent("output", (name, value) -> placed(value, Moments.of(record)));
        placed.computeIfPresent("sent", (name, value) -> placed(value, Moments.days(record)));
        return placed;
    }

    private Map<String, Object> places(String parameter) {
        Map<String, Object> places = new LinkedHashMap<>();
        running.forEach((kind, outside) -> {
            if (kind.owns(parameter)) {
                outside.places().forEach(places::putIfAbsent);
            }
        });
        return places;
    }

    private static Object placed(Object value, Map<String, Object> places) {
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> entries = new LinkedHashMap<>();
            map.forEach((name, item) -> entries.put(name, placed(item, places)));
            return entries;
        }
        if (value instanceof List<?> list) {
            List<Object> items = new ArrayList<>();
            list.forEach(item -> items.add(placed(item, places)));
            return items;
        }
        if (!(value instanceof String text)) {
            return value;
        }
        for (Map.Entry<String, Object> place : places.entrySet()) {
            String name = "{" + place.getKey() + "}";
            if (text.equals(name)) {
                return place.getValue();
            }
            text = text.replace("\"" + name + "\"", name).replace(name, place.getValue().toString());
        }
        return text;
    }

    /** Compares what each of them saw. */
    public void compare(Map<String, Object> record, Comparison comparison) throws Exception {
        for (Outside outside : running.values()) {
            outside.compare(record, comparison);
        }
    }

    @Override
    public void close() throws Exception {
        Exception failure = null;
        for (Outside outside : running.values()) {
            try {
                outside.close();
            } catch (Exception e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
