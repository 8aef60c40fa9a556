package org.intelmq.conformance.outside;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Serves each client on a daemon thread of its own until the case is over. */
abstract class LoopbackServer implements AutoCloseable {

    private final String name;
    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /** @param name of its threads */
    LoopbackServer(String name) throws IOException {
        this.name = name;
        this.server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    }

    /** Called when the subclass is whole. */
    final void listen() {
        daemon(this::accept);
    }

    final int port() {
        return server.getLocalPort();
    }

    /** @throws IOException when the client has gone */
    abstract void serve(Socket client) throws IOException, InterruptedException;

    private void daemon(Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                open.add(client);
                daemon(() -> converse(client));
            }
        } catch (SocketException e) {
            // closed: the case is over
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void converse(Socket client) {
        try (client) {
            serve(client);
        } catch (SocketException | EOFException e) {
            // the client has gone, as with a time limit: what it sent is kept
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(client);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket client : open) {
            client.close();
        }
    }
}
