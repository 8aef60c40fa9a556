package org.intelmq.administration.configuration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.intelmq.administration.Refusal;
import org.intelmq.bot.BotType;
import org.intelmq.catalogue.Catalogue;

/** Carries out the edits of a draft, so that comments and order stay. For one use. */
final class Edits {

    private static final Pattern BOT_ID = Pattern.compile("[0-9a-zA-Z-]+");
    private static final String DESTINATIONS = "destination_queues";
    private static final String SOURCE = "source_queue";
    private static final String DEFAULT_PATH = "_default";
    private static final String ENABLED = "enabled";

    private final Catalogue catalogue;
    private String text;
    private final Map<String, Object> sections;

    Edits(RuntimeText before, Catalogue catalogue) {
        this.catalogue = catalogue;
        this.text = before.text();
        this.sections = before.sections();
    }

    /** @throws Refusal {@code invalid-edit} or {@code unknown-bot} */
    RuntimeText apply(List<Edit> edits) {
        edits.forEach(this::apply);
        return new RuntimeText(text).with(sections);
    }

    private void apply(Edit edit) {
        if (edit.op() == null || edit.bot() == null) {
            throw invalid("an edit needs 'op' and 'bot', but this has " + edit);
        }
        switch (edit.op()) {
            case "set" -> place(edit).set(sections, edit.value());
            case "unset" -> place(edit).remove(sections);
            case "enable" -> Place.ofKey(known(edit.bot()), ENABLED).set(sections, true);
            case "disable" -> Place.ofKey(known(edit.bot()), ENABLED).set(sections, false);
            case "add" -> sections.put(fresh(edit.bot()), section(edit.bot(), RuntimeText.map(edit.value())));
            case "duplicate" -> duplicate(known(edit.bot()), fresh(edit.to()));
            case "rename" -> rename(known(edit.bot()), fresh(edit.to()));
            case "remove" -> {
                if (edit.parameter() != null || edit.key() != null) {
                    place(edit).remove(sections);
                } else {
                    remove(known(edit.bot()));
                }
            }
            case "connect" -> connect(known(edit.bot()), target(edit), path(edit));
            case "disconnect" -> disconnect(known(edit.bot()), target(edit), path(edit));
            default -> throw invalid("op cannot be \"" + edit.op()
                    + "\": expected set, unset, enable, disable, add, duplicate, rename, remove, connect or disconnect");
        }
    }

    private Place place(Edit edit) {
        boolean isGlobal = edit.bot().equals(RuntimeText.GLOBAL);
        if ((edit.parameter() == null) == (edit.key() == null) || isGlobal && edit.key() != null) {
            throw invalid(edit.op() + " needs " + (isGlobal ? "'parameter' for global" : "one of 'parameter' and 'key'") + ", but this has " + edit);
        }
        String bot = isGlobal ? edit.bot() : known(edit.bot());
        return new Place(bot, edit.parameter(), edit.key());
    }

    private String known(String bot) {
        if (!sections.containsKey(bot) || bot.equals(RuntimeText.GLOBAL)) {
            throw new Refusal(Refusal.Kind.UNKNOWN, "unknown-bot", "there is no bot '" + bot + "' in the draft", "Look at the draft's bots.");
        }
        return bot;
    }

    private String fresh(String bot) {
        if (bot == null || !BOT_ID.matcher(bot).matches() || bot.equals(RuntimeText.GLOBAL)) {
            throw invalid("a bot cannot be called \"" + bot + "\": expected letters, digits and hyphens");
        }
        if (sections.containsKey(bot)) {
            throw new Refusal(Refusal.Kind.CONFLICT, "bot-exists", "there is a bot '" + bot + "' already", "Choose another id.");
        }
        return bot;
    }

    private Map<String, Object> section(String bot, Map<String, Object> said) {
        BotType<?> type = said.get("module") instanceof String module ? catalogue.find(module) : null;
        if (type == null) {
            throw invalid("module cannot be \"" + said.get("module") + "\": expected one of the catalogue");
        }
        Map<String, Object> section = new LinkedHashMap<>();
        section.put("bot_id", bot);
        section.put("name", type.name());
        section.put("description", type.description());
        section.put("group", type.group().title());
        section.put("module", type.module());
        section.put(ENABLED, true);
        section.put("run_mode", "continuous");
        section.put("parameters", new LinkedHashMap<>());
        section.putAll(said);
        return section;
    }

    private void duplicate(String bot, String to) {
        Map<String, Object> copy = RuntimeText.map(sections.get(bot));
        copy.replace("bot_id", to);
        // two bots cannot read one queue
        Map<String, Object> parameters = RuntimeText.map(copy.get("parameters"));
        parameters.remove(SOURCE);
        copy.put("parameters", parameters);
        sections.put(to, copy);
    }

