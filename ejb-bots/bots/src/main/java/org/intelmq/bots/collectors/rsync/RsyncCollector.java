package org.intelmq.bots.collectors.rsync;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.Folder;
import org.intelmq.bot.Form;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.bot.ReportData;
import org.intelmq.bot.Tick;
import org.intelmq.bot.TimedText;
import org.intelmq.files.PrivateFiles;
import org.intelmq.files.Writable;
import org.intelmq.text.python.ShellWords;

/** The file is fetched into a folder on this machine, where rsync finds it the next time and transfers only what has changed. */
public final class RsyncCollector implements Bot<Tick> {

    public record Params(
            @Param(value = "Location of the file: a folder on this machine, host:folder, or rsync://host/module.", example = "rsync://feeds.example/lists",
                    form = Form.LINE)
            String rsyncPath,
            @Param(value = "Name of the file.", example = "list.csv", form = Form.LINE)
            String file,
            @Param(value = "Whether file and path contain placeholders for times, such as {time[%Y-%m-%d]}; a map such as days: -1 shifts the time.",
                    byDefault = "false", example = "days: -1")
            Object rsyncFilePathFormatting,
            @Param(value = "Further arguments of rsync.", optional = true, example = "--checksum --bwlimit=1000")
            String extraParams,
            @Param(value = "Private key for ssh, as text.", optional = true, secret = true, neverEmpty = true)
            String privateKey,
            @Param(value = "File with the private key for ssh.", optional = true, neverEmpty = true, folder = Folder.ROOT)
            String privateKeyPath,
            @Param(value = "Whether ssh refuses unknown hosts; only has an effect with a private key.", byDefault = "false")
            boolean strictHostKeyChecking,
            @Param(value = "Folder that the file is fetched into; by default one of the bot's own, in rsync_collector below IntelMQ's var/lib/bots.",
                    optional = true, folder = Folder.DATA)
            Path tempDirectory,
            @Param(value = "Time limit of a transfer.", byDefault = "1h")
            Duration timeLimit,
            @Param(value = "Polling interval.", byDefault = "1000")
            Duration rateLimit) {

        public Params {
            if (privateKey != null && privateKeyPath != null) {
                throw new IllegalArgumentException("parameters 'private_key' and 'private_key_path' are both set: expected one of them");
            }
        }
    }

    public static final BotType<Params> TYPE = BotType.collector("intelmq.bots.collectors.rsync.collector_rsync", "Rsync",
            "Fetches a file with rsync.", Params.class, RsyncCollector::new).connecting();

    private final Params params;
    private final BotContext context;
    private final TimedText path;
    private final TimedText file;
    private final Path target;
    private final List<String> arguments;

    RsyncCollector(Params params, BotContext context) throws IOException {
        this.params = params;
        this.context = context;
        this.path = timed("rsync_path", params.rsyncPath);
        this.file = timed("file", params.file);
        this.arguments = arguments();
        this.target = params.tempDirectory != null ? params.tempDirectory : context.dataDirectory().resolve("rsync_collector").resolve(context.botId());
        if (!Files.isDirectory(target)) {
            createTarget(context.isRehearsal());
        }
        if (params.privateKey != null || params.privateKeyPath != null) {
            arguments.add("-e");
            arguments.add("ssh -i " + quoted(keyFile()) + " -o StrictHostKeyChecking=" + (params.strictHostKeyChecking ? "yes" : "no"));
        }
    }

    private TimedText timed(String parameter, String text) {
        if (text.isBlank() || text.startsWith("-") || text.indexOf('\0') >= 0) {
            throw new ConfigurationException("parameter '" + parameter + "' cannot be \"" + text + "\": expected a "
                    + (parameter.equals("file") ? "file's name" : "path") + ", which does not begin with a dash");
        }
        return new TimedText(parameter, text, "rsync_file_path_formatting", params.rsyncFilePathFormatting, context.clock());
    }

    private List<String> arguments() {
        try {
            return new ArrayList<>(params.extraParams == null ? List.of() : ShellWords.split(params.extraParams));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("parameter 'extra_params' cannot be \"" + params.extraParams + "\": expected arguments of rsync; "
                    + e.getMessage(), e);
        }
    }

    private void createTarget(boolean isRehearsal) {
        String problem = Writable.folder(target);
        if (problem != null) {
            throw unusableTarget(problem, null);
        }
        if (isRehearsal) {
            return;
        }
        try {
            if (params.tempDirectory == null) {
                PrivateFiles.createDirectories(target);
            } else {
                PrivateFiles.createDirectory(target);
            }
        } catch (IOException e) {
            throw unusableTarget(e.toString(), e);
        }
    }

    private ConfigurationException unusableTarget(String reason, IOException cause) {
        return new ConfigurationException("parameter 'temp_directory' cannot be \"" + target + "\": expected a folder, or one that can be created (" + reason
                + ')', cause);
    }

    private Path keyFile() throws IOException {
        if (params.privateKeyPath != null) {
            return Path.of(params.privateKeyPath);
        }
        Path folder = context.dataDirectory().resolve("privkey_dir_" + context.botId());
        return context.isRehearsal() ? folder.resolve("private.key") : SshKey.write(params.privateKey, folder);
    }

    /** Quoted as rsync splits the command for its remote shell: at blanks outside of quotes. */
    private static String quoted(Path key) {
        String name = key.toString();
        if (name.matches("[^\\s'\"]+")) {
            return name;
        }
        if (name.contains("'") || name.contains("\n")) {
            throw new ConfigurationException("parameter 'private_key_path' cannot be \"" + name
                    + "\": expected a path without quotes, as rsync could not pass them on");
        }
        return '\'' + name + '\'';
    }

    @Override
    public void process(Tick tick, Outbox out) throws IOException, InterruptedException {
        String name = file.now();
        String folder = path.now();
        List<String> command = new ArrayList<>(List.of("rsync"));
        command.addAll(arguments);
        // what follows is never taken for an option
        command.addAll(List.of("--", folder.endsWith("/") ? folder + name : folder + '/' + name, target.toString()));
        context.log().info("Updating file " + name + ".");
        RsyncRun.run(command, context.environment(), target, params.timeLimit);
        Path fetched = target.resolve(name.substring(name.lastIndexOf('/') + 1));
        if (!Files.isRegularFile(fetched)) {
            throw new IOException("rsync has fetched no " + fetched + ": parameter 'file' is \"" + name + "\", expected the name of one file");
        }
        if (Files.size(fetched) == 0) {
            context.log().info("File " + name + " is empty.");
            return;
        }
        out.send(context.newReport(), ReportData.of(fetched));
    }
}
