package org.intelmq.engine.hosted;

import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.intelmq.bot.BatchBot;
import org.intelmq.bot.Bot;
import org.intelmq.bot.Divisible;
import org.intelmq.bot.Foreseeing;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Seams;
import org.intelmq.bot.StreamBot;
import org.intelmq.bot.UnavailableException;
import org.intelmq.message.Message;
import org.intelmq.state.StateConflict;
import org.intelmq.state.TransactionalState;

/** One instance of a running bot with its state. Used by one thread at a time. */
public final class BotInstance {

    private final Bot<Object> bot;
    private final List<TransactionalState> states;
    private final Logger log;

    /** @param log the bot's log */
    BotInstance(Bot<Object> bot, List<TransactionalState> states, Logger log) {
        this.bot = bot;
        this.states = states;
        this.log = log;
    }

    /** Empty if the bot needs whole reports. */
    Optional<Seams> seams() {
        return bot instanceof Divisible parser ? parser.seams() : Optional.empty();
    }

    /** Only for streams. */
    public StreamBot stream() {
        return (StreamBot) (Object) bot;
    }

    public boolean takesBatches() {
        return bot instanceof BatchBot<?>;
    }

    /** Stack traces are cut here: everything below is the same for every bot. */
    public void process(Object input, Outbox outbox) throws Exception {
        bot.process(input, outbox);
    }

    /** Only for bots that take batches. */
    public void processAll(List<Object> inputs, Outbox outbox) throws Exception {
        ((BatchBot<Object>) bot).processAll(inputs, outbox);
    }

    /** Whether it remembers anything from one input to the next. */
    public boolean remembers() {
        return !states.isEmpty();
    }

    /**
     * Called before messages are begun and processed one by one. What makes a bot fail here makes it fail at the message too, which alone is
     * refused then.
     *
     * @throws UnavailableException if its state is kept by a service that is unreachable
     * @throws StateConflict if another server has changed it at the same time
     */
    @SuppressWarnings("unchecked")
    public void foresee(List<Message> inputs) {
        if (states.isEmpty() || inputs.size() == 1) {
            return;
        }
        List<String> ids = inputs.stream().map(Message::id).toList();
        states.forEach(state -> state.expect(ids));
        if (bot instanceof Foreseeing<?>) {
            try {
                ((Foreseeing<Object>) (Object) bot).foresee(List.copyOf(inputs));
            } catch (UnavailableException | StateConflict e) {
                throw e;
            } catch (RuntimeException e) {
                log.log(Level.FINE, "The bot cannot say what it will ask its state about; it is asked message by message.", e);
            }
        }
    }

    public void beginInput(String inputId) {
        if (!states.isEmpty()) {
            beginInputs(List.of(inputId));
        }
    }

    /** For a batch that is committed or undone as a whole. */
    public void beginInputs(List<String> inputIds) {
        for (TransactionalState state : states) {
            state.begin(inputIds);
        }
    }

    public void undoState() {
        states.forEach(TransactionalState::undo);
    }

    public void rollBackState() {
        states.forEach(TransactionalState::rollback);
    }

    public void flushState() {
        states.forEach(TransactionalState::flush);
    }

    /** After the commit. */
    public void stateCommitted() {
        states.forEach(TransactionalState::committed);
    }

    public void close() {
        try {
            bot.close();
        } catch (Exception | LinkageError e) {
            log.log(Level.WARNING, "The bot could not be closed cleanly.", e);
        }
        states.forEach(TransactionalState::close);
    }
}
