package org.intelmq.bot;

/** The number of a TCP or UDP port, as a parameter. */
public final class PortNumber {

    private PortNumber() { }

    /** @throws IllegalArgumentException if there is no such port */
    public static void check(String parameter, int port) {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("parameter '" + parameter + "' cannot be \"" + port + "\": expected a number from 1 to 65535");
        }
    }
}
