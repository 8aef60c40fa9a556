package org.intelmq.bots.collectors;

import java.util.List;
import org.intelmq.bot.Intake;
import org.intelmq.message.Report;

/**
 * Passes on to another intake, and does something when that has taken: what happens to a bot between the commit and the
 * acknowledgement to its source.
 */
public record MeddlingIntake(Intake real, Runnable afterTaking) implements Intake {

    @Override
    public void take(List<Item> items) throws InterruptedException {
        real.take(items);
        afterTaking.run();
    }

    @Override
    public void reject(Report part, Exception reason) throws InterruptedException {
        real.reject(part, reason);
    }

    @Override
    public boolean isFull() {
        return real.isFull();
    }

    @Override
    public void connected() {
        real.connected();
    }

    @Override
    public <C extends AutoCloseable> C closeAtStop(C resource) {
        return real.closeAtStop(resource);
    }
}
