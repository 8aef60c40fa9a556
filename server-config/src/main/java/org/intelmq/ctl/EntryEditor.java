package org.intelmq.ctl;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.intelmq.administration.dumps.DumpStore;
import org.intelmq.message.Json;
import org.intelmq.message.JsonException;

/** Lets an operator change dumped messages with the editor of the environment ({@code $VISUAL}, {@code $EDITOR}). */
final class EntryEditor {

    private final Session session;
    private final DumpStore store;
    private final Consumer<String> say;

    EntryEditor(Session session, DumpStore store, Consumer<String> say) {
        this.session = session;
        this.store = store;
        this.say = say;
    }

    /** Edits one after another; returns whether all have been saved. */
    boolean edit(List<String> keys) throws IOException {
        if (keys.isEmpty()) {
            say.accept("Edit mode needs an id");
        }
        boolean saved = !keys.isEmpty();
        for (String key : keys) {
            Map<String, Object> entry = store.entry(key);
            if (entry == null) {
                say.accept("Dump " + key + " no longer exists.");
                saved = false;
            } else {
                saved &= edit(key, new LinkedHashMap<>(entry));
            }
        }
        return saved;
    }

    private boolean edit(String key, Map<String, Object> entry) throws IOException {
        boolean base64 = "base64".equals(entry.get("message_type"));
        Path file = Files.createTempFile("intelmqdump-", base64 ? ".txt" : ".json");
        try {
            Files.writeString(file, base64 ? text(entry) : editable(entry.get("message")));
            if (!openEditor(file)) {
                return false;
            }
            entry.remove("message_type");
            String edited = Files.readString(file);
            entry.put("message", base64 ? edited : kept(edited));
            store.replace(key, entry);
            return true;
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** Anything that is not JSON is kept as it is. */
    private static String kept(String edited) {
        return readable(edited) instanceof Map<?, ?> message ? Json.pretty(RawText.taken(message)) : edited;
    }

    private static String text(Map<String, Object> entry) {
        return new String(Base64.getDecoder().decode((String) entry.get("message")), StandardCharsets.UTF_8);
    }

    /** Anything that is not JSON is shown as it is. */
    private static String editable(Object message) {
        Object readable = readable(message);
        return readable == message && message instanceof String text ? text
                : Json.pretty(readable instanceof Map<?, ?> fields ? RawText.added(fields) : readable);
    }

    private static Object readable(Object message) {
        try {
            return message instanceof String text ? Json.parse(text) : message;
        } catch (JsonException e) {
            return message;
        }
    }

    private boolean openEditor(Path file) throws IOException {
        Map<String, String> environment = session.environment();
        String editor = environment.getOrDefault("VISUAL", environment.getOrDefault("EDITOR", "sensible-editor"));
        List<String> command = new ArrayList<>(Arrays.asList(editor.split("\\s+")));
        command.add(file.toString());
        try {
            int code = new ProcessBuilder(command).inheritIO().start().waitFor();
            if (code != 0) {
                say.accept("Calling editor failed with exitcode " + code + ".");
            }
            return code == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
