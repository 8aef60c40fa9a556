package org.intelmq.files;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Supplier;

/** Fails once it has yielded more than a given number of bytes. Skipped bytes count too, because unpacking them takes time. */
public final class LimitedInput extends FilterInputStream {

    private final Supplier<IOException> tooLarge;
    private long left;

    public LimitedInput(InputStream in, long most, Supplier<IOException> tooLarge) {
        super(in);
        this.left = most;
        this.tooLarge = tooLarge;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        int count = in.read(bytes, from, length);
        left -= Math.max(count, 0);
        if (left < 0) {
            throw tooLarge.get();
        }
        return count;
    }

    @Override
    public long skip(long length) throws IOException {
        return Math.max(0, read(new byte[(int) Math.min(length, 1 << 16)]));
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
