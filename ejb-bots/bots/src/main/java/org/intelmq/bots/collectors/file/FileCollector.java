package org.intelmq.bots.collectors.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.bot.ReportData;
import org.intelmq.bot.ReportTooLargeException;
import org.intelmq.bot.Tick;
import org.intelmq.chunks.Chunks;
import org.intelmq.message.Fields;
import org.intelmq.message.IfPresent;
import org.intelmq.message.Report;
import org.intelmq.text.encoding.Base64Text;

/** One report per file, or per chunk of it; with a chunk size, memory holds one chunk at a time. */
public final class FileCollector implements Bot<Tick> {

    public record Params(
            @Param(value = "Folder to read; subfolders are ignored.", byDefault = "/tmp/")
            Path path,
            @Param(value = "Suffix of the names of the files to fetch; *, ? and [abc] are wildcards.", byDefault = ".csv")
            String postfix,
            @Param(value = "Whether a file is deleted once its reports are stored safely.", byDefault = "false")
            boolean deleteFile,
            @Param(value = "Maximum size of a report in bytes; larger files are split at line ends. If not set, files are not split.", optional = true,
                    example = "10000000")
            Integer chunkSize,
            @Param(value = "Whether each chunk begins with the file's first line.", byDefault = "true")
            boolean chunkReplicateHeader,
            @Param(value = "Polling interval.", byDefault = "300")
            Duration rateLimit) { }

    public static final BotType<Params> TYPE = BotType.collector("intelmq.bots.collectors.file.collector_file", "File",
            "Reads the files of a folder.", Params.class, FileCollector::new);

    private static final Path SHARED = Path.of("/tmp");

    private final Params params;
    private final BotContext context;
    private final Pattern names;
    private String undeletable;

    FileCollector(Params params, BotContext context) {
        this.params = params;
        this.context = context;
        if (!Files.isDirectory(params.path())) {
            throw new ConfigurationException("parameter 'path' cannot be \"" + params.path() + "\": expected a folder that exists");
        }
        if (params.postfix().isEmpty()) {
            if (params.deleteFile()) {
                throw new ConfigurationException("parameter 'postfix' is empty and 'delete_file' is true: that would delete all files in "
                        + params.path());
            }
            context.log().warning("Parameter 'postfix' is empty: all files in " + params.path() + " are read.");
        }
        if (params.deleteFile() && params.path().toAbsolutePath().normalize().equals(SHARED)) {
            context.log().warning("Parameter 'delete_file' is true and 'path' is " + SHARED + ", which others use too and is the default: "
                    + "files there with names that end with '" + params.postfix()
                    + "' are deleted once they have been read. Set 'path' to a folder of the bot's own.");
        }
        names = Glob.pattern('*' + params.postfix());
    }

    @Override
    public void process(Tick tick, Outbox out) throws IOException {
        if (undeletable != null) {
            throw new ConfigurationException(undeletable);
        }
        if (!Files.isDirectory(params.path())) {
            return;
        }
        Path folder = params.path().toAbsolutePath().normalize();
        List<Path> files;
        try (Stream<Path> found = Files.list(folder)) {
            files = found.filter(file -> names.matcher(file.getFileName().toString()).matches() && Files.isRegularFile(file)).sorted().toList();
        }
        for (Path file : files) {
            try {
                if (FileLocks.isLocked(file)) {
                    context.log().info("File " + file + " is locked by another process, skipping.");
                } else {
                    collect(file, tick, out);
                }
            } catch (NoSuchFileException e) {
                context.log().info("File " + file + " is gone, skipping.");
            }
        }
    }

    /** A file that is too large stays where it is, and the others are collected. */
    private void collect(Path file, Tick tick, Outbox out) throws IOException {
        context.log().info("Processing file " + file + ".");
        String identity = identity(file, tick);
        try {
            if (params.chunkSize() != null) {
                sendChunks(file, identity, out);
            } else if (Files.size(file) > 0) {
                out.send(report(file, identity), ReportData.of(file));
            }
        } catch (ReportTooLargeException e) {
            context.log().severe("File " + file + " stays where it is: " + e.getMessage());
            return;
        }
        if (params.deleteFile()) {
            out.afterCommit(() -> delete(file));
        }
    }

    private void sendChunks(Path file, String identity, Outbox out) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            Chunks chunks = new Chunks(in, params.chunkSize(), params.chunkReplicateHeader());
            long number = 0;
            for (byte[] chunk = chunks.next(); chunk != null; chunk = chunks.next()) {
                Report report = report(file, identity + '.' + number++);
                report.addUnsanitized(Fields.RAW, Base64Text.encode(chunk), IfPresent.REPLACE, true);
                out.send(report);
            }
        }
    }

    private Report report(Path file, String identity) {
        Report report = context.newReport();
        report.add(Fields.FEED_URL, "file://localhost" + file);
        report.add("extra.file_name", file.getFileName().toString());
        report.identify(identity);
        return report;
    }

    /**
     * The same when a file comes again because a crash prevented its deletion, so that nothing is counted twice. A file that is not deleted is
     * meant to come again with each tick.
     */
    private String identity(Path file, Tick tick) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        String seen = file + "\n" + attributes.size() + '\n' + attributes.lastModifiedTime() + '\n' + attributes.fileKey()
                + (params.deleteFile() ? "" : "\n" + tick.at());
        return UUID.nameUUIDFromBytes(seen.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            undeletable = "File " + file + " was read but cannot be deleted (" + e + "): stopping, so that it is not read again.";
            context.log().severe(undeletable);
        }
    }
}
