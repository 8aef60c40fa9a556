package org.intelmq.engine;

import java.util.List;
import org.intelmq.control.Rehearsals;
import org.intelmq.control.Trial;
import org.intelmq.engine.hosted.BotStartException;

/** Trials of the bots of an {@link Engine}. Thread-safe. */
public final class EngineRehearsals implements Rehearsals {

    private final Trials trials;

    public EngineRehearsals(Engine engine) {
        this.trials = new Trials(engine);
    }

    @Override
    public List<Trial> rehearse(String bot, List<String> messages) {
        try {
            return trials.beside(bot, messages);
        } catch (BotStartException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }
}
