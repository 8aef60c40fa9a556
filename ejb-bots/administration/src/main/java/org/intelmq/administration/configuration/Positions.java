package org.intelmq.administration.configuration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.intelmq.access.Role;
import org.intelmq.administration.Command;
import org.intelmq.administration.Query;
import org.intelmq.administration.Refusal;
import org.intelmq.administration.Site;
import org.intelmq.files.WholeFile;
import org.intelmq.message.Json;
import org.intelmq.message.JsonException;
import org.intelmq.pipeline.ConfigurationFile;
import org.intelmq.pipeline.Installation;
import org.intelmq.upgrade.HarmonizationUpgrade;
import org.intelmq.yaml.ConfigurationFileException;
import org.intelmq.yaml.ConfigurationText;

/** Where bots stand in the graph: {@code etc/manager/positions.conf}, which IntelMQ's web manager and the console share. Empty if it cannot be read. */
public record Positions() implements Query<Map<String, Object>> {

    private static final Logger LOG = Logger.getLogger(Positions.class.getName());

    @Override
    public Map<String, Object> perform(Site site) throws IOException {
        return json(file(site.installation()));
    }

    private static Path file(Installation installation) {
        return installation.etc().resolve("manager/positions.conf");
    }

    private static Map<String, Object> json(Path file) {
        try {
            return RuntimeText.map(Json.parse(ConfigurationText.read(file)));
        } catch (NoSuchFileException e) {
            return Map.of();
        } catch (IOException | JsonException | ConfigurationFileException e) {
            LOG.log(Level.WARNING, e, () -> file + " cannot be read and is treated as empty");
            return Map.of();
        }
    }

    /** The same for the same places only. */
    public static String version(Map<String, Object> positions) {
        return RuntimeText.version(Json.write(positions));
    }

    /**
     * Puts others in their place; no bot is concerned, and the history does not tell of it.
     *
     * @param base version of those that were changed; {@code null} if it does not matter
     */
    public record Write(Map<String, Object> positions, String base) implements Command<Void> {

        @Override
        public Role needs() {
            return Role.EDITOR;
        }

        @Override
        public String summary() {
            return "save etc/manager/positions.conf";
        }

        @Override
        public Void perform(Site site) throws Exception {
            return site.store().alone(() -> write(site));
        }

        private Void write(Site site) throws IOException {
            Path file = file(site.installation());
            Map<String, Object> now = json(file);
            if (base != null && !base.equals(version(now))) {
                throw new Refusal(Refusal.Kind.CONFLICT, "changed-meanwhile", "the positions have been changed by somebody else",
                        "Fetch them again and repeat your change.", List.of(), now);
            }
            Files.createDirectories(file.getParent());
            ConfigurationFile.replace(WholeFile.own(file), Json.pretty(Edit.plain(positions)));
            return null;
        }
    }

    /** {@code harmonization.conf}: fields of events and reports, with type and description. */
    public record Fields() implements Query<Map<String, Object>> {

        @Override
        public Map<String, Object> perform(Site site) throws IOException {
            Map<String, Object> own = json(site.installation().harmonization());
            return own.isEmpty() ? HarmonizationUpgrade.standard() : own;
        }
    }
}
