package org.intelmq.bots.experts.asnlookup;

import java.io.BufferedInputStream;
import java.io.BufferedWriter;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.intelmq.bot.Http;
import org.intelmq.text.net.IpAddress;
import org.intelmq.text.net.IpNetwork;

/** The newest routing table of a collector of routeviews.org: MRT (RFC 6396), compressed with bzip2, converted to pyasn's text format. */
final class RouteViews {

    private static final URI ARCHIVE = URI.create("http://archive.routeviews.org/route-views4/bgpdata/");
    private static final Pattern MONTH = Pattern.compile("href=\"(\\d{4}\\.\\d{2})/\"");
    private static final Pattern TABLE = Pattern.compile("href=\"(rib\\.\\d{8}\\.\\d{4}\\.bz2)\"");
    private static final int TABLE_DUMP_V2 = 13;
    private static final int RIB_IPV4_UNICAST = 2;
    private static final int RIB_IPV6_UNICAST = 4;
    private static final int AS_PATH = 2;
    private static final int EXTENDED_LENGTH = 0x10;
    private static final int LONGEST_RECORD = 1 << 24;

    private RouteViews() { }

    static void write(Http http, OutputStream target) throws IOException, InterruptedException {
        URI table = newest(http);
        Map<IpNetwork, Long> origins = read(http.get(table));
        if (origins.isEmpty()) {
            throw new IOException(table + " contains no routes");
        }
        BufferedWriter out = new BufferedWriter(new OutputStreamWriter(target, StandardCharsets.US_ASCII));
        out.write("; IP-ASN32-DAT file\n; Original file : " + table + "\n;\n");
        for (Map.Entry<IpNetwork, Long> origin : origins.entrySet()) {
            out.write(origin.getKey() + "\t" + origin.getValue() + '\n');
        }
        out.flush();
    }

    /** The folder of the next month appears some days before its first table. */
    private static URI newest(Http http) throws IOException, InterruptedException {
        List<String> months = names(http, ARCHIVE, MONTH);
        for (String month : months.subList(0, Math.min(2, months.size()))) {
            URI folder = ARCHIVE.resolve(month + "/RIBS/");
            List<String> tables = names(http, folder, TABLE);
            if (!tables.isEmpty()) {
                return folder.resolve(tables.get(0));
            }
        }
        throw new IOException(ARCHIVE + " lists no routing table in " + months);
    }

    private static List<String> names(Http http, URI page, Pattern name) throws IOException, InterruptedException {
        return name.matcher(new String(http.get(page), StandardCharsets.UTF_8)).results().map(match -> match.group(1)).distinct()
                .sorted(Comparator.reverseOrder()).toList();
    }

    static Map<IpNetwork, Long> read(byte[] packed) throws IOException {
        Map<IpNetwork, Long> origins = new LinkedHashMap<>();
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(new BZip2CompressorInputStream(new ByteArrayInputStream(packed), true)))) {
            while (true) {
                byte[] time = in.readNBytes(4);
                if (time.length < 4) {
                    return origins;
                }
                int type = in.readUnsignedShort();
                int subtype = in.readUnsignedShort();
                int length = in.readInt();
                if (length < 0 || length > LONGEST_RECORD) {
                    throw new IOException("the routing table is damaged: a record of " + length + " bytes");
                }
                byte[] record = in.readNBytes(length);
                if (type == TABLE_DUMP_V2 && (subtype == RIB_IPV4_UNICAST || subtype == RIB_IPV6_UNICAST)) {
                    addOrigin(ByteBuffer.wrap(record), subtype == RIB_IPV4_UNICAST, origins);
                }
            }
        }
    }

    /** Adds the route of the first peer. */
    private static void addOrigin(ByteBuffer in, boolean v4, Map<IpNetwork, Long> origins) {
        in.getInt();
        int prefix = in.get() & 0xff;
        byte[] address = new byte[v4 ? 4 : 16];
        in.get(address, 0, (prefix + 7) / 8);
        int entries = in.getShort() & 0xffff;
        if (entries == 0 || prefix == 0) {
            return;
        }
        in.getShort();
        in.getInt();
        int attributes = in.getShort() & 0xffff;
        Long origin = origin(in.slice(in.position(), attributes));
        if (origin != null) {
            origins.putIfAbsent(new IpNetwork(address(address), prefix), origin);
        }
    }

    private static IpAddress address(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return bytes.length == 4 ? IpAddress.ofV4(buffer.getInt() & 0xffffffffL) : new IpAddress(false, buffer.getLong(), buffer.getLong(), null);
    }

    private static Long origin(ByteBuffer attributes) {
        while (attributes.remaining() > 2) {
            int flags = attributes.get();
            int type = attributes.get() & 0xff;
            int length = (flags & EXTENDED_LENGTH) != 0 ? attributes.getShort() & 0xffff : attributes.get() & 0xff;
            if (type == AS_PATH) {
                return lastAs(attributes.slice(attributes.position(), length));
            }
            attributes.position(attributes.position() + length);
        }
        return null;
    }

    /** The last AS of the path's last segment; of a set, which has no order, the smallest. */
    private static Long lastAs(ByteBuffer path) {
        Long last = null;
        while (path.remaining() >= 2) {
            boolean isSet = path.get() == 1;
            int count = path.get() & 0xff;
            List<Long> segment = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                segment.add(path.getInt() & 0xffffffffL);
            }
            if (count > 0) {
                last = isSet ? segment.stream().min(Comparator.naturalOrder()).orElseThrow() : segment.get(count - 1);
            }
        }
        return last;
    }
}
