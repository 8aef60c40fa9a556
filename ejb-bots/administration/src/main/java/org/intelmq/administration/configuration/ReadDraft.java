package org.intelmq.administration.configuration;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.intelmq.access.Role;
import org.intelmq.administration.Query;
import org.intelmq.administration.Site;
import org.intelmq.pipeline.Problem;

/** The caller's draft. */
public record ReadDraft() implements Query<Draft> {

    @Override
    public Draft perform(Site site) throws IOException {
        return Draft.of(site, Draft.stored(site));
    }

    /**
     * What the start would say of the draft, or of a text.
     *
     * @param text {@code null} for the draft
     */
    public record Problems(String text) implements Query<List<Problem>> {

        @Override
        public Role needs() {
            return Role.EDITOR;
        }

        @Override
        public List<Problem> perform(Site site) throws IOException {
            return site.store().problems(text == null ? Draft.begun(site).text() : site.store().unmasked(text));
        }
    }

    /**
     * What applying the draft, or a text in place of the configuration in force, would do.
     *
     * @param text {@code null} for the draft
     */
    public record Planned(String text) implements Query<Plan> {

        @Override
        public Role needs() {
            return Role.EDITOR;
        }

        @Override
        public Plan perform(Site site) throws IOException {
            return Proposal.of(site, text).plan(site, Map.of());
        }
    }
}
