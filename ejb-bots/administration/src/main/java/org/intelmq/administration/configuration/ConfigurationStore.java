package org.intelmq.administration.configuration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.intelmq.administration.Caller;
import org.intelmq.administration.Refusal;
import org.intelmq.administration.history.History;
import org.intelmq.administration.history.Revision;
import org.intelmq.administration.history.TextDiff;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.engine.check.ConfigurationCheck;
import org.intelmq.engine.check.KnownBots;
import org.intelmq.pipeline.ConfigurationFile;
import org.intelmq.pipeline.Installation;
import org.intelmq.pipeline.Problem;
import org.intelmq.yaml.ConfigurationText;

/** The configuration of an installation as administration keeps it: the file, its history, the drafts, and the secrets in them. Thread-safe. */
public final class ConfigurationStore {

    private final Installation installation;
    private final Check check;
    private final Leftovers leftovers;
    private final Clock clock;
    private final KnownBots known;
    private final Masking masking;
    private final History history;
    private final Drafts drafts;
    private final ReentrantLock lock = new ReentrantLock();
    /** {@code null} if this server has files of its own. */
    private volatile Agreement agreement;

    /** Looks through a text as the start would. */
    @FunctionalInterface
    public interface Check {
        ConfigurationCheck.Result of(String runtime, KnownBots known);
    }

    public ConfigurationStore(Installation installation, Catalogue catalogue, Check check, Leftovers leftovers,
                              Clock clock) {
        this.installation = installation;
        this.check = check;
        this.leftovers = leftovers;
        this.clock = clock;
        this.known = new KnownBots(clock);
        Path folder = installation.state().resolve("configuration");
        this.masking = new Masking(new Vault(folder.resolve("secrets.json")), catalogue);
        this.history = new History(folder.resolve("history"), clock);
        this.drafts = new Drafts(folder.resolve("drafts"));
    }

    /** From now on what is changed here is changed on several servers. */
    public void shareBy(Agreement others) {
        agreement = others;
    }

    /** Whether other servers have the same configuration, and follow what is changed here. */
    public boolean isShared() {
        return agreement != null;
    }

    public History history() {
        return history;
    }

    Drafts drafts() {
        return drafts;
    }

    Leftovers leftovers() {
        return leftovers;
    }

    public Clock clock() {
        return clock;
    }

    /** The text in force, empty if there is none; what was changed past the server is noted in the history. */
    public RuntimeText current() throws IOException {
        RuntimeText now = inFile();
        // who holds the lock is just changing it, and notes it himself
        if (lock.tryLock()) {
            try {
                note(now);
            } finally {
                lock.unlock();
            }
        }
        return now;
    }

    /** As the file says. */
    public RuntimeText inFile() throws IOException {
        try {
            return new RuntimeText(ConfigurationText.read(installation.runtimeConfiguration()));
        } catch (NoSuchFileException e) {
            return new RuntimeText("");
        }
    }

    /** Servers that share their configuration look by themselves for what was changed by hand. */
    private void note(RuntimeText now) throws IOException {
        if (isShared()) {
            return;
        }
        Revision last = history.newest(file());
        if (last == null ? !now.text().isEmpty() : !last.version().equals(now.version())) {
            record(null, last == null ? "as it was found" : "changed by hand", now, Agreement.Effect.FILE);
        }
    }

    /** As the history names it. */
    public String file() {
        return installation.root().relativize(installation.runtimeConfiguration()).toString();
    }

