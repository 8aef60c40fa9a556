package org.intelmq.administration.configuration;

import java.io.IOException;
import org.intelmq.access.Role;
import org.intelmq.administration.Query;
import org.intelmq.administration.Refusal;
import org.intelmq.administration.Site;
import org.intelmq.administration.history.ReadHistory;
import org.intelmq.administration.history.Revision;

/**
 * Makes an old revision the caller's draft, secrets and all, to be planned and applied as any other.
 *
 * @param reason  suggested for applying it; {@code null} for one that names the revision
 * @param replace whether a draft that the caller has may be lost
 */
public record RollBack(long revision, String reason, boolean replace) implements Query<Draft> {

    @Override
    public Role needs() {
        return Role.EDITOR;
    }

    @Override
    public Draft perform(Site site) throws IOException {
        ConfigurationStore store = site.store();
        RuntimeText now = store.current();
        Revision wanted = ReadHistory.known(store.history(), revision);
        if (!wanted.file().equals(store.file())) {
            throw new Refusal(Refusal.Kind.INVALID, "other-file", "revision " + revision + " is one of " + wanted.file(),
                    "Take its content and save it as the file.");
        }
        Drafts.Stored mine = Draft.stored(site);
        if (mine != null && !replace && !mine.base().equals(mine.text())) {
            throw new Refusal(Refusal.Kind.CONFLICT, "draft-in-the-way", "you have a draft with " + mine.edits() + " edits", "Apply or delete it first.");
        }
        RuntimeText old = store.unmasked(store.history().content(wanted));
        return Draft.save(site, new Drafts.Stored(now, now, 0, null, null), old,
                reason == null || reason.isBlank() ? "roll back to revision " + revision : reason.strip());
    }
}
