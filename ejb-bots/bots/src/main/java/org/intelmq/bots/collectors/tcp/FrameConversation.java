package org.intelmq.bots.collectors.tcp;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.Intake;
import org.intelmq.files.SharedMemory;
import org.intelmq.stream.Places;
import org.intelmq.stream.PushedMemory;
import org.intelmq.stream.Rate;
import org.intelmq.stream.RawReport;

/**
 * The conversation with one client, which sends frames: the content's length in four bytes, then the content. Each is answered once it is
 * safe, and not before.
 */
final class FrameConversation {

    /** Within a frame; between two frames a client may be silent for as long as it likes. */
    static final int LONGEST_SILENCE_MILLIS = 60_000;
    /** For an empty frame; a large one has more. */
    static final Duration LEAST_TIME = Duration.ofMillis(LONGEST_SILENCE_MILLIS);
    private static final int LENGTH_BYTES = 4;
    private static final int PIECE = 1 << 20;

    private final Socket client;
    private final Places.Place place;
    private final int mostBytes;
    private final Rate rate;
    private final BotContext context;
    private final Intake intake;
    private final PushedMemory memory;
    private final DataInputStream in;
    private final OutputStream out;

    FrameConversation(Socket client, Places.Place place, int mostBytes, Rate rate, BotContext context, Intake intake, PushedMemory memory)
            throws IOException {
        this.client = client;
        this.place = place;
        this.mostBytes = mostBytes;
        this.rate = rate;
        this.context = context;
        this.intake = intake;
        this.memory = memory;
        client.setKeepAlive(true);
        client.setTcpNoDelay(true);
        this.in = new DataInputStream(new BufferedInputStream(client.getInputStream()));
        this.out = client.getOutputStream();
    }

    /** Returns when the client has ended the conversation, or has sent something that is not a frame, or the bot is to stop. */
    void hold() throws IOException {
        try {
            while (takeNext()) {
                answer("Ok");
            }
            client.shutdownOutput();
        } catch (InterruptedException e) {
            // the client sends again what was not answered
            Thread.currentThread().interrupt();
        }
    }

    private boolean takeNext() throws IOException, InterruptedException {
        client.setSoTimeout(0);
        place.waits(null);
        int first = in.read();
        if (first < 0) {
            answer("End");
            return false;
        }
        client.setSoTimeout(LONGEST_SILENCE_MILLIS);
        place.begins(LEAST_TIME);
        try (SharedMemory.Share share = memory.share()) {
            byte[] content = content(first, share);
            if (content == null) {
                return false;
            }
            place.whole();
            rate.take();
            intake.take(RawReport.of(context, content));
            return true;
        } catch (SocketTimeoutException e) {
            return refused("nothing more has arrived for " + LONGEST_SILENCE_MILLIS / 1000 + " s", "Incomplete message");
        } catch (SharedMemory.TooLargeException e) {
            return refused(e.getMessage(), "Message too large");
        }
    }

    /** {@code null} if there is none, which the client was told. */
    private byte[] content(int first, SharedMemory.Share share) throws IOException, InterruptedException {
        byte[] rest = in.readNBytes(LENGTH_BYTES - 1);
        if (rest.length < LENGTH_BYTES - 1) {
            answer("End");
            return null;
        }
        long length = (long) first << 24 | (rest[0] & 0xff) << 16 | (rest[1] & 0xff) << 8 | rest[2] & 0xff;
        if (length > mostBytes) {
            refused(length + " bytes were announced, the limit (max_size) is " + mostBytes, "Message too large");
            return null;
        }
        place.begins(Places.timeFor(LEAST_TIME, length));
        byte[] content = read((int) length, share);
        if (content.length < length || length == 0) {
            refused(content.length + " of " + length + " bytes have arrived", "Incomplete message");
            return null;
        }
        return content;
    }

    /** Reads no faster than there is memory: TCP lets the client wait then. A length is easily announced, so it is not set aside at once. */
    private byte[] read(int length, SharedMemory.Share share) throws IOException, InterruptedException {
        ByteArrayOutputStream content = new ByteArrayOutputStream(Math.min(length, PIECE));
        while (content.size() < length) {
            int piece = Math.min(length - content.size(), PIECE);
            memory.await(share, piece);
            byte[] part = in.readNBytes(piece);
            content.writeBytes(part);
            if (part.length < piece) {
                break;
            }
        }
        return content.toByteArray();
    }

    private boolean refused(String reason, String answer) throws IOException {
        context.log().warning("Incomplete message received from " + client.getRemoteSocketAddress() + ": " + reason + '.');
        answer(answer);
        return false;
    }

    private void answer(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }
}
