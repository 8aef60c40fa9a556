package org.intelmq.bots.outputs.tcp;

import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The other side of a connection, which is opened when needed, and again after each failure. Not thread-safe. */
final class Peer implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 15_000;
    /** How long the second byte of an answer may take. */
    private static final int REST_MILLIS = 1_000;
    private static final int ANSWER = 2;

    private final String host;
    private final int port;
    private Socket socket;

    Peer(String host, int port) {
        this.host = host;
        this.port = port;
    }

    /** Closes a connection that the other side has ended, so that nothing is written to it and lost. */
    void checkOpen() throws IOException {
        if (socket == null) {
            return;
        }
        try {
            socket.setSoTimeout(1);
            InputStream in = socket.getInputStream();
            byte[] unexpected = new byte[1024];
            while (in.read(unexpected) >= 0) {
                // an output does not listen, so what the other side sends is not read
            }
            close();
        } catch (SocketTimeoutException e) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
        } catch (IOException e) {
            close();
        }
    }

    void send(List<byte[]> frames) throws IOException {
        try {
            connect();
            OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 65_536);
            for (byte[] frame : frames) {
                out.write(frame);
            }
            out.flush();
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private void connect() throws IOException {
        if (socket != null) {
            return;
        }
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new UnknownHostException("the name " + host + " is not known");
        }
        Socket fresh = new Socket();
        try {
            fresh.setTcpNoDelay(true);
            fresh.setKeepAlive(true);
            fresh.connect(address, TIMEOUT_MILLIS);
            fresh.setSoTimeout(TIMEOUT_MILLIS);
        } catch (IOException e) {
            fresh.close();
            throw e;
        }
        socket = fresh;
    }

    /** Two bytes, or as many as have arrived. */
    String answer() throws IOException {
        byte[] answer = new byte[ANSWER];
        try {
            InputStream in = socket.getInputStream();
            int length = in.read(answer);
            if (length < 0) {
                throw new EOFException("the connection was closed without an answer");
            }
            if (length < ANSWER) {
                length += rest(in, answer);
            }
            return new String(answer, 0, length, StandardCharsets.ISO_8859_1);
        } catch (SocketTimeoutException e) {
            close();
            throw new SocketTimeoutException("no answer within " + TIMEOUT_MILLIS / 1_000 + " s");
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private int rest(InputStream in, byte[] answer) throws IOException {
        socket.setSoTimeout(REST_MILLIS);
        try {
            return Math.max(0, in.read(answer, 1, 1));
        } catch (SocketTimeoutException e) {
            return 0;
        } finally {
            socket.setSoTimeout(TIMEOUT_MILLIS);
        }
    }

    @Override
    public void close() {
        if (socket != null) {
            try {
                socket.close();
            } catch (IOException e) {
                // it is given up in any case
            }
            socket = null;
        }
    }

    @Override
    public String toString() {
        return host + ':' + port;
    }
}
