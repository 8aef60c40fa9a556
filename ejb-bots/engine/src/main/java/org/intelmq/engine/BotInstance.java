package org.intelmq.engine;

import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import org.intelmq.bot.Bot;
import org.intelmq.bot.Divisible;
import org.intelmq.bot.Seams;
import org.intelmq.state.TransactionalState;

/** One object of a running bot with what it borrows; used by one thread at a time. */
final class BotInstance {

    private final RunningBot owner;
    private final Bot<Object> bot;
    private final List<TransactionalState> states;

    BotInstance(RunningBot owner, Bot<Object> bot, List<TransactionalState> states) {
        this.owner = owner;
        this.bot = bot;
        this.states = states;
    }

    RunningBot owner() {
        return owner;
    }

    Bot<Object> bot() {
        return bot;
    }

    /** Empty if it needs reports whole. */
    Optional<Seams> seams() {
        return bot instanceof Divisible parser ? parser.seams() : Optional.empty();
    }

    void beginInput(String inputId) {
        beginInputs(List.of(inputId));
    }

    /** Of a batch that is done, or undone, as one. */
    void beginInputs(List<String> inputIds) {
        for (TransactionalState state : states) {
            state.begin(inputIds);
        }
    }

    void undoState() {
        states.forEach(TransactionalState::undo);
    }

    void rollBackState() {
        states.forEach(TransactionalState::rollback);
    }

    void flushState() {
        states.forEach(TransactionalState::flush);
    }

    void close() {
        try {
            bot.close();
        } catch (Exception | LinkageError e) {
            owner.log().logger().log(Level.WARNING, "The bot could not be closed cleanly.", e);
        }
        states.forEach(TransactionalState::close);
    }
}
