package org.intelmq.engine.step;

import org.intelmq.engine.hosted.BotInstance;
import org.intelmq.engine.hosted.RunningBot;

/**
 * One bot's part in a delivery.
 *
 * @param before the visit whose results it works on; {@code null} where the delivery begins
 */
public record Visit(RunningBot bot, BotInstance instance, Visit before) {

    /** Whether the instance is at work here or upstream: it must not get its own results within this delivery. */
    public boolean comesFrom(BotInstance other) {
        for (Visit visit = this; visit != null; visit = visit.before) {
            if (visit.instance == other) {
                return true;
            }
        }
        return false;
    }
}
