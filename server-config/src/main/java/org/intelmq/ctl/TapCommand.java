package org.intelmq.ctl;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import org.intelmq.message.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code intelmqctl tap}: what a bot sends, as it happens. */
@Command(name = "tap", description = "Watch what a bot sends or, if it is an output, what it receives. The bot is not disturbed.")
final class TapCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "BOT", completionCandidates = ConfiguredBots.class)
    private String bot;

    @Option(names = "--path", paramLabel = "P", description = "Only messages sent along this path.")
    private String path;

    @Option(names = "--where", paramLabel = "EXPR", description = "Only messages that match, such as 'source.asn = 64496 and malware.name ^= emo'. "
            + "The operators are =, !=, ^= (begins with) and *= (contains); a field without one must be present.")
    private String where;

    @Option(names = "--count", paramLabel = "N", defaultValue = "0", description = "End after this many messages. Default: continue until interrupted")
    private int count;

    TapCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        String topic = "tap:" + bot + (path == null ? "" : ":" + path);
        String query = "stream?topics=" + encoded(topic) + (where == null ? "" : "&where=" + encoded(where));
        int[] left = {count};
        session.output().say("Watching bot " + bot + "; press Ctrl-C to end.");
        session.remote().follow(query, data -> {
            Map<?, ?> seen = (Map<?, ?>) Json.parse(data);
            session.output().raw(session.output().isText() ? Json.pretty(seen.get("event")) : Json.write(seen));
            if (((Number) seen.get("not_shown")).longValue() > 0) {
                session.output().complainInText(seen.get("not_shown") + " more were not shown.");
            }
            return count == 0 || --left[0] > 0;
        });
        return 0;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
