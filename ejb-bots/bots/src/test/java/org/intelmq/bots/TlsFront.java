package org.intelmq.bots;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.intelmq.testing.PemKeys;
import org.intelmq.testing.SocketServer;
import org.intelmq.tls.Tls;

/** Encrypts for a server that cannot be given a certificate: what comes is handed on to it, and its answers back. */
final class TlsFront implements AutoCloseable {

    private final SocketServer front;

    TlsFront(PemKeys keys, int port) throws IOException {
        ServerSocket listening = Tls.context(Tls.keys(keys.certificate(), keys.key()), null).getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        front = new SocketServer("TLS front of a test", listening, client -> relay(client, port));
    }

    private void relay(Socket client, int port) throws IOException {
        front.relay(client, new Socket("127.0.0.1", port));
    }

    int port() {
        return front.port();
    }

    @Override
    public void close() throws IOException {
        front.close();
    }
}
