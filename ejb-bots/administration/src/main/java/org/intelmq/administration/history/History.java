package org.intelmq.administration.history;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.intelmq.files.PrivateFiles;
import org.intelmq.files.WholeFile;
import org.intelmq.message.Json;
import org.intelmq.message.JsonException;

/**
 * A folder of plain files, one folder a revision: {@code about.json} (who, when, why), {@code changes.diff} and {@code content}, the
 * whole file with its secrets masked. Nothing in it is ever changed, so that it may be put under version control. Thread-safe.
 */
public final class History {

    private static final Pattern REVISION = Pattern.compile("\\d{6,}");
    private static final String ABOUT = "about.json";
    private static final String CONTENT = "content";
    private static final String DIFF = "changes.diff";

    private final Path folder;
    private final Clock clock;
    private List<Revision> known;

    /** @param folder is made with the first revision */
    public History(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /** @throws IOException if nothing can be written down, so that nothing should be changed either */
    public synchronized void require() throws IOException {
        PrivateFiles.createDirectories(folder);
        if (!Files.isWritable(folder)) {
            throw new IOException("the history " + folder + " cannot be written: no permission");
        }
    }

    /** Newest first. */
    public synchronized List<Revision> all() throws IOException {
        if (known == null) {
            known = read();
        }
        return List.copyOf(known);
    }

    /** The newest of this file, {@code null} if there is none. */
    public synchronized Revision newest(String file) throws IOException {
        return all().stream().filter(each -> each.file().equals(file)).findFirst().orElse(null);
    }

    /** The one before of the same file, {@code null} if there is none. */
    public Revision before(Revision revision) throws IOException {
        return all().stream().filter(each -> each.file().equals(revision.file()) && each.revision() < revision.revision()).findFirst().orElse(null);
    }

    /** {@code null} if there is none. */
    public Revision find(long revision) throws IOException {
        return all().stream().filter(each -> each.revision() == revision).findFirst().orElse(null);
    }

    /** The whole file, secrets masked. */
    public String content(Revision revision) throws IOException {
        return WholeFile.text(WholeFile.own(folder(revision).resolve(CONTENT)));
    }

    public String diff(Revision revision) throws IOException {
        return WholeFile.text(WholeFile.own(folder(revision).resolve(DIFF)));
    }

    /** The number of the last revision, 0 if there is none. */
    public synchronized long last() throws IOException {
        return all().stream().mapToLong(Revision::revision).max().orElse(0);
    }

    /**
     * As it would be added now.
     *
     * @param who     {@code null} if nobody knows
     * @param version of the content with its secrets
     */
    public synchronized Revision next(String who, String way, String reason, String file, String version, int changes) throws IOException {
        return new Revision(last() + 1, clock.instant(), who, way, reason, file, version, changes);
    }

    /** @param content secrets masked */
    public synchronized Revision add(Revision revision, String content) throws IOException {
        require();
        long number = revision.revision();
        String file = revision.file();
        Revision last = newest(file);
        Path made = PrivateFiles.createDirectory(folder.resolve("." + name(number) + ".new." + ProcessHandle.current().pid()));
        PrivateFiles.writeString(made.resolve(CONTENT), content, StandardOpenOption.CREATE_NEW);
        PrivateFiles.writeString(made.resolve(DIFF), TextDiff.unified(file, last == null ? "" : content(last), content), StandardOpenOption.CREATE_NEW);
        PrivateFiles.writeString(made.resolve(ABOUT), Json.pretty(about(revision)) + "\n", StandardOpenOption.CREATE_NEW);
        if (Files.exists(folder(revision))) {
            known = null;
            throw new FileAlreadyExistsException(folder(revision).toString(), null, "another process has just written to it: try again");
        }
        Files.move(made, folder(revision), StandardCopyOption.ATOMIC_MOVE);
        PrivateFiles.forceFolder(folder);
        known.add(0, revision);
        return revision;
    }

    /** Begins anew; the revisions are kept in another folder. @return that folder, {@code null} if there was nothing to keep */
    public synchronized Path beginAnew(String name) throws IOException {
        if (all().isEmpty()) {
            return null;
        }
        Path kept = folder.resolveSibling(folder.getFileName() + "." + name);
        Files.move(folder, kept);
        known = null;
        return kept;
    }

    private Path folder(Revision revision) {
        return folder.resolve(name(revision.revision()));
    }

    private static String name(long revision) {
        return String.format("%06d", revision);
    }

    private List<Revision> read() throws IOException {
        List<Revision> found = new ArrayList<>();
        try (Stream<Path> folders = Files.list(folder)) {
            for (Path each : folders.filter(path -> REVISION.matcher(path.getFileName().toString()).matches()).toList()) {
                found.add(read(each));
            }
        } catch (NoSuchFileException e) {
            return found;
        }
        found.sort(Comparator.comparingLong(Revision::revision).reversed());
        return found;
    }

    private static Revision read(Path each) throws IOException {
        Path file = each.resolve(ABOUT);
        try {
            Map<?, ?> about = (Map<?, ?>) Json.parse(WholeFile.text(WholeFile.own(file)));
            return new Revision(Long.parseLong(each.getFileName().toString()), Instant.parse((String) about.get("time")), (String) about.get("who"),
                    (String) about.get("way"), (String) about.get("reason"), (String) about.get("file"), (String) about.get("version"),
                    ((Number) about.get("changes")).intValue());
        } catch (JsonException | ClassCastException | NullPointerException | IllegalArgumentException e) {
            throw new IOException(file + " is unusable: restore its content, or move its folder away", e);
        }
    }

    private static Map<String, Object> about(Revision revision) {
        Map<String, Object> about = new LinkedHashMap<>();
        about.put("time", revision.time().toString());
        about.put("who", revision.who());
        about.put("way", revision.way());
        about.put("reason", revision.reason());
        about.put("file", revision.file());
        about.put("version", revision.version());
        about.put("changes", revision.changes());
        return about;
    }
}
