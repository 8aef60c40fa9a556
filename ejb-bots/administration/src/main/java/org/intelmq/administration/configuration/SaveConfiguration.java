package org.intelmq.administration.configuration;

import java.io.IOException;
import java.util.Map;
import org.intelmq.access.Role;
import org.intelmq.administration.Command;
import org.intelmq.administration.Query;
import org.intelmq.administration.Refusal;
import org.intelmq.administration.Site;

/**
 * Writes the whole configuration as IntelMQ's own web manager does: unchecked, and without touching bots. A masked secret stays what
 * it is, and so do comments.
 *
 * @param sections by bot, and {@code global}
 */
public record SaveConfiguration(Map<String, Object> sections) implements Command<Void> {

    @Override
    public Role needs() {
        return Role.EDITOR;
    }

    @Override
    public String summary() {
        return "save etc/runtime.yaml";
    }

    @Override
    public Void perform(Site site) throws Exception {
        return site.store().alone(() -> {
            ConfigurationStore store = site.store();
            RuntimeText before = store.current();
            Map<String, Object> old = before.sections();
            Map<String, Object> wanted = store.unmasked(sections, old);
            if (!wanted.equals(old)) {
                RuntimeText after = before.with(wanted);
                store.replace(before, after);
                try {
                    store.record(site.caller(), "saved in IntelMQ's web manager", after, Agreement.Effect.FILE);
                } catch (Refusal refused) {
                    store.replace(after, before);
                    throw refused;
                }
            }
            return null;
        });
    }

    /** What is in the file, secrets masked. */
    public record Stored() implements Query<Map<String, Object>> {

        @Override
        public Map<String, Object> perform(Site site) throws IOException {
            return new RuntimeText(site.store().masked(site.store().current())).sections();
        }
    }
}
