package org.intelmq.administration.dumps;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.intelmq.access.Role;
import org.intelmq.administration.Command;
import org.intelmq.administration.Refusal;
import org.intelmq.administration.Site;
import org.intelmq.message.Json;
import org.intelmq.message.JsonException;

/**
 * Puts another message into an entry of a dump.
 *
 * @param message in serialised form, a JSON object
 */
public record EditEntry(String bot, String id, String message) implements Command<DumpedMessage> {

    @Override
    public Role needs() {
        return Role.OPERATOR;
    }

    @Override
    public String summary() {
        return "edit dump " + bot + " " + id;
    }

    @Override
    public DumpedMessage perform(Site site) throws IOException {
        requireMessage();
        DumpStore store = Dumps.of(site, bot);
        return Alone.change(site, bot, store, line -> { }, Recovery.UNWATCHED, recovery -> {
            Map<String, Object> entry = new LinkedHashMap<>(Dumps.entry(store, bot, id));
            entry.remove("message_type");
            entry.put("message", message);
            store.replace(id, entry);
            return ShowEntry.told(id, entry);
        });
    }

    private void requireMessage() {
        String problem = "expected a JSON object";
        try {
            if (message != null && Json.parse(message) instanceof Map<?, ?>) {
                return;
            }
        } catch (JsonException e) {
            problem = e.getMessage();
        }
        throw new Refusal(Refusal.Kind.INVALID, "invalid-message", "the message is unusable: " + problem, "Correct the text and save again.");
    }
}
