package org.intelmq.administration.shared;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.intelmq.access.Role;
import org.intelmq.administration.Caller;
import org.intelmq.administration.Refusal;
import org.intelmq.administration.Site;
import org.intelmq.administration.configuration.Agreement.Effect;
import org.intelmq.administration.configuration.ConfigurationStore;
import org.intelmq.administration.configuration.Following;
import org.intelmq.administration.configuration.RuntimeText;
import org.intelmq.administration.history.Revision;
import org.intelmq.administration.shared.SharedFiles.Kind;
import org.intelmq.administration.shared.SharedFiles.SharedFile;
import org.intelmq.administration.shared.SharedTable.Row;
import org.intelmq.control.BotControl;
import org.intelmq.control.BotState;
import org.intelmq.message.Json;
import org.intelmq.pipeline.Problem;
import org.intelmq.pipeline.RuntimeConfiguration;
import org.intelmq.pipeline.Severity;

/**
 * Brings the files, the history and the bots of this server to what is in the table, and into the table what was changed in the files. For one
 * thread.
 */
final class Follower {

    private static final Logger LOG = Logger.getLogger(Follower.class.getName());

    private final Site site;
    private final ConfigurationStore store;
    private final String node;
    private final Agreed agreed;
    private final SharedFiles files;
    private volatile List<Problem> mistakes = List.of();
    /** As the file said when it could be read last. */
    private RuntimeConfiguration readable;
    private boolean running;
    /** What was in the file when the server started; {@code null} if that has not changed since. */
    private RuntimeText atStart;

    Follower(Site site, String node, Agreed agreed) {
        this.site = site;
        this.store = site.store();
        this.node = node;
        this.agreed = agreed;
        this.files = new SharedFiles(site);
        this.readable = new RuntimeText("").configuration(site.environment());
    }

    /** Texts that other servers do not get, because they could not use them. */
    List<Problem> mistakes() {
        return mistakes;
    }

    /** From now on there are bots that follow. */
    void botsRun() {
        running = true;
        if (atStart != null) {
            try {
                new Following(site, atStart, store.inFile()).startNew();
            } catch (IOException | Refusal e) {
                LOG.severe("Bots that are new since this server ran last are not started: " + e.getMessage());
            }
        }
    }

    // ------------------------------------------------------------------ from the table to this server

    void follow(Connection connection) throws SQLException, IOException {
        long last = SharedTable.last(connection);
        if (last < agreed.number()) {
            LOG.warning("The shared configuration is older than what this server has seen of it: it is taken anew.");
            agreed.forget();
        }
        if (last > agreed.number()) {
            take(connection, SharedTable.since(connection, agreed.number()));
        }
    }

    private void take(Connection connection, List<Row> rows) throws SQLException, IOException {
        if (agreed.number() == 0) {
            beginHistory();
        }
        RuntimeText before = store.inFile();
        Map<String, Row> newest = new LinkedHashMap<>();
        rows.forEach(row -> newest.put(row.revision().file(), row));
        Row runtime = newest.get(store.file());
        RuntimeText after = runtime == null ? before : new RuntimeText(runtime.content());
        Map<String, SharedFile> shared = files.of(configuration(after));
        for (SharedFile file : shared.values()) {
            // its bot may have been there before, and be back now
            Row row = newest.containsKey(file.name()) || agreed.version(file.name()) != null ? newest.get(file.name())
                    : SharedTable.newest(connection, file.name());
            if (row != null) {
                write(file, row);
            }
        }
        // among them what this server could not write down when it was agreed on, as it was killed
        for (Row row : SharedTable.since(connection, store.history().last())) {
            if (isTold(row.revision().file(), shared)) {
                store.note(row.revision(), row.content());
            }
        }
        agreed.reach(rows.get(rows.size() - 1).revision().revision());
        LOG.info(() -> "The configuration is the one that the servers share, number " + agreed.number() + ".");
        if (running) {
            act(rows, before, after, shared);
            rows.stream().filter(row -> isTold(row.revision().file(), shared)).forEach(row -> tell(row.revision()));
        } else if (atStart == null && !before.equals(after)) {
            atStart = before;
        }
    }

    /** Consoles that are open on this server. */
    private void tell(Revision revision) {
        String what = "change " + revision.file() + (revision.reason() == null ? "" : " --reason \"" + revision.reason() + '"');
        site.live().changed(new Caller(revision.who() == null ? "somebody" : revision.who(), Role.EDITOR, revision.way()), what);
    }

    private void beginHistory() throws IOException {
        Path kept = store.history().beginAnew("until-" + DateTimeFormatter.ISO_INSTANT.format(store.clock().instant().truncatedTo(ChronoUnit.SECONDS))
                .replace(":", ""));
        if (kept != null) {
            LOG.warning("The history is the one that the servers share from now on; this server's own is kept in " + kept + ".");
        }
    }

    private RuntimeConfiguration configuration(RuntimeText text) {
        try {
            readable = text.configuration(site.environment());
        } catch (Refusal unreadable) {
            LOG.log(Level.FINE, "rules are looked for as before", unreadable);
        }
        return readable;
    }

