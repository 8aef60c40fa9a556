package org.intelmq.bots.experts.maxmindgeoip;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes https://maxmind.github.io/MaxMind-DB/ for a tree of one node, whose right branch has the data. */
public final class Mmdb {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private Mmdb() { }

    public static byte[] withOneNode(Map<String, Object> data) {
        Mmdb file = new Mmdb();
        int nodes = 1;
        file.out.writeBytes(new byte[] {0, 0, (byte) nodes, 0, 0, (byte) (nodes + 16)});
        file.out.writeBytes(new byte[16]);
        file.value(data);
        file.out.writeBytes(new byte[] {(byte) 0xab, (byte) 0xcd, (byte) 0xef});
        file.out.writeBytes("MaxMind.com".getBytes(StandardCharsets.US_ASCII));
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("node_count", nodes);
        metadata.put("record_size", (short) 24);
        metadata.put("ip_version", (short) 4);
        metadata.put("database_type", "GeoLite2-City");
        metadata.put("languages", List.of("en"));
        metadata.put("binary_format_major_version", (short) 2);
        metadata.put("binary_format_minor_version", (short) 0);
        metadata.put("build_epoch", 1L);
        metadata.put("description", Map.of("en", "test"));
        file.value(metadata);
        return file.out.toByteArray();
    }

    private void value(Object value) {
        if (value instanceof String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            out.write(2 << 5 | bytes.length);
            out.writeBytes(bytes);
        } else if (value instanceof Double number) {
            out.write(3 << 5 | 8);
            out.writeBytes(ByteBuffer.allocate(8).putDouble(number).array());
        } else if (value instanceof Short number) {
            out.write(5 << 5 | 2);
            out.writeBytes(ByteBuffer.allocate(2).putShort(number).array());
        } else if (value instanceof Integer number) {
            out.write(6 << 5 | 4);
            out.writeBytes(ByteBuffer.allocate(4).putInt(number).array());
        } else if (value instanceof Long number) {
            out.write(8);
            out.write(9 - 7);
            out.writeBytes(ByteBuffer.allocate(8).putLong(number).array());
        } else if (value instanceof List<?> list) {
            out.write(list.size());
            out.write(11 - 7);
            list.forEach(this::value);
        } else {
            Map<?, ?> map = (Map<?, ?>) value;
            out.write(7 << 5 | map.size());
            map.forEach((key, item) -> {
                value(key);
                value(item);
            });
        }
    }
}
