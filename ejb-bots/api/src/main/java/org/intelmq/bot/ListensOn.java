package org.intelmq.bot;

import java.net.SocketAddress;

/** Parameters of a bot that accepts connections. */
@FunctionalInterface
public interface ListensOn {

    /** The address on which it accepts connections, and which no other bot can use meanwhile. */
    SocketAddress listensOn();
}
