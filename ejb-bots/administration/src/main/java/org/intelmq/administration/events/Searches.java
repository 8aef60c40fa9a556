package org.intelmq.administration.events;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.intelmq.administration.Query;
import org.intelmq.administration.Refusal;
import org.intelmq.administration.Site;
import org.intelmq.files.PrivateFiles;
import org.intelmq.files.WholeFile;
import org.intelmq.message.Json;

/** Searches to which a user has given names; a private file for each user. */
public final class Searches {

    private static final int MOST = 200;
    private static final int LONGEST = 4_000;

    private Searches() { }

    /** @param query of the console's address */
    public record Search(String name, String query) { }

    /** Those of whoever asks, by name. */
    public record All() implements Query<List<Search>> {

        @Override
        public List<Search> perform(Site site) throws IOException {
            return read(site).entrySet().stream().map(each -> new Search(each.getKey(), each.getValue())).toList();
        }
    }

    /** One more, or another one under this name. It concerns nobody else, so that it is not a change for the audit log. */
    public record Keep(String name, String query) implements Query<Search> {

        @Override
        public Search perform(Site site) throws IOException {
            if (name.isBlank() || query == null || name.length() + query.length() > LONGEST) {
                throw new Refusal(Refusal.Kind.INVALID, "invalid-search", "a search needs a name and a query of at most " + LONGEST + " characters",
                        "Shorten it.");
            }
            Map<String, String> all = read(site);
            all.put(name, query);
            if (all.size() > MOST) {
                throw new Refusal(Refusal.Kind.CONFLICT, "too-many-searches", "there are " + MOST + " saved searches already", "Remove one first.");
            }
            write(site, all);
            return new Search(name, query);
        }
    }

    /** Forgets one; what is not there is forgotten already. */
    public record Forget(String name) implements Query<List<Search>> {

        @Override
        public List<Search> perform(Site site) throws IOException {
            Map<String, String> all = read(site);
            if (all.remove(name) != null) {
                write(site, all);
            }
            return new All().perform(site);
        }
    }

    private static Path file(Site site) {
        // whatever the user is called, the name is a file's
        String user = HexFormat.of().formatHex(site.caller().name().getBytes(StandardCharsets.UTF_8));
        return site.installation().state().resolve("searches").resolve(user + ".json");
    }

    private static Map<String, String> read(Site site) throws IOException {
        Map<String, String> all = new TreeMap<>();
        if (Files.exists(file(site))) {
            Map<?, ?> content = (Map<?, ?>) Json.parse(WholeFile.text(WholeFile.own(file(site))));
            content.forEach((name, query) -> all.put(String.valueOf(name), String.valueOf(query)));
        }
        return all;
    }

    private static synchronized void write(Site site, Map<String, String> all) throws IOException {
        PrivateFiles.createDirectories(file(site).getParent());
        Path fresh = PrivateFiles.createTempFile(file(site).getParent(), ".searches", ".new");
        Files.writeString(fresh, Json.write(all));
        Files.move(fresh, file(site), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
