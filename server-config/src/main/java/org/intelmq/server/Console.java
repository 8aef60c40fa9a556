package org.intelmq.server;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;

/** The few lines an operator sees; everything else is in the log files. */
final class Console {

    private Console() { }

    static void ready(Layout layout, URI url, Integer jmxPort, long nanos) {
        double seconds = Duration.ofNanos(nanos).toMillis() / 1000.0;
        System.out.printf(Locale.ROOT, """
                IntelMQ is ready after %.1f s.
                  API and console  %s
                  configuration    %s
                  logs             %s
                """, seconds, url, layout.etc(), layout.logs());
        if (jmxPort != null) {
            System.out.printf("  JMX              127.0.0.1:%d, user %s, password: the token in %s%n", jmxPort, RemoteManagement.USER,
                    layout.run().resolve("server.json"));
        }
        System.out.println("  stop             Ctrl-C, or kill " + ProcessHandle.current().pid());
        System.out.flush();
    }

    static void stopping() {
        System.out.println("IntelMQ stops: bots finish what they have begun.");
    }

    static void stopped() {
        System.out.println("IntelMQ has stopped.");
        System.out.flush();
    }
}
