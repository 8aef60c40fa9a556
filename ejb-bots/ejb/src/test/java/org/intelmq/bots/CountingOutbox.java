package org.intelmq.bots;

import org.intelmq.bot.Outbox;
import org.intelmq.message.Message;
import org.intelmq.message.Report;

/** Keeps nothing, so that only the bot is measured. */
final class CountingOutbox implements Outbox {

    private long sent;

    long sent() {
        return sent;
    }

    @Override
    public void send(String path, Message message) {
        sent++;
    }

    @Override
    public void sendIfRouted(String path, Message message) {
        sent++;
    }

    @Override
    public void reject(Report part, Exception reason) { }

    @Override
    public void afterCommit(Runnable action) { }
}
