package org.intelmq.administration.shared;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.intelmq.administration.Refusal;
import org.intelmq.administration.Site;
import org.intelmq.administration.configuration.RuntimeText;
import org.intelmq.administration.rules.RuleFiles;
import org.intelmq.files.PrivateFiles;
import org.intelmq.message.Json;
import org.intelmq.message.JsonException;
import org.intelmq.pipeline.ConfigurationFile;
import org.intelmq.pipeline.Installation;
import org.intelmq.pipeline.RuntimeConfiguration;
import org.intelmq.yaml.ConfigurationText;

/** The files of this server that are the same on all servers: no others are written, whatever the database holds. */
final class SharedFiles {

    static final String USERS = "users.json";

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private final Site site;
    private final Installation installation;

    SharedFiles(Site site) {
        this.site = site;
        this.installation = site.installation();
    }

    /** What a file is for. */
    enum Kind {
        RUNTIME, FIELDS, RULES,
        /** Positions in the graph, users and tokens, of which the history does not tell. */
        UNTOLD
    }

    /**
     * One of them.
     *
     * @param name relative to the installation's root
     * @param bots that work by it, if it holds rules
     */
    record SharedFile(String name, Path path, Kind kind, Set<String> bots) { }

    /** By name; {@code runtime.yaml} is the last, so that what its bots need is there before. */
    Map<String, SharedFile> of(RuntimeConfiguration configuration) {
        Map<String, SharedFile> all = new LinkedHashMap<>();
        put(all, installation.harmonization(), Kind.FIELDS);
        put(all, installation.etc().resolve("manager/positions.conf"), Kind.UNTOLD);
        put(all, installation.etc().resolve(USERS), Kind.UNTOLD);
        put(all, installation.etc().resolve("tokens.json"), Kind.UNTOLD);
        new RuleFiles(site, configuration).all().values().stream().filter(RuleFiles.Named::isOpen)
                .forEach(rules -> all.put(rules.file(), new SharedFile(rules.file(), rules.path(), Kind.RULES, rules.bots())));
        put(all, installation.runtimeConfiguration(), Kind.RUNTIME);
        return all;
    }

    private void put(Map<String, SharedFile> all, Path path, Kind kind) {
        String name = installation.root().relativize(path).toString();
        all.put(name, new SharedFile(name, path, kind, Set.of()));
    }

    /** {@code null} if there is none. */
    String text(SharedFile file) throws IOException {
        return Files.exists(file.path()) ? ConfigurationText.read(file.path()) : null;
    }

    /** Why other servers could not use the text; {@code null} if they can. */
    String mistake(SharedFile file, String text) {
        try {
            switch (file.kind()) {
                case RUNTIME -> new RuntimeText(text).configuration(site.environment());
                case FIELDS, UNTOLD -> Json.parse(text);
                default -> { }
            }
            return null;
        } catch (Refusal | JsonException e) {
            return e.getMessage();
        }
    }

    /** A new file is for its owner alone; one that is there keeps its rights. */
    void write(SharedFile file, String text) throws IOException {
        if (Files.exists(file.path())) {
            ConfigurationFile.replace(file.path(), text);
            return;
        }
        Path folder = file.path().getParent();
        PrivateFiles.createDirectories(folder);
        Path fresh = PrivateFiles.createTempFile(folder, "." + file.path().getFileName(), ".new");
        try {
            Files.writeString(fresh, text);
            Files.move(fresh, file.path(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /** Keeps a copy for an operator. */
    Path keep(SharedFile file, Instant now) throws IOException {
        Path kept = file.path().resolveSibling(file.path().getFileName() + "." + TIME.format(now) + ".bak");
        Files.copy(file.path(), kept, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
        return kept;
    }
}
