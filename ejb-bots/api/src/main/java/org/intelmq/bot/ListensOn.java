package org.intelmq.bot;

import java.net.SocketAddress;

/** Parameters of a bot that others connect to. */
@FunctionalInterface
public interface ListensOn {

    /** Where it takes connections, which no other bot may do meanwhile. */
    SocketAddress listensOn();
}
