package org.intelmq.administration.history;

import java.io.IOException;
import java.util.List;
import org.intelmq.administration.Page;
import org.intelmq.administration.Query;
import org.intelmq.administration.Refusal;
import org.intelmq.administration.Site;
import org.intelmq.administration.configuration.Change;
import org.intelmq.administration.configuration.ConfigurationStore;

/**
 * The revisions, newest first.
 *
 * @param file   only those of this file; {@code null} for all
 * @param limit  how many at most
 * @param cursor the {@code next} of the page before; {@code null} for the first
 */
public record ReadHistory(String file, int limit, String cursor) implements Query<Page<Revision>> {

    @Override
    public Page<Revision> perform(Site site) throws IOException {
        // what was changed by hand is noted at a look
        site.store().current();
        long below = Page.number(cursor, Long.MAX_VALUE);
        List<Revision> found = site.store().history().all().stream()
                .filter(each -> each.revision() < below && (file == null || file.equals(each.file()))).limit(limit + 1L).toList();
        return Page.of(found, limit, last -> String.valueOf(last.revision()));
    }

    /**
     * A revision with what it changed.
     *
     * @param content  the whole file, secrets masked
     * @param changes  by bot and parameter; empty for files other than {@code runtime.yaml}
     * @param textDiff as {@code diff -u} shows it
     */
    public record Detail(Revision about, String content, List<Change> changes, String textDiff) { }

    /** @param against another revision to compare with; {@code null} for the one before */
    public record One(long revision, Long against) implements Query<Detail> {

        @Override
        public Detail perform(Site site) throws IOException {
            site.store().current();
            History history = site.store().history();
            Revision wanted = known(history, revision);
            Revision other = against == null ? history.before(wanted) : known(history, against);
            String before = other == null ? "" : history.content(other);
            String after = history.content(wanted);
            boolean isRuntime = wanted.file().equals(site.store().file());
            return new Detail(wanted, after, isRuntime ? ConfigurationStore.changes(before, after) : List.of(),
                    TextDiff.unified(wanted.file(), before, after));
        }
    }

    /** @throws Refusal {@code unknown-revision} */
    public static Revision known(History history, long revision) throws IOException {
        Revision found = history.find(revision);
        if (found == null) {
            throw new Refusal(Refusal.Kind.UNKNOWN, "unknown-revision", "there is no revision " + revision, "List them with 'intelmqctl history'.");
        }
        return found;
    }
}
