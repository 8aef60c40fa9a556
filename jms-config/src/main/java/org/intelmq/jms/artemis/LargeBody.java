package org.intelmq.jms.artemis;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.apache.activemq.artemis.core.client.impl.LargeMessageController;

/** The body of a large message as it comes from the broker's file, piece by piece. */
final class LargeBody extends InputStream {

    private final LargeMessageController body;
    private long left;

    LargeBody(LargeMessageController body) {
        this.body = body;
        this.left = body.getSize();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (left == 0) {
            return -1;
        }
        int wanted = (int) Math.min(length, left);
        try {
            body.readBytes(into, offset, wanted);
        } catch (RuntimeException | IllegalAccessError e) {
            // so it tells that the broker has stopped sending it
            throw new IOException("the broker does not deliver the rest of a large message, " + left + " bytes", e);
        }
        left -= wanted;
        return wanted;
    }
}
