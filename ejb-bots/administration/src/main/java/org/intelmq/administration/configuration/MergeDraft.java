package org.intelmq.administration.configuration;

import java.io.IOException;
import java.util.Map;
import org.intelmq.access.Role;
import org.intelmq.administration.Query;
import org.intelmq.administration.Refusal;
import org.intelmq.administration.Site;

/**
 * The caller's draft with what others have applied since it was begun: from then on it is as if it had been begun now. Nothing that runs is
 * touched, so that it is not a change for the audit log.
 *
 * @param version of the draft that was shown; {@code null} if it does not matter
 * @param resolve place to {@code mine} or {@code theirs}, for what both have changed in different ways
 */
public record MergeDraft(String version, Map<String, String> resolve) implements Query<Draft> {

    public MergeDraft {
        resolve = resolve == null ? Map.of() : resolve;
    }

    @Override
    public Role needs() {
        return Role.EDITOR;
    }

    @Override
    public Draft perform(Site site) throws IOException {
        Drafts.Stored draft = Draft.stored(site);
        if (draft == null) {
            return Draft.of(site, null);
        }
        Proposal proposal = Proposal.of(site, null);
        if (version != null && !version.equals(proposal.version())) {
            throw new Refusal(Refusal.Kind.CONFLICT, "changed-meanwhile", "the draft has been changed in another window", "Fetch the draft again.");
        }
        Merge merge = proposal.merge(resolve);
        if (!merge.conflicts().isEmpty()) {
            throw proposal.conflict(site, merge);
        }
        return Draft.save(site, new Drafts.Stored(proposal.theirs(), draft.text(), draft.edits(), draft.reason(), draft.saved()),
                proposal.result(merge), draft.reason());
    }
}
