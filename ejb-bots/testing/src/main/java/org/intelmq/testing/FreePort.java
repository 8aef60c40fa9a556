package org.intelmq.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A port of the loopback that nobody listens on now, and that no other test was given: each JVM of tests has ports of its own, below those
 * that the system lends to connections. Thread-safe.
 */
public final class FreePort {

    private static final int FIRST = 10_000;
    private static final int PORTS_OF_A_JVM = 10_000;
    /** Maven numbers the JVMs that run tests at the same time, from 1; an IDE does not. */
    private static final int JVM = Integer.getInteger("intelmq.test-jvm", 1) % 2;
    /** Another build on the same machine begins elsewhere. */
    private static final AtomicInteger NEXT = new AtomicInteger((int) (ProcessHandle.current().pid() * 97 % PORTS_OF_A_JVM));

    private FreePort() { }

    public static int find() throws IOException {
        for (int tries = 0; tries < PORTS_OF_A_JVM; tries++) {
            int port = FIRST + JVM * PORTS_OF_A_JVM + Math.floorMod(NEXT.getAndIncrement(), PORTS_OF_A_JVM);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IOException("no port between " + FIRST + " and " + (FIRST + 2 * PORTS_OF_A_JVM) + " is free");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort() == port;
        } catch (IOException taken) {
            return false;
        }
    }
}
