package org.intelmq.bots.outputs.misp;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intelmq.files.FileWrite;
import org.intelmq.files.PrivateFiles;
import org.intelmq.message.Json;

/**
 * An event of a MISP feed: a file with a head and a list of items, each of which is in it once. It is replaced atomically whenever something
 * is added; previous items are copied without being parsed.
 */
final class FeedEvent {

    private static final byte[] END = "]}}".getBytes(StandardCharsets.US_ASCII);

    private final Path file;
    private final Map<String, Object> head;
    private final String list;
    private final Set<String> identities = new HashSet<>();
    /** The position of the list in the file; 0 while there is none. */
    private long start;

    /** @param list name of the list to which items are added: {@code Object} or {@code Attribute} */
    private FeedEvent(Path file, Map<String, Object> head, String list) {
        this.file = file;
        this.head = head;
        this.list = list;
    }

    static FeedEvent begin(Path folder, Map<String, Object> head, String list) {
        return new FeedEvent(folder.resolve(head.get("uuid") + ".json"), head, list);
    }

    /** The event in a file, as it was written before. */
    static FeedEvent read(Path file, String list) throws IOException {
        if (!(Json.parse(Files.readAllBytes(file)) instanceof Map<?, ?> whole) || !(whole.get("Event") instanceof Map<?, ?> content)) {
            throw new IOException(file + " is not an event of a MISP feed");
        }
        Map<String, Object> head = new LinkedHashMap<>();
        content.forEach((name, value) -> head.put(name.toString(), value));
        List<Map<String, Object>> items = MispServer.maps(head.remove(list));
        FeedEvent event = new FeedEvent(file, head, list);
        event.write(items, Instant.ofEpochSecond(Long.parseLong(head.getOrDefault("timestamp", "0").toString())));
        return event;
    }

    Path file() {
        return file;
    }

    String uuid() {
        return head.get("uuid").toString();
    }

    String info() {
        return head.get("info").toString();
    }

    boolean has(String identity) {
        return identities.contains(identity);
    }

    /** Adds the items that are not yet there. */
    void add(List<Map<String, Object>> items, Instant now) throws IOException {
        List<Map<String, Object>> fresh = items.stream().filter(item -> !has(item.get("uuid").toString())).toList();
        if (!fresh.isEmpty()) {
            write(fresh, now);
        }
    }

    private void write(List<Map<String, Object>> items, Instant now) throws IOException {
        head.put("timestamp", String.valueOf(now.getEpochSecond()));
        head.put("publish_timestamp", String.valueOf(now.getEpochSecond()));
        String text = Json.write(Map.of("Event", head));
        byte[] beginning = (text.substring(0, text.length() - 2) + ", \"" + list + "\": [").getBytes(StandardCharsets.UTF_8);
        Path complete = file.resolveSibling("." + file.getFileName() + ".new");
        Files.deleteIfExists(complete);
        try (FileChannel channel = PrivateFiles.openShared(complete, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                OutputStream out = FileWrite.stream(channel, complete)) {
            out.write(beginning);
            boolean isFirst = copyList(channel) == 0;
            for (Map<String, Object> item : items) {
                out.write(((isFirst ? "" : ", ") + Json.write(item)).getBytes(StandardCharsets.UTF_8));
                isFirst = false;
            }
            out.write(END);
            channel.force(true);
        }
        Files.move(complete, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        PrivateFiles.forceFolder(file.toAbsolutePath().getParent());
        start = beginning.length;
        items.forEach(item -> identities.add(item.get("uuid").toString()));
    }

    /** Returns the number of bytes copied. */
    private long copyList(FileChannel to) throws IOException {
        if (start == 0) {
            return 0;
        }
        try (FileChannel from = FileChannel.open(file, StandardOpenOption.READ)) {
            long end = from.size() - END.length;
            for (long at = start; at < end; ) {
                at += from.transferTo(at, end - at, to);
            }
            return end - start;
        }
    }

    /** What the feed's list of events says about this one. */
    Map<String, Object> summary() {
        Map<String, Object> summary = new LinkedHashMap<>();
        for (String name : List.of("Orgc", "Tag", "info", "date")) {
            summary.put(name, head.get(name));
        }
        for (String name : List.of("analysis", "threat_level_id", "timestamp")) {
            summary.put(name, Long.valueOf(head.get(name).toString()));
        }
        return summary;
    }
}
