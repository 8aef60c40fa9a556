package org.intelmq.server;

import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The few lines an operator sees; everything else is in the log files. */
final class Console {

    private final PrintStream out;

    Console(PrintStream out) {
        this.out = out;
    }

    /** For operators who wait longer than usual. */
    void starting(Layout layout) {
        out.println("IntelMQ is starting; " + layout.serverLog() + " tells more.");
        out.flush();
    }

    void ready(Layout layout, URI url, Integer jmxPort, long nanos) {
        double seconds = Duration.ofNanos(nanos).toMillis() / 1000.0;
        out.printf(Locale.ROOT, """
                IntelMQ is ready after %.1f s.
                  API and console  %s
                  configuration    %s
                  logs             %s
                """, seconds, url, layout.etc(), layout.logs());
        if (jmxPort != null) {
            out.printf("  JMX              127.0.0.1:%d, user %s, password: the token in %s%n", jmxPort, RemoteManagement.USER,
                    layout.run().resolve("server.json"));
        }
        out.println("  stop             Ctrl-C, or kill " + ProcessHandle.current().pid());
        out.flush();
    }

    /** @param link opens the page that makes the first user, once and for an hour */
    void welcome(URI url, String link) {
        out.println("  first user       " + url + "welcome#" + link);
        out.println("                   within an hour, once; or intelmqctl user add NAME");
        out.flush();
    }

    void problems(List<String> problems) {
        problems.forEach(problem -> out.println("Configuration: " + problem));
        out.flush();
    }

    void through(PipelineProgress progress) {
        if (progress.isThrough()) {
            out.printf("Through: %d %s collected.%n", progress.reports(), progress.reports() == 1 ? "report" : "reports");
        } else if (progress.reports() == 0) {
            out.println("Not through: no collector has found anything; the logs say what the collectors tried.");
        } else {
            out.printf("Not through: %d reports collected, but %d events are stuck in queues; the logs say why.%n",
                    progress.reports(), progress.waiting());
        }
        progress.written().forEach((output, events) -> out.printf("  %s has written %d events.%n", output, events));
        out.flush();
    }

    void stopping() {
        out.println("IntelMQ stops: bots finish what they have begun.");
        out.flush();
    }

    void botsStopped(String whatWaits) {
        out.println(whatWaits);
        out.flush();
    }

    void cutShort(Duration time) {
        out.println("The server has not stopped within " + time.toSeconds() + " s, so it ends now. No event is lost: what was under way starts again.");
        out.flush();
    }

    void stopped() {
        out.println("IntelMQ has stopped.");
        out.flush();
    }
}
