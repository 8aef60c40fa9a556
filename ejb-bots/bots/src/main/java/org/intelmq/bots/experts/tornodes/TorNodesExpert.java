package org.intelmq.bots.experts.tornodes;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.Folder;
import org.intelmq.bot.Http;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.files.WholeFile;
import org.intelmq.message.Field;
import org.intelmq.message.Fields;
import org.intelmq.message.Message;

/** Database: https://check.torproject.org/exit-addresses, of which the file keeps the addresses, one a line. */
public final class TorNodesExpert implements Bot<Message> {

    public static final BotType<Params> TYPE = BotType.expert("intelmq.bots.experts.tor_nodes.expert", "Tor Nodes",
            "Marks addresses that are Tor exit nodes in a local list.", Params.class, TorNodesExpert::new)
            .updating(params -> params.autoupdateCachedDatabase() ? params.database() : null, (params, http, target) ->
                    target.write(exitAddresses(http).getBytes(StandardCharsets.UTF_8)));

    public record Params(
            @Param(value = "File with one address per line; below var/lib/bots if not absolute.", byDefault = "tor_nodes/tor_nodes.dat", folder = Folder.DATA)
            Path database,
            @Param(value = "Whether a mark that is set already is replaced.", byDefault = "false")
            boolean overwrite,
            @Param(value = "Whether update-database updates the file.", byDefault = "true")
            boolean autoupdateCachedDatabase) { }

    private static final URI EXIT_ADDRESSES = URI.create("https://check.torproject.org/exit-addresses");
    private static final Pattern EXIT_ADDRESS = Pattern.compile("ExitAddress ([^\\s]+)");

    private final boolean overwrite;
    private final Set<String> nodes;

    private TorNodesExpert(Params params, BotContext context) {
        this.overwrite = params.overwrite();
        this.nodes = read(context.dataDirectory().resolve(params.database()));
    }

    private static Set<String> read(Path file) {
        try (Stream<String> lines = Files.lines(WholeFile.require(file))) {
            return lines.map(String::strip).filter(line -> !line.isEmpty() && line.charAt(0) != '#').collect(Collectors.toCollection(HashSet::new));
        } catch (IOException e) {
            throw new ConfigurationException("parameter 'database' cannot be \"" + file + "\": expected a readable file, see update-database (" + e + ')', e);
        }
    }

    private static String exitAddresses(Http http) throws IOException, InterruptedException {
        String text = new String(http.get(EXIT_ADDRESSES), StandardCharsets.UTF_8);
        String addresses = EXIT_ADDRESS.matcher(text).results().map(match -> match.group(1)).collect(Collectors.joining("\n"));
        if (addresses.isEmpty()) {
            throw new IOException(EXIT_ADDRESSES + " names no ExitAddress");
        }
        return addresses + '\n';
    }

    @Override
    public void process(Message event, Outbox out) {
        mark(event, Fields.SOURCE_IP, Fields.SOURCE_TOR_NODE);
        mark(event, Fields.DESTINATION_IP, Fields.DESTINATION_TOR_NODE);
        out.send(event);
    }

    private void mark(Message event, Field address, Field mark) {
        if (event.get(address) instanceof String text && (overwrite || !event.has(mark)) && nodes.contains(text)) {
            event.put(mark, true);
        }
    }
}
