package org.intelmq.archive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.intelmq.files.SharedMemory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ArchiveTest {

    private static final int MIB = 1 << 20;

    private interface Content {
        void write(OutputStream out) throws IOException;
    }

    private static byte[] bytes(Content content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        content.write(out);
        return out.toByteArray();
    }

    private static byte[] zip(int count, byte[] content) throws IOException {
        return bytes(out -> {
            try (ZipOutputStream zip = new ZipOutputStream(out)) {
                for (int i = 0; i < count; i++) {
                    zip.putNextEntry(new ZipEntry("file-" + i));
                    zip.write(content);
                }
            }
        });
    }

    private static void tar(OutputStream out, String name, long size) throws IOException {
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
            TarArchiveEntry large = new TarArchiveEntry(name);
            large.setSize(size);
            tar.putArchiveEntry(large);
            byte[] zeros = new byte[MIB];
            for (long left = size; left > 0; left -= zeros.length) {
                tar.write(zeros, 0, (int) Math.min(left, zeros.length));
            }
            tar.closeArchiveEntry();
            TarArchiveEntry link = new TarArchiveEntry("link", TarConstants.LF_SYMLINK);
            link.setLinkName("/etc/hostname");
            tar.putArchiveEntry(link);
            tar.closeArchiveEntry();
            byte[] text = "text".getBytes(StandardCharsets.UTF_8);
            TarArchiveEntry small = new TarArchiveEntry("../small");
            small.setSize(text.length);
            tar.putArchiveEntry(small);
            tar.write(text);
            tar.closeArchiveEntry();
        }
    }

    private static String problem(byte[] packed) {
        return assertThrows(IOException.class, () -> Archive.unpack(packed, name -> name.endsWith("small"))).getMessage();
    }

    @Test
    void takesAnyOtherTextThatIsGzippedAsOneFile() throws IOException {
        byte[] text = "203.0.113.7,zeus,2024-05-17 10:20:30\n".repeat(100).getBytes(StandardCharsets.UTF_8);
        List<Archive.Member> members = Archive.unpack(bytes(out -> {
            try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
                gzip.write(text);
            }
        }), name -> true);
        assertEquals(1, members.size());
        assertArrayEquals(text, members.get(0).content());
    }

    @Test
    void leavesOutWhatIsNotWantedAndLinks() throws IOException {
        byte[] packed = bytes(out -> tar(out, "large", 5));
        assertEquals(List.of("../small"), Archive.unpack(packed, name -> !name.equals("large")).stream().map(Archive.Member::name).toList());
    }

    @Test
    void refusesWhatGrowsOutOfAllProportion() throws IOException {
        byte[] zip = zip(1, new byte[100 * MIB]);
        assertTrue(assertThrows(IOException.class, () -> Archive.unpack(zip, name -> true)).getMessage().contains("unpacks to more than"));
        byte[] manySmall = zip(60, new byte[MIB]);
        assertTrue(assertThrows(IOException.class, () -> Archive.unpack(manySmall, name -> true)).getMessage().contains("unpacks to more than"));
    }

    @Test
    void doesNotUnpackToNoEndWhatIsNotWanted() throws IOException {
        long large = 300L * MIB;
        assertTrue(problem(bytes(out -> tar(new GZIPOutputStream(out), "large", large))).contains("unpacks to more than"));
        assertTrue(problem(bytes(out -> tar(new BZip2CompressorOutputStream(out, 1), "large", large))).contains("unpacks to more than"));
    }

    @Test
    void refusesTooManyFiles() throws IOException {
        byte[] packed = zip(10_001, new byte[0]);
        assertEquals("the archive holds more than 10000 files",
                assertThrows(IOException.class, () -> Archive.unpack(packed, name -> true)).getMessage());
    }

    @Test
    void refusesTooManyEntriesWantedOrNot() throws IOException {
        byte[] packed = zip(100_001, new byte[0]);
        assertEquals("the archive lists more than 100000 files",
                assertThrows(IOException.class, () -> Archive.unpack(packed, name -> false)).getMessage());
    }

    @Test
    void refusesDamagedArchivesInAnOrderlyWay() throws IOException {
        Random random = new Random(5);
        List<byte[]> whole = List.of(zip(3, "text".getBytes(StandardCharsets.UTF_8)), bytes(out -> tar(out, "large", 900)),
                bytes(out -> tar(new GZIPOutputStream(out), "large", 900)), bytes(out -> tar(new BZip2CompressorOutputStream(out), "large", 900)));
        for (int i = 0; i < 4000; i++) {
            byte[] spoilt = whole.get(i % whole.size()).clone();
            for (int changes = random.nextInt(4); changes >= 0; changes--) {
                spoilt[random.nextInt(Math.min(spoilt.length, 1024))] = (byte) random.nextInt(256);
            }
            try {
                Archive.unpack(spoilt, name -> true);
            } catch (IOException e) {
                assertTrue(e.getMessage() != null, e::toString);
            }
        }
    }

    @Test
    void severalAtOnceShareTheMemory() throws IOException {
        byte[] packed = zip(1, new byte[6 * MIB]);
        SharedMemory memory = new SharedMemory(20L * MIB);
        try (SharedMemory.Share first = memory.share(); SharedMemory.Share second = memory.share()) {
            assertEquals(1, Archive.unpack(packed, name -> true, first).size());
            assertThrows(SharedMemory.NoRoomException.class, () -> Archive.unpack(packed, name -> true, second));
            first.close();
            second.close();
            assertEquals(1, Archive.unpack(packed, name -> true, second).size());
        }
        try (SharedMemory.Share alone = memory.share()) {
            byte[] large = zip(2, new byte[6 * MIB]);
            String problem = assertThrows(IOException.class, () -> Archive.unpack(large, name -> true, alone)).getMessage();
            assertTrue(problem.contains("give the server more memory (INTELMQ_HEAP)"), problem);
        }
        assertTrue(memory.tryTake(20L * MIB, Long.MAX_VALUE), "all was given back");
    }
}
