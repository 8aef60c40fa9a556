package org.intelmq.host;

import java.util.Map;

/** One bot over JMX: {@code org.intelmq:type=Bot,name=<bot-id>}. Counts since the server started. */
public interface BotMXBean {

    /** {@code Collector}, {@code Parser}, {@code Expert} or {@code Output}. */
    String getGroup();

    String getState();

    /** Events (reports, runs of a collector) processed. */
    long getReceived();

    /** Events sent, by path. */
    Map<String, Long> getSent();

    long getFailed();

    long getDumped();

    /** Events waiting in its queue. */
    long getWaiting();

    int getConsumers();

    /** The full queue that holds the bot up; empty if it may go on. */
    String getHeldBehind();

    /** Why it waits for another system; empty if it does not. */
    String getWaitingFor();

    /** Events processed per second since this was last read. */
    double getRate();

    /** When and why the bot last failed or could not be started; empty if it never did. */
    String getLastError();

    /** Starts the bot and returns its state; {@link #getLastError} then says why it is not running. */
    String start();

    String stop();

    String restart();

    String reload();
}
