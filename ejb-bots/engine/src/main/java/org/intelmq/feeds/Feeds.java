package org.intelmq.feeds;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.yaml.ConfigurationFileException;
import org.intelmq.yaml.Yaml;

/** The known feeds. Immutable. */
public final class Feeds {

    private static final Set<String> KEYS = Set.of("provider", "name", "about", "documentation", "note", "dead", "set", "collector", "parser");

    private final List<Feed> feeds;

    private Feeds(List<Feed> feeds) {
        this.feeds = List.copyOf(feeds);
    }

    /** @throws ConfigurationFileException if a list cannot be read */
    public static Feeds of(Catalogue catalogue) {
        List<Feed> feeds = new ArrayList<>();
        for (URL list : catalogue.feedLists()) {
            try (InputStream in = list.openStream()) {
                feeds.addAll(parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), list.toString()));
            } catch (IOException e) {
                throw new UncheckedIOException("the list of feeds " + list + " cannot be read", e);
            }
        }
        return new Feeds(feeds);
    }

    static List<Feed> parse(String text, String source) {
        if (!(Yaml.read(text, source) instanceof List<?> entries)) {
            throw new ConfigurationFileException(source + " is not a list of feeds", null);
        }
        return entries.stream().map(entry -> feed(entry, source)).toList();
    }

    private static Feed feed(Object entry, String source) {
        if (!(entry instanceof Map<?, ?> map) || !KEYS.containsAll(map.keySet())) {
            throw new ConfigurationFileException(source + ": a feed cannot be " + entry + ", expected a map with some of " + KEYS, null);
        }
        Map<String, String> set = new LinkedHashMap<>();
        map(map.get("set")).forEach((name, meaning) -> set.put(name, String.valueOf(meaning)));
        return new Feed(said(map, "provider", source), said(map, "name", source), said(map, "about", source), text(map, "documentation"), text(map, "note"),
                text(map, "dead"), set, part(map.get("collector"), source), part(map.get("parser"), source));
    }

    private static String said(Map<?, ?> entry, String key, String source) {
        String text = text(entry, key);
        if (text == null) {
            throw new ConfigurationFileException(source + ": the feed " + entry + " has no '" + key + "'", null);
        }
        return text;
    }

    private static String text(Map<?, ?> entry, String key) {
        return entry.get(key) == null ? null : entry.get(key).toString();
    }

    private static Feed.Part part(Object value, String source) {
        Map<String, Object> parameters = new LinkedHashMap<>(map(value));
        if (!(parameters.remove("module") instanceof String module)) {
            throw new ConfigurationFileException(source + ": a bot of a feed has no 'module': " + value, null);
        }
        return new Feed.Part(module, parameters);
    }

    private static Map<String, Object> map(Object value) {
        Map<String, Object> map = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> entries) {
            entries.forEach((key, item) -> map.put(key.toString(), item));
        }
        return map;
    }

    public List<Feed> all() {
        return feeds;
    }

    /** For REST and {@code --type json}. */
    public List<Object> toList() {
        return feeds.stream().<Object>map(Feed::toMap).toList();
    }

    /**
     * Finds a feed by its id, by provider and name, or by its name alone if that is unique; upper and lower case are the same.
     *
     * @throws IllegalArgumentException if there is none, or several, naming similar ones
     */
    public Feed find(String wanted) {
        String word = wanted.strip().toLowerCase(Locale.ROOT);
        List<Feed> found = feeds.stream().filter(feed -> feed.id().equals(word) || feed.title().toLowerCase(Locale.ROOT).equals(word)).toList();
        if (found.isEmpty()) {
            found = feeds.stream().filter(feed -> feed.name().toLowerCase(Locale.ROOT).equals(word)).toList();
        }
        if (found.size() == 1) {
            return found.get(0);
        }
        List<Feed> near = found.isEmpty() ? feeds.stream().filter(feed -> feed.title().toLowerCase(Locale.ROOT).contains(word)).toList() : found;
        throw new IllegalArgumentException("there " + (found.isEmpty() ? "is no feed" : "are several feeds") + " \"" + wanted + "\""
                + (near.isEmpty() ? ": 'intelmqctl list feeds' shows all" : ": do you mean one of " + near.stream().map(Feed::id)
                        .collect(Collectors.joining(", ")) + "?"));
    }
}
