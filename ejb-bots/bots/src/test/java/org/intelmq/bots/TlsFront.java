package org.intelmq.bots;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.intelmq.testing.PemKeys;
import org.intelmq.tls.Tls;

/** Encrypts for a server that cannot be given a certificate: what comes is handed on to it, and its answers back. */
final class TlsFront implements AutoCloseable {

    private final ServerSocket front;

    TlsFront(PemKeys keys, int port) throws IOException {
        front = Tls.context(Tls.keys(keys.certificate(), keys.key()), null).getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        background(() -> {
            while (!front.isClosed()) {
                Socket client = front.accept();
                Socket server = new Socket("127.0.0.1", port);
                background(() -> hand(client, server));
                background(() -> hand(server, client));
            }
        });
    }

    int port() {
        return front.getLocalPort();
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void background(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // the client does not like the certificate, or the test is over
            }
        }, "TLS front of a test");
        thread.setDaemon(true);
        thread.start();
    }

    private static void hand(Socket from, Socket to) throws IOException {
        try (from; to) {
            from.getInputStream().transferTo(to.getOutputStream());
        }
    }

    @Override
    public void close() throws IOException {
        front.close();
    }
}
