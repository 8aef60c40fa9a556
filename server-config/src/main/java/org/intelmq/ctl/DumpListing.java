package org.intelmq.ctl;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.intelmq.administration.dumps.DumpStore;
import org.intelmq.administration.dumps.Reasons;

/** Dump files and their entries, as lines for people and as values for programs. */
final class DumpListing {

    private static final int NARROWEST = 13;
    private static final int ERROR_SHOWN = 200;

    private final Output output;

    DumpListing(Session session) {
        this.output = session.output();
    }

    void files(List<Path> files) {
        int width = Math.max(NARROWEST, files.stream().mapToInt(file -> botOf(file).length()).max().orElse(0));
        output.show((" id: %-" + width + "s content").formatted("name (bot id)"));
        List<Map<String, Object>> listed = new ArrayList<>();
        for (Path file : files) {
            String info = new DumpStore(file).info();
            output.show(("%3d: %-" + width + "s %s").formatted(listed.size(), botOf(file), info));
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("bot", botOf(file));
            one.put("file", file.toString());
            one.put("content", info);
            listed.add(one);
        }
        output.result(listed);
    }

    /** @param entries by time */
    void entries(Map<String, Map<String, Object>> entries) {
        List<Map<String, Object>> listed = new ArrayList<>();
        entries.forEach((time, entry) -> {
            output.show("%3d: %s %s".formatted(listed.size(), Output.harmless(time), Output.harmless(lastLine(entry.get("traceback")))));
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("id", time);
            one.put("source_queue", entry.get("source_queue"));
            one.put("error", Reasons.line(entry.get("traceback")));
            listed.add(one);
        });
        output.result(listed);
    }

    static String botOf(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - ".dump".length());
    }

    private static String lastLine(Object traceback) {
        String line = Reasons.line(traceback);
        return line.length() <= ERROR_SHOWN ? line : line.substring(0, ERROR_SHOWN / 2) + "..." + line.substring(line.length() - ERROR_SHOWN / 2);
    }
}