    private void write(SharedFile file, Row row) throws IOException {
        String version = RuntimeText.version(row.content());
        String here = files.text(file);
        if (here == null || !RuntimeText.version(here).equals(version)) {
            if (here != null && !RuntimeText.version(here).equals(agreed.version(file.name()))) {
                Path kept = files.keep(file, store.clock().instant());
                LOG.warning(file.name() + " was changed on this server, but meanwhile " + who(row.revision())
                        + " has changed it for all servers, and that counts. What was in it is kept as " + kept + ".");
            }
            files.write(file, row.content());
            if (file.path().getFileName().toString().equals(SharedFiles.USERS)) {
                endSessions(here, row.content());
            }
        }
        agreed.put(file.name(), version);
    }

    private static String who(Revision revision) {
        return revision.who() == null ? "somebody (" + revision.way() + ")" : revision.who();
    }

    /** Of users who are gone, or have another password or role. */
    private void endSessions(String before, String after) {
        if (before == null || site.people() == null) {
            return;
        }
        Map<?, ?> now = (Map<?, ?>) Json.parse(after);
        ((Map<?, ?>) Json.parse(before)).forEach((name, entry) -> {
            if (!Objects.equals(entry, now.get(name))) {
                site.people().signOut((String) name);
            }
        });
    }

    private static boolean isTold(String name, Map<String, SharedFile> shared) {
        // what is not shared any more are rules
        return !shared.containsKey(name) || shared.get(name).kind() != Kind.UNTOLD;
    }

    private void act(List<Row> rows, RuntimeText before, RuntimeText after, Map<String, SharedFile> shared) {
        Set<String> done = new HashSet<>();
        if (rows.stream().anyMatch(row -> row.revision().file().equals(store.file()) && row.effect() == Effect.BOTS)) {
            done.addAll(new Following(site, before, after).act());
        }
        Set<String> concerned = new HashSet<>();
        rows.stream().filter(row -> row.effect() == Effect.BOTS && shared.containsKey(row.revision().file()))
                .forEach(row -> concerned.addAll(shared.get(row.revision().file()).bots()));
        concerned.removeAll(done);
        BotControl control = site.control().following();
        control.status(concerned).forEach((bot, state) -> {
            if (state == BotState.RUNNING) {
                control.reload(List.of(bot));
            }
        });
    }

    // ------------------------------------------------------------------ from this server into the table

    /** What differs from what was agreed on was changed on this server. */
    void offer(Connection connection) throws SQLException, IOException {
        Map<SharedFile, String> changed = changed();
        if (changed.isEmpty() || !SharedTable.tryLock(connection)) {
            return;
        }
        try {
            // what another server has added meanwhile comes first
            if (SharedTable.last(connection) == agreed.number()) {
                for (Map.Entry<SharedFile, String> each : changed.entrySet()) {
                    offer(connection, each.getKey(), each.getValue());
                }
            }
        } finally {
            SharedTable.unlock(connection);
        }
    }

    private Map<SharedFile, String> changed() throws IOException {
        Map<SharedFile, String> changed = new LinkedHashMap<>();
        List<Problem> found = new ArrayList<>();
        for (SharedFile file : files.of(configuration(store.inFile())).values()) {
            String text = files.text(file);
            if (text == null || RuntimeText.version(text).equals(agreed.version(file.name()))) {
                continue;
            }
            String mistake = files.mistake(file, text);
            if (mistake == null) {
                changed.put(file, text);
            } else {
                found.add(new Problem(null, null, Severity.WARNING, file.name()
                        + " was changed on this server, but the others do not get it: " + mistake));
            }
        }
        if (!found.equals(mistakes)) {
            found.forEach(problem -> LOG.warning(problem.text()));
            mistakes = List.copyOf(found);
        }
        return changed;
    }

    private void offer(Connection connection, SharedFile file, String text) throws SQLException, IOException {
        String reason = agreed.version(file.name()) == null ? "as it was found" : "changed by hand";
        Revision proposed = store.history().next(null, "by hand on " + node, reason, file.name(), RuntimeText.version(text), 0);
        Revision revision = agree(connection, proposed, text, Effect.FILE);
        if (revision == null) {
            return;
        }
        if (file.kind() == Kind.UNTOLD) {
            SharedTable.forgetOlder(connection, revision);
        } else {
            LOG.info(() -> file.name() + ", as it is on this server, is now the one of all servers, number " + revision.revision() + ".");
            store.note(revision, text);
        }
    }

    /** @return {@code null} if another server was faster */
    Revision agree(Connection connection, Revision proposed, String content, Effect effect) throws SQLException, IOException {
        long number = agreed.number() == 0 ? proposed.revision() : agreed.number() + 1;
        Revision revision = new Revision(number, proposed.time().truncatedTo(ChronoUnit.MICROS), proposed.who(), proposed.way(), proposed.reason(),
                proposed.file(), proposed.version(), 0);
        if (!SharedTable.add(connection, new Row(revision, effect, content))) {
            return null;
        }
        agreed.put(revision.file(), revision.version());
        agreed.reach(number);
        return revision;
    }
}
