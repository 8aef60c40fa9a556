package org.intelmq.administration.configuration;

import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;
import org.intelmq.access.Role;
import org.intelmq.administration.Query;
import org.intelmq.administration.Refusal;
import org.intelmq.administration.Site;

/**
 * The caller's draft changed, by its whole text or by edits, and kept. Nothing that runs is touched, so that it is not a change for the
 * audit log.
 *
 * @param text    {@code null} if edits are given
 * @param edits   {@code null} if the text is given
 * @param version of the draft they were made for, {@code null} if it does not matter
 */
public record ChangeDraft(String text, List<Edit> edits, String version) implements Query<Draft> {

    @Override
    public Role needs() {
        return Role.EDITOR;
    }

    @Override
    public Draft perform(Site site) throws IOException {
        if ((text == null) == (edits == null)) {
            throw new Refusal(Refusal.Kind.INVALID, "invalid-draft", "a draft is changed either by its text or by edits", "Send either 'text' or 'edits'.");
        }
        Drafts.Stored before = Draft.begun(site);
        // a mask that comes back stands for its secret
        RuntimeText after = site.store().unmasked(text != null ? text : new Edits(before.text(), site.catalogue()).apply(edits).text());
        if (version != null && !version.equals(before.text().version())) {
            throw meanwhile(site, before.text(), after);
        }
        return Draft.save(site, before, after, before.reason());
    }

    /** Changes the caller's draft by a function of its text. */
    public static Draft change(Site site, UnaryOperator<RuntimeText> change) throws IOException {
        Drafts.Stored before = Draft.begun(site);
        return Draft.save(site, before, change.apply(before.text()), before.reason());
    }

    private static Refusal meanwhile(Site site, RuntimeText before, RuntimeText after) throws IOException {
        return new Refusal(Refusal.Kind.CONFLICT, "changed-meanwhile", "the draft has been changed in another window",
                "Fetch the draft again and repeat your change.", List.of(),
                ConfigurationStore.changes(site.store().masked(after), site.store().masked(before)));
    }

    /** Gives the draft up. */
    public record Drop() implements Query<Draft> {

        @Override
        public Role needs() {
            return Role.EDITOR;
        }

        @Override
        public Draft perform(Site site) throws IOException {
            site.store().drafts().delete(site.caller().name());
            return Draft.of(site, null);
        }
    }
}
