package org.intelmq.administration.dumps;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.intelmq.administration.Refusal;
import org.intelmq.administration.Site;
import org.intelmq.message.Json;
import org.intelmq.message.JsonException;
import org.intelmq.pipeline.BotConfiguration;

/** The dump files of an installation. */
final class Dumps {

    private static final Pattern NAME = Pattern.compile("[0-9a-zA-Z-]+");
    private static final String SUFFIX = ".dump";

    private Dumps() { }

    /** By bot, those of bots that are gone and of purged queues too. */
    static Map<String, Path> files(Site site) throws IOException {
        Map<String, Path> files = new TreeMap<>();
        List<Path> folders = new ArrayList<>(List.of(site.installation().log()));
        site.configuration().bots().values().forEach(bot -> folders.add(site.installation().log(bot)));
        for (Path folder : folders.stream().distinct().filter(Files::isDirectory).toList()) {
            try (Stream<Path> found = Files.list(folder)) {
                found.filter(file -> file.getFileName().toString().endsWith(SUFFIX)).forEach(file -> files.putIfAbsent(name(file), file));
            }
        }
        return files;
    }

    private static String name(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - SUFFIX.length());
    }

    /** @throws Refusal if there is none */
    static DumpStore of(Site site, String bot) {
        BotConfiguration configured = site.configuration().bot(bot);
        Path folder = configured == null ? site.installation().log() : site.installation().log(configured);
        if (!NAME.matcher(bot).matches() || Files.notExists(folder.resolve(bot + SUFFIX))) {
            throw new Refusal(Refusal.Kind.UNKNOWN, "unknown-dump", "there is no dump of '" + bot + "': nothing has failed, or everything has been "
                    + "dealt with",
                    "GET dumps lists them.");
        }
        return new DumpStore(folder.resolve(bot + SUFFIX));
    }

    /** What is read of a dump. */
    @FunctionalInterface
    interface Reading<A> {
        A read() throws IOException;
    }

    /**
     * Reads the dump.
     *
     * @param empty the answer if the dump has just gone with its last entry
     * @throws Refusal if the file is none
     */
    static <A> A read(String bot, A empty, Reading<A> reading) throws IOException {
        try {
            return reading.read();
        } catch (NoSuchFileException e) {
            return empty;
        } catch (DumpStore.EntryTooLarge e) {
            throw new Refusal(Refusal.Kind.UNACCEPTABLE, "entry-too-large", "an entry of the dump of '" + bot + "' is too large to be shown or changed here: "
                    + e.getReason(), "Use intelmqdump on the server, or delete the entry.");
        } catch (JsonException | ClassCastException | FileSystemException e) {
            throw new Refusal(Refusal.Kind.CONFLICT, "damaged-dump", "the dump of '" + bot + "' cannot be read: " + e.getMessage(),
                    "Fix the file by hand, or let the bot do it with its next entry.");
        }
    }

    /** @throws Refusal if there is none under the key */
    static Map<String, Object> entry(DumpStore store, String bot, String id) throws IOException {
        Map<String, Object> entry = read(bot, null, () -> store.entry(id));
        if (entry == null) {
            throw new Refusal(Refusal.Kind.UNKNOWN, "unknown-entry", "the dump of '" + bot + "' has no entry '" + id + "': it may have been dealt with",
                    "Look at the dump again.");
        }
        return entry;
    }

    /** The message as text. */
    static String text(Map<String, Object> entry) {
        Object message = entry.get("message");
        return message instanceof String text ? text : Json.write(message);
    }

    /** When it failed, as the key tells; {@code null} if that is none of ours. */
    static Instant time(String id) {
        try {
            return LocalDateTime.parse(id).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Keys of the entries that are meant, oldest first: exactly one way to choose must be given. @throws Refusal else */
    static List<String> chosen(DumpStore store, String bot, List<String> ids, String reason, boolean all) throws IOException {
        boolean byIds = ids != null && !ids.isEmpty();
        if ((byIds ? 1 : 0) + (reason != null ? 1 : 0) + (all ? 1 : 0) != 1) {
            throw new Refusal(Refusal.Kind.INVALID, "nothing-chosen", "nothing is chosen: expected one of ids, reason and all",
                    "Name entries, or give a reason as GET dumps shows it.");
        }
        Set<String> named = byIds ? Set.copyOf(ids) : Set.of();
        return read(bot, List.of(), () -> {
            Set<String> chosen = new TreeSet<>();
            store.forEach(0, found -> {
                if (all || named.contains(found.id()) || reason != null && reason.equals(Reasons.kind(found.traceback()))) {
                    chosen.add(found.id());
                }
            });
            return List.copyOf(chosen);
        });
    }
}
