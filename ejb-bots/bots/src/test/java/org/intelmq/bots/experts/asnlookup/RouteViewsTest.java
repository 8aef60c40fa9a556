package org.intelmq.bots.experts.asnlookup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.intelmq.bot.Http;
import org.junit.jupiter.api.Test;

class RouteViewsTest {

    private static byte[] table() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(new BZip2CompressorOutputStream(packed))) {
            record(out, 1, new byte[] {1, 2, 3, 4, 0, 0, 0, 0});
            record(out, 2, rib(24, new int[] {192, 0, 2}, new int[] {2, 2, 0, 0, 0xfb, 0xf0, 0, 0, 0xfb, 0xf4}));
            record(out, 2, rib(0, new int[0], new int[] {2, 1, 0, 0, 0, 9}));
            record(out, 4, rib(32, new int[] {0x20, 1, 0xd, 0xb8}, new int[] {2, 1, 0, 0, 0, 1, 1, 2, 0, 3, 0, 1, 0, 0, 0, 7}));
        }
        return packed.toByteArray();
    }

    private static void record(DataOutputStream out, int subtype, byte[] content) throws IOException {
        out.writeInt(0);
        out.writeShort(13);
        out.writeShort(subtype);
        out.writeInt(content.length);
        out.write(content);
    }

    private static byte[] rib(int prefix, int[] address, int[] path) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(1);
        out.writeByte(prefix);
        for (int part : address) {
            out.writeByte(part);
        }
        out.writeShort(1);
        out.writeShort(0);
        out.writeInt(0);
        out.writeShort(4 + 4 + path.length);
        out.write(new byte[] {0x40, 1, 1, 0});
        out.write(new byte[] {0x50, 2, 0, (byte) path.length});
        for (int part : path) {
            out.writeByte(part);
        }
        return bytes.toByteArray();
    }

    private static Http serving(Map<String, byte[]> pages) {
        return new Http() {
            @Override
            public HttpResponse<InputStream> send(HttpRequest request) {
                throw new UnsupportedOperationException();
            }

            @Override
            public HttpRequest.Builder request(URI address) {
                throw new UnsupportedOperationException();
            }

            @Override
            public byte[] get(URI address) throws IOException {
                byte[] page = pages.get(address.getPath());
                if (page == null) {
                    throw new IOException(address + " is not there");
                }
                return page;
            }
        };
    }

    private static byte[] page(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void writesTheNewestTableAsText() throws Exception {
        Http http = serving(Map.of(
                "/route-views4/bgpdata/", page("<a href=\"2024.04/\">a</a><a href=\"2024.06/\">b</a><a href=\"2024.05/\">c</a>"),
                "/route-views4/bgpdata/2024.06/RIBS/", page("<a href=\"../\">up</a>"),
                "/route-views4/bgpdata/2024.05/RIBS/", page("<a href=\"rib.20240516.2200.bz2\">x</a><a href=\"rib.20240517.0000.bz2\">y</a>"),
                "/route-views4/bgpdata/2024.05/RIBS/rib.20240517.0000.bz2", table()));
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        AsnLookupExpert.TYPE.update().fetch().fetch(null, http, target);
        assertEquals("; IP-ASN32-DAT file\n; Original file : http://archive.routeviews.org/route-views4/bgpdata/2024.05/RIBS/rib.20240517.0000.bz2\n;\n"
                + "192.0.2.0/24\t64500\n2001:db8::/32\t7\n", target.toString(StandardCharsets.US_ASCII));
    }

    @Test
    void refusesAnArchiveWithoutATable() {
        Http http = serving(Map.of("/route-views4/bgpdata/", page("nothing")));
        assertThrows(IOException.class, () -> AsnLookupExpert.TYPE.update().fetch().fetch(null, http, new ByteArrayOutputStream()));
    }
}