    /**
     * Alone among all who change the configuration.
     *
     * @throws Refusal if it is shared, and the other servers could not know of a change now
     */
    public <T> T alone(Callable<T> work) throws Exception {
        lock.lock();
        try {
            history.require();
            if (isShared()) {
                return agreement.alone(work);
            }
            note(inFile());
            return work.call();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Alone among those who change the configuration on this server, unless that takes longer than somebody would wait.
     *
     * @return whether it was done
     */
    public boolean aloneHere(Duration patience, Runnable work) throws InterruptedException {
        if (lock.isHeldByCurrentThread() || !lock.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            return false;
        }
        try {
            work.run();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** @throws Refusal {@code changed-meanwhile} if the file does not hold this any more */
    void replace(RuntimeText old, RuntimeText fresh) throws IOException {
        Path file = installation.runtimeConfiguration();
        if (!Files.exists(file)) {
            ConfigurationFile.replace(file, fresh.text());
            return;
        }
        ConfigurationFile.change(file, text -> {
            if (!text.equals(old.text())) {
                throw new Refusal(Refusal.Kind.CONFLICT, "changed-meanwhile", file.getFileName() + " has just been changed",
                        "Look at the plan again.");
            }
            return fresh.text();
        });
    }

    /** @param caller {@code null} if nobody knows who it was */
    Revision record(Caller caller, String reason, RuntimeText now, Agreement.Effect effect) throws IOException {
        Revision proposed = history.next(who(caller), way(caller), reason, file(), now.version(), 0);
        return note(agreed(proposed, now.text(), effect), now.text());
    }

    /**
     * For files other than {@code runtime.yaml}.
     *
     * @param caller {@code null} if nobody knows who it was
     */
    public Revision record(Caller caller, String reason, String file, String content) throws IOException {
        Revision proposed = history.next(who(caller), way(caller), reason, file, RuntimeText.version(content), 0);
        return note(agreed(proposed, content, Agreement.Effect.BOTS), content);
    }

    private Revision agreed(Revision proposed, String content, Agreement.Effect effect) {
        return isShared() ? agreement.agree(proposed, content, effect) : proposed;
    }

    private static String who(Caller caller) {
        return caller == null ? null : caller.name();
    }

    private static String way(Caller caller) {
        return caller == null ? "by hand" : caller.way();
    }

    /**
     * Into the history of this server.
     *
     * @param revision whose number of changes is counted here
     * @param content  with its secrets
     */
    public Revision note(Revision revision, String content) throws IOException {
        Revision last = history.newest(revision.file());
        String before = last == null ? "" : history.content(last);
        String shown = content;
        long changes;
        if (revision.file().equals(file())) {
            RuntimeText text = new RuntimeText(content);
            masking.remember(text);
            shown = masking.masked(text);
            changes = changes(before, shown).size();
        } else {
            changes = TextDiff.unified(revision.file(), before, content).lines().filter(line -> line.matches("[-+](?![-+]).*")).count();
            known.forget();
        }
        return history.add(new Revision(revision.revision(), revision.time(), revision.who(), revision.way(), revision.reason(), revision.file(),
                revision.version(), (int) changes), shown);
    }

    /** Empty if one of them cannot be read. */
    public static List<Change> changes(String before, String after) {
        try {
            return Change.between(new RuntimeText(before).sections(), new RuntimeText(after).sections());
        } catch (Refusal e) {
            return List.of();
        }
    }

    /** What has changed since a version that was in force; empty if the history does not know it. */
    List<Change> changesSince(String version, RuntimeText now) throws IOException {
        for (Revision each : history.all()) {
            if (each.file().equals(file()) && each.version().equals(version)) {
                return changes(history.content(each), masked(now));
            }
        }
        return List.of();
    }

    public String masked(RuntimeText text) throws IOException {
        return masking.masked(text);
    }

    /** The secrets put back. @throws Refusal {@code masked-secret} */
    public RuntimeText unmasked(String text) throws IOException {
        return masking.unmasked(text, inFile());
    }

    /** @throws MaskedSecretException for a mask that stands for nothing */
    Map<String, Object> unmasked(Map<String, Object> sections, Map<String, Object> stored) throws IOException {
        return masking.unmasked(sections, stored);
    }

    void remember(RuntimeText text) throws IOException {
        masking.remember(text);
    }

    /** What the start would say of it; what depends on files may be a minute old. */
    public List<Problem> problems(RuntimeText text) {
        return check.of(text.text(), known).problems();
    }

    /** What the start would say of it at this moment. */
    List<Problem> problemsNow(RuntimeText text) {
        return check.of(text.text(), new KnownBots(clock)).problems();
    }
}
