package org.intelmq.bots.outputs.files;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.OutputFormat;
import org.intelmq.bot.OutputParams;
import org.intelmq.bot.Param;
import org.intelmq.eventfile.OutputPlaces;
import org.intelmq.files.FileWrite;
import org.intelmq.files.Writable;
import org.intelmq.message.Message;
import org.intelmq.text.ControlCharacters;
import org.intelmq.text.json.JsonBuffer;

/** As in a Maildir, a file appears in the folder, under a unique name, only when it is complete. */
public final class FilesOutput implements Bot<Message> {

    public record Params(
            @Param(value = "Folder for the files; by default files-output/incoming in the data directory.", optional = true)
            Path dir,
            @Param(value = "Folder for files being written, on the same file system; by default files-output/tmp.", optional = true)
            Path tmp,
            @Param(value = "Suffix of the files' names.", byDefault = ".json")
            String suffix,
            OutputParams output) {

        public Params {
            if (suffix.chars().anyMatch(c -> c == '/' || c == '\\' || Character.isISOControl(c))) {
                throw new IllegalArgumentException("parameter 'suffix' cannot be \"" + ControlCharacters.spelledOut(suffix)
                        + "\": expected the end of a file's name, such as .json, without / and \\; 'dir' names the folder");
            }
        }
    }

    public static final BotType<Params> TYPE = BotType.output("intelmq.bots.outputs.files.output", "Files",
            "Writes each event into a file of its own.", Params.class, FilesOutput::new);

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,150}");
    private static final AtomicLong WRITTEN = new AtomicLong();

    private final OutputFormat format;
    private final Path directory;
    private final Path unfinished;
    private final String suffix;
    private final String host;
    private final OutputPlaces places;
    private final BotContext context;
    private final JsonBuffer text = new JsonBuffer();

    FilesOutput(Params params, BotContext context) throws IOException {
        this.context = context;
        format = new OutputFormat(params.output());
        suffix = params.suffix();
        host = InetAddress.getLocalHost().getHostName();
        places = OutputPlaces.of(context);
        Path home = context.dataDirectory().resolve("files-output");
        unfinished = folder("tmp", params.tmp() == null ? home.resolve("tmp") : params.tmp());
        directory = folder("dir", params.dir() == null ? home.resolve("incoming") : params.dir());
        if (Files.exists(unfinished) && Files.exists(directory) && !Files.getFileStore(unfinished).equals(Files.getFileStore(directory))) {
            throw new ConfigurationException("parameters 'tmp' and 'dir': " + unfinished + " and " + directory + " are on different file systems");
        }
    }

    private Path folder(String parameter, Path path) {
        String reason = Writable.folder(path);
        try {
            if (reason == null) {
                return context.isRehearsal() ? path : places.createDirectories(path);
            }
        } catch (IOException e) {
            throw new ConfigurationException(unusable(parameter, path, e.toString()), e);
        }
        throw new ConfigurationException(unusable(parameter, path, reason));
    }

    private static String unusable(String parameter, Path path, String reason) {
        return "parameter '" + parameter + "' cannot be \"" + path + "\": not a writable folder, and none can be created there (" + reason + ")";
    }

    @Override
    public void process(Message event, Outbox out) throws IOException {
        text.truncate(0);
        format.write(event, text);
        String name = host + '.' + distinction(event) + suffix;
        Path file = unfinished.resolve(name);
        try (FileChannel channel = places.open(file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            FileWrite.all(channel, text.toByteBuffer(), file);
        }
        Files.move(file, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    /** The same for an event that comes again, so that its file is replaced and not doubled. */
    private String distinction(Message event) {
        return event.id() != null && PLAIN.matcher(event.id()).matches() ? event.id()
                : ProcessHandle.current().pid() + "." + context.clock().millis() + '.' + WRITTEN.incrementAndGet();
    }
}
