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

    /** The full queue because of which it is held, and empty when it may go on. */
    String getHeldBehind();

    /** Why it waits for another system, and empty when it does not. */
    String getWaitingFor();

    /** Events processed a second, since this was last asked for. */
    double getRate();

    /** When and why the bot last failed or could not be started; empty if it never did. */
    String getLastError();

    /** The state after the operation; {@link #getLastError} says why a bot is not running then. */
    String start();

    String stop();

    String restart();

    String reload();
}
