package org.intelmq.ctl;

import java.util.Iterator;
import java.util.List;

/** What completion offers for a bot: a place that {@link CommandPages} fills with a call, as bots come and go. */
final class ConfiguredBots implements Iterable<String> {

    static final String PLACE = "CONFIGURED_BOTS";

    @Override
    public Iterator<String> iterator() {
        return List.of(PLACE).iterator();
    }
}
