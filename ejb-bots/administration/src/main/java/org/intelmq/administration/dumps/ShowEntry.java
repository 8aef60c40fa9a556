package org.intelmq.administration.dumps;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.intelmq.access.Role;
import org.intelmq.administration.Query;
import org.intelmq.administration.Site;

/** One entry of a bot's dump. */
public record ShowEntry(String bot, String id) implements Query<DumpedMessage> {

    @Override
    public Role needs() {
        return Role.OPERATOR;
    }

    @Override
    public DumpedMessage perform(Site site) throws IOException {
        return told(id, Dumps.entry(Dumps.of(site, bot), bot, id));
    }

    static DumpedMessage told(String id, Map<String, Object> entry) {
        String text = Dumps.text(entry);
        Object traceback = entry.get("traceback");
        String trace = traceback instanceof List<?> lines ? lines.stream().map(String::valueOf).collect(Collectors.joining("\n")) : String.valueOf(traceback);
        return new DumpedMessage(id, Dumps.time(id), Reasons.line(traceback), text.length(), Objects.toString(entry.get("source_queue"), null), trace, text,
                "base64".equals(entry.get("message_type")));
    }
}
