package org.intelmq.administration.configuration;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.intelmq.administration.Site;
import org.intelmq.pipeline.Problem;

/**
 * What the caller is about to change; without a draft of their own, the configuration in force.
 *
 * @param text     secrets masked
 * @param base     version of the configuration it was begun with
 * @param version  of the draft itself: changes with every edit
 * @param bots     sections by id; {@code null} if the text cannot be read
 * @param global   {@code null} if the text cannot be read
 * @param problems what the start would say
 * @param edits    how often it was changed; 0 if there is no draft
 * @param outdated whether somebody else has applied something since it was begun
 * @param reason   suggested for applying it, {@code null} for none
 * @param saved    {@code null} if there is no draft
 */
public record Draft(String text, String base, String version, Map<String, Object> bots, Map<String, Object> global, List<Problem> problems, int edits,
                    boolean outdated, String reason, Instant saved) {

    static Draft of(Site site, Drafts.Stored stored) throws IOException {
        ConfigurationStore store = site.store();
        RuntimeText now = store.current();
        Drafts.Stored draft = stored == null ? new Drafts.Stored(now, now, 0, null, null) : stored;
        String masked = store.masked(draft.text());
        Sections sections = Sections.of(masked);
        return new Draft(masked, draft.base().version(), draft.text().version(), sections.bots(), sections.global(), store.problems(draft.text()),
                draft.edits(), !draft.base().equals(now), draft.reason(), draft.saved());
    }

    /** The caller's; {@code null} if there is none. */
    static Drafts.Stored stored(Site site) throws IOException {
        return site.store().drafts().read(site.caller().name());
    }

    /** The caller's, or one that begins with what is in force. */
    static Drafts.Stored begun(Site site) throws IOException {
        Drafts.Stored stored = stored(site);
        RuntimeText now = site.store().current();
        return stored != null ? stored : new Drafts.Stored(now, now, 0, null, null);
    }

    /** Keeps the caller's next state. */
    static Draft save(Site site, Drafts.Stored before, RuntimeText text, String reason) throws IOException {
        ConfigurationStore store = site.store();
        store.remember(text);
        Drafts.Stored after = new Drafts.Stored(before.base(), text, before.edits() + 1, reason, store.clock().instant());
        store.drafts().write(site.caller().name(), after);
        return of(site, after);
    }
}
