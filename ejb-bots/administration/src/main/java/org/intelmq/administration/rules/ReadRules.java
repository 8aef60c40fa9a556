package org.intelmq.administration.rules;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.intelmq.administration.Query;
import org.intelmq.administration.Site;
import org.intelmq.administration.configuration.RuntimeText;
import org.intelmq.administration.history.Revision;

/** The files that configured bots work by, also those that cannot be opened here. */
public record ReadRules() implements Query<List<RuleFile>> {

    @Override
    public List<RuleFile> perform(Site site) throws IOException {
        List<RuleFile> files = new ArrayList<>();
        for (RuleFiles.Named named : new RuleFiles(site).all().values()) {
            files.add(RuleFiles.described(named));
        }
        return files;
    }

    /**
     * One of them.
     *
     * @param text    empty if it does not exist yet
     * @param version {@code null} if it does not exist yet
     */
    public record Content(String file, String kind, List<String> bots, String text, String version) { }

    /** @param file as {@link RuleFile} names it */
    public record One(String file) implements Query<Content> {

        @Override
        public Content perform(Site site) throws IOException {
            RuleFiles.Named named = new RuleFiles(site).known(file);
            String text = RuleFiles.text(named);
            note(site, named, text);
            return new Content(named.file(), RuleFiles.kind(named), List.copyOf(named.bots()), text, RuleFiles.version(named));
        }
    }

    /** What somebody has changed past the server goes into the history once the file is in it. */
    static void note(Site site, RuleFiles.Named named, String text) throws IOException {
        Revision last = site.store().history().newest(named.file());
        if (!site.store().isShared() && last != null && !last.version().equals(RuntimeText.version(text))) {
            site.store().record(null, "changed by hand", named.file(), text);
        }
    }
}
