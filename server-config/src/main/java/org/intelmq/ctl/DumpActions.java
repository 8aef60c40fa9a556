package org.intelmq.ctl;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.intelmq.administration.dumps.DumpStore;
import org.intelmq.administration.dumps.Recovery;
import org.intelmq.files.FileGuard;
import org.intelmq.message.InvalidArgument;
import org.intelmq.message.Json;
import org.intelmq.message.JsonException;

/** What {@code intelmqdump} does to the entries of a dump file, whether asked in its dialogue or by its arguments. */
final class DumpActions {

    /** The possible actions, with the letters that stand for them in the dialogue. */
    enum Action {
        SHOW, RECOVER, EDIT, DELETE;

        /** Returns {@code null} if there is none. */
        static Action of(String word) {
            for (Action action : values()) {
                if (action.word().equals(word) || action.word().substring(0, 1).equals(word)) {
                    return action;
                }
            }
            return null;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Session session;
    private final Path file;
    private final DumpStore store;
    private final PrintStream out;
    private final int truncate;

    /** @param truncate how much of raw data is shown; 0 for all */
    DumpActions(Session session, Path file, PrintStream out, int truncate) {
        this.session = session;
        this.file = file;
        this.store = new DumpStore(file);
        this.out = out;
        this.truncate = truncate;
    }

    /**
     * Does it to these entries.
     *
     * @param keys of all entries, as they were numbered
     * @param queue {@code null} for the one that each came from
     * @param whole whether the file as a whole is meant
     * @return whether everything was done
     */
    boolean perform(Action action, List<String> keys, List<String> chosen, String queue, boolean whole) throws IOException {
        if (action == Action.SHOW) {
            return show(keys, chosen);
        }
        boolean done;
        try (FileGuard alone = store.alone()) {
            if (alone == null) {
                say("Another intelmqdump is working on this file. Wait until it ends.");
                return false;
            }
            done = audited(action, chosen.size(), () -> change(action, chosen, queue, whole));
        }
        if (!Files.exists(file) && action != Action.DELETE) {
            say("Deleting empty file " + file);
        }
        return done;
    }

    @FunctionalInterface
    private interface Change {
        boolean perform() throws IOException;
    }

    private boolean audited(Action action, int entries, Change change) throws IOException {
        String name = file.getFileName().toString();
        try {
            return new LocalChanges(session).written("intelmqdump " + name + ' ' + action.word() + " (" + entries + " entries)", () -> {
                try {
                    return change.perform() ? 0 : 1;
                } catch (IOException e) {
                    throw new UncheckedIOException(e.getMessage(), e);
                }
            }) == 0;
        } catch (UncheckedIOException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private boolean change(Action action, List<String> chosen, String queue, boolean whole) throws IOException {
        Recovery recovery = new Recovery(session.configuration(), this::send, store, this::say, Recovery.UNWATCHED);
        recovery.endInterrupted();
        if (!Files.exists(file)) {
            return true;
        }
        switch (action) {
            case RECOVER -> recovery.send(chosen, queue);
            case EDIT -> {
                return new EntryEditor(session, store, this::say).edit(chosen);
            }
            default -> {
                if (whole) {
                    say("Deleting file " + file);
                }
                store.remove(chosen);
                if (whole && Files.exists(file)) {
                    say("New entries stay.");
                }
            }
        }
        Set<String> left = new HashSet<>(Files.exists(file) ? store.keys() : Set.of());
        left.retainAll(Set.copyOf(chosen));
        return left.isEmpty();
    }

    private void send(String queue, String id, List<String> messages) {
        try {
            session.control().send(queue, id, messages);
        } catch (NoServerException.Refusal e) {
            throw new InvalidArgument(e.getMessage());
        }
    }

    private boolean show(List<String> keys, List<String> chosen) throws IOException {
        Map<String, Map<String, Object>> entries = store.entries();
        List<Map<String, Object>> shown = new ArrayList<>();
        for (String key : chosen) {
            if (!entries.containsKey(key)) {
                say("Dump " + key + " no longer exists.");
                continue;
            }
            Map<String, Object> entry = new TreeMap<>(entries.get(key));
            entry.put("message", "base64".equals(entry.get("message_type")) ? shortened((String) entry.get("message")) : readable(entry.get("message")));
            if (!session.output().isText()) {
                entry.put("id", key);
                shown.add(entry);
                continue;
            }
            out.println("=".repeat(100) + " \nShowing id " + keys.indexOf(key) + " " + Output.harmless(key) + "\n " + "-".repeat(50));
            if (entry.get("traceback") instanceof String trace) {
                entry.put("traceback", List.of(trace.split("\n")));
            }
            say(Json.pretty(entry));
        }
        session.output().result(shown);
        return entries.keySet().containsAll(chosen);
    }

    private Object readable(Object message) {
        try {
            Object parsed = message instanceof String text ? Json.parse(text) : message;
            if (parsed instanceof Map<?, ?> map && map.get("raw") instanceof String) {
                Map<Object, Object> copy = session.output().isText() ? RawText.added(map) : new LinkedHashMap<>(map);
                copy.replaceAll((name, value) -> name.toString().startsWith("raw") && value instanceof String text ? shortened(text) : value);
                return copy;
            }
            return parsed;
        } catch (JsonException e) {
            return message;
        }
    }

    private String shortened(String text) {
        return truncate < 1 || text.length() <= truncate ? text : text.substring(0, truncate) + "...[truncated]";
    }

    /** What feeds have brought neither begins a line nor commands the terminal; to people apart from the output that a program reads. */
    private void say(String text) {
        if (session.output().isText()) {
            out.println(Output.harmless(text));
        } else {
            session.output().complain(text);
        }
    }
}
