package org.intelmq.archive;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarUtils;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.archivers.zip.ZipMethod;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.intelmq.files.LimitedInput;
import org.intelmq.files.SharedMemory;
import org.intelmq.files.UnpackedSize;

/**
 * Archives and compressed files: zip, tar (plain or compressed), gzip. They are unpacked in memory, and no name in them ever becomes a path on
 * disk; one that would grow out of all proportion is refused.
 */
public final class Archive {

    private static final int MOST_MEMBERS = 10_000;
    /** Counting those that are not wanted. */
    private static final int MOST_ENTRIES = 100_000;
    /** A quarter of the available memory, as for replies; at most 1 GiB. */
    private static final long MOST_BYTES = Math.min(1L << 30, Runtime.getRuntime().maxMemory() / 4);
    private static final int TAR_BLOCK = 512;

    /** An unpacked file; {@code name} is {@code null} in plain gzip. */
    public record Member(String name, byte[] content) { }

    private final byte[] packed;
    private final Predicate<String> wanted;
    private final List<Member> members = new ArrayList<>();
    private final SharedMemory.Share memory;
    private final long most;
    private long unpacked;

    private Archive(byte[] packed, Predicate<String> wanted, SharedMemory.Share memory) {
        this.memory = memory;
        this.packed = packed;
        this.wanted = wanted;
        this.most = Math.min(MOST_BYTES, UnpackedSize.most(packed.length));
    }

    /** Judged by the first bytes. */
    public static boolean mayBeZip(byte[] beginning) {
        return beginning.length >= 2 && beginning[0] == 'P' && beginning[1] == 'K';
    }

    /** Whether the bytes begin like something that can be unpacked. */
    public static boolean isPacked(byte[] bytes) {
        return mayBeZip(bytes) || isGzip(bytes) || isBzip2(bytes) || isTar(Arrays.copyOf(bytes, Math.min(bytes.length, TAR_BLOCK)));
    }

    public static boolean isZip(byte[] bytes) {
        if (listsTooMany(bytes)) {
            return true;
        }
        try (ZipFile zip = zipFile(bytes)) {
            return zip.getEntries() != null;
        } catch (IOException e) {
            return false;
        }
    }

    /** As {@link #unpack(byte[], Predicate, SharedMemory.Share)}, for files that are no longer needed when the caller returns. */
    public static List<Member> unpack(byte[] packed, Predicate<String> wanted) throws IOException {
        try (SharedMemory.Share memory = SharedMemory.OF_SERVER.share()) {
            return unpack(packed, wanted, memory);
        }
    }

    /**
     * The wanted files, in the archive's order.
     *
     * @param memory that they take; to be closed when they and their reports are no longer needed
     * @throws SharedMemory.NoRoomException if others are using it now
     * @throws IOException if the bytes are neither zip, tar nor gzip, are damaged, or unpack to too much
     */
    public static List<Member> unpack(byte[] packed, Predicate<String> wanted, SharedMemory.Share memory) throws IOException {
        try {
            return unpacked(packed, wanted, memory);
        } catch (EOFException | RuntimeException e) {
            throw new IOException("the archive is damaged" + (e.getMessage() == null ? "" : ": " + e.getMessage()), e);
        }
    }

    private static List<Member> unpacked(byte[] packed, Predicate<String> wanted, SharedMemory.Share memory) throws IOException {
        Archive archive = new Archive(packed, wanted, memory);
        if (isZip(packed)) {
            archive.unzip();
            return archive.members;
        }
        InputStream content = archive.decompressed();
        byte[] block = content.readNBytes(TAR_BLOCK);
        if (isTar(block)) {
            archive.untar();
        } else if (isGzip(packed)) {
            archive.members.add(new Member(null, archive.read(new GZIPInputStream(new ByteArrayInputStream(packed)))));
        } else {
            throw new IOException("the data is neither a zip, a tar nor a gzip file");
        }
        return archive.members;
    }

    private static boolean isTar(byte[] start) {
        try {
            return start.length == TAR_BLOCK && TarUtils.verifyCheckSum(start);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static ZipFile zipFile(byte[] bytes) throws IOException {
        return ZipFile.builder().setSeekableByteChannel(new SeekableInMemoryByteChannel(bytes)).get();
    }

    /** Each entry takes some hundred bytes of memory before the archive can be asked anything. */
    private static boolean listsTooMany(byte[] bytes) {
        int entries = 0;
        for (int i = 0; i + 3 < bytes.length; i++) {
            if (bytes[i] == 'P' && bytes[i + 1] == 'K' && bytes[i + 2] == 1 && bytes[i + 3] == 2) {
                entries++;
            }
        }
        return entries > MOST_ENTRIES;
    }

    private void unzip() throws IOException {
        if (listsTooMany(packed)) {
            throw new IOException("the archive lists more than " + MOST_ENTRIES + " files");
        }
        try (ZipFile zip = zipFile(packed)) {
            for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
                if (!entry.isDirectory() && wanted.test(entry.getName())) {
                    refuseUnreadable(entry);
                    add(entry.getName(), zip.getInputStream(entry));
                }
            }
        }
    }

    /** These would need libraries that no known feed justifies. */
    private static void refuseUnreadable(ZipArchiveEntry entry) throws IOException {
        ZipMethod method = ZipMethod.getMethodByCode(entry.getMethod());
        if (method == ZipMethod.ZSTD || method == ZipMethod.ZSTD_DEPRECATED || method == ZipMethod.XZ) {
            throw new IOException("the file " + entry.getName() + " in the archive is packed by " + method + ", which cannot be read: expected Deflate");
        }
    }

    private void untar() throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(decompressed())) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.isFile() && !entry.isLink() && !entry.isSymbolicLink() && wanted.test(entry.getName())) {
                    add(entry.getName(), tar);
                }
            }
        }
    }

    private InputStream decompressed() throws IOException {
        InputStream bytes = new ByteArrayInputStream(packed);
        if (isGzip(packed)) {
            return new LimitedInput(new GZIPInputStream(bytes), most, this::tooLarge);
        }
        return isBzip2(packed) ? new LimitedInput(new BZip2CompressorInputStream(bytes, true), most, this::tooLarge) : bytes;
    }

    private IOException tooLarge() {
        return new IOException("the archive of " + packed.length + " bytes unpacks to more than " + most + " bytes");
    }

    private static boolean isBzip2(byte[] bytes) {
        return bytes.length > 3 && bytes[0] == 'B' && bytes[1] == 'Z' && bytes[2] == 'h';
    }

    private static boolean isGzip(byte[] bytes) {
        return bytes.length > 2 && bytes[0] == 0x1f && bytes[1] == (byte) 0x8b;
    }

    private void add(String name, InputStream content) throws IOException {
        if (members.size() == MOST_MEMBERS) {
            throw new IOException("the archive holds more than " + MOST_MEMBERS + " files");
        }
        members.add(new Member(name, read(content)));
    }

    private byte[] read(InputStream in) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        byte[] buffer = new byte[1 << 16];
        for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
            unpacked += length;
            if (unpacked > most) {
                throw tooLarge();
            }
            memory.takeWithReport(length);
            content.write(buffer, 0, length);
        }
        return content.toByteArray();
    }
}
