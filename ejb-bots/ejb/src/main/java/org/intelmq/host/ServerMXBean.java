package org.intelmq.host;

import java.util.List;

/** The server over JMX: {@code org.intelmq:type=Server}. */
public interface ServerMXBean {

    /** What is wrong with the configuration in force, one line each. */
    List<String> getProblems();

    /**
     * Stops all bots before the server itself stops: sources first; then what is being processed finishes or is rolled back within seconds.
     * They run again when the server has been restarted.
     *
     * @return how many events wait for that, in one line
     */
    String stop();
}
