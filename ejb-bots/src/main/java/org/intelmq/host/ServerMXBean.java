package org.intelmq.host;

import java.util.List;

/** The server over JMX: {@code org.intelmq:type=Server}. */
public interface ServerMXBean {

    /** What is wrong with the configuration in force, a line each. */
    List<String> getProblems();
}