    /** The bot keeps its place in the file; who sends to it, sends to its new queue. */
    private void rename(String bot, String to) {
        String queue = queue(bot);
        Matcher key = Pattern.compile("(?m)^([\"']?)" + Pattern.quote(bot) + "\\1(?=\\s*:)").matcher(text);
        if (key.find()) {
            text = key.replaceFirst("$1" + Matcher.quoteReplacement(to) + "$1");
        }
        Map<String, Object> section = RuntimeText.map(sections.get(bot));
        section.replace("bot_id", to);
        Map<String, Object> all = new LinkedHashMap<>(sections);
        sections.clear();
        all.forEach((id, each) -> sections.put(id.equals(bot) ? to : id, id.equals(bot) ? section : each));
        String renamed = queue(to);
        if (!renamed.equals(queue)) {
            bots().forEach(id -> replace(id, queue, renamed));
        }
    }

    private void remove(String bot) {
        String queue = queue(bot);
        sections.remove(bot);
        if (bots().stream().noneMatch(other -> queue(other).equals(queue))) {
            bots().forEach(other -> replace(other, queue, null));
        }
    }

    private List<String> bots() {
        return sections.keySet().stream().filter(id -> !id.equals(RuntimeText.GLOBAL)).toList();
    }

    private String queue(String bot) {
        Object said = Place.ofParameter(bot, SOURCE).in(sections);
        return said == null ? bot + "-queue" : said.toString();
    }

    private String target(Edit edit) {
        if (edit.queue() != null) {
            return edit.queue();
        }
        if (edit.to() == null) {
            throw invalid(edit.op() + " needs 'to', the next bot, or 'queue'");
        }
        String next = known(edit.to());
        if ("Collector".equals(RuntimeText.map(sections.get(next)).get("group"))) {
            throw invalid("'" + next + "' is a collector and takes nothing from other bots");
        }
        return queue(next);
    }

    private static String path(Edit edit) {
        return edit.path() == null || edit.path().isBlank() ? DEFAULT_PATH : edit.path();
    }

    /** Path to queues, whatever form the file has. */
    private Map<String, Object> destinations(String bot) {
        Object value = Place.ofParameter(bot, DESTINATIONS).in(sections);
        if (value instanceof Map<?, ?>) {
            return RuntimeText.map(value);
        }
        Map<String, Object> paths = new LinkedHashMap<>();
        if (value != null) {
            paths.put(DEFAULT_PATH, queues(value));
        }
        return paths;
    }

    private static List<Object> queues(Object value) {
        return value instanceof List<?> list ? new ArrayList<>(list)
                : value == null || value.toString().isBlank() ? new ArrayList<>() : new ArrayList<>(List.of(value.toString().trim().split("\\s+")));
    }

    private void connect(String bot, String queue, String path) {
        Map<String, Object> paths = destinations(bot);
        List<Object> queues = queues(paths.get(path));
        if (!queues.contains(queue)) {
            queues.add(queue);
        }
        paths.put(path, queues);
        Place.ofParameter(bot, DESTINATIONS).set(sections, paths);
    }

    private void disconnect(String bot, String queue, String path) {
        Map<String, Object> paths = destinations(bot);
        List<Object> queues = queues(paths.get(path));
        if (!queues.remove(queue)) {
            throw invalid("'" + bot + "' does not send to queue '" + queue + "' along path '" + path + "'");
        }
        put(bot, paths, path, queues);
    }

    private void put(String bot, Map<String, Object> paths, String path, List<Object> queues) {
        if (queues.isEmpty()) {
            paths.remove(path);
        } else {
            paths.put(path, queues);
        }
        if (paths.isEmpty()) {
            Place.ofParameter(bot, DESTINATIONS).remove(sections);
        } else {
            Place.ofParameter(bot, DESTINATIONS).set(sections, paths);
        }
    }

    /** @param by {@code null} for nothing */
    private void replace(String bot, String queue, String by) {
        Map<String, Object> paths = destinations(bot);
        for (String path : List.copyOf(paths.keySet())) {
            List<Object> queues = queues(paths.get(path));
            int at = queues.indexOf(queue);
            if (at >= 0) {
                if (by == null) {
                    queues.remove(at);
                } else {
                    queues.set(at, by);
                }
                put(bot, paths, path, queues);
            }
        }
    }

    private static Refusal invalid(String reason) {
        return new Refusal(Refusal.Kind.INVALID, "invalid-edit", reason, "See the edits of a draft in the interface's description.");
    }
}
