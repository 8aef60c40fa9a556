package org.intelmq.manager;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.intelmq.administration.Administration;
import org.intelmq.administration.Caller;
import org.intelmq.administration.Operation;
import org.intelmq.administration.bots.BotAction;
import org.intelmq.administration.bots.ChangeBots;
import org.intelmq.administration.bots.RunBot;
import org.intelmq.administration.queues.ClearQueue;
import org.intelmq.administration.queues.SendMessages;
import org.intelmq.administration.queues.TakeMessage;
import org.intelmq.control.BotControl;
import org.intelmq.control.BotState;
import org.intelmq.control.BotStatistics;
import org.intelmq.control.LogFile;
import org.intelmq.control.Trial;
import org.intelmq.pipeline.Problem;

/** The bots in the hands of one caller: what changes something is asked of the administration, which knows roles and writes it down. */
record CallerControl(BotControl control, Administration administration, Caller caller) implements BotControl {

    /** @throws org.intelmq.administration.Refusal as the operation does */
    private <A> A perform(Operation<A> operation) {
        try {
            return administration.perform(caller, operation);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    @Override
    public Map<String, BotState> start(Collection<String> bots) {
        return change(BotAction.START, bots);
    }

    @Override
    public Map<String, BotState> stop(Collection<String> bots) {
        return change(BotAction.STOP, bots);
    }

    @Override
    public Map<String, BotState> reload(Collection<String> bots) {
        return change(BotAction.RELOAD, bots);
    }

    private Map<String, BotState> change(BotAction action, Collection<String> bots) {
        return bots.isEmpty() ? Map.of() : perform(new ChangeBots(action, List.copyOf(bots)));
    }

    @Override
    public long clear(String queue) {
        return perform(new ClearQueue(queue));
    }

    @Override
    public String pop(String queue) {
        return perform(new TakeMessage(queue));
    }

    @Override
    public void send(String queue, String message) {
        perform(new SendMessages(queue, null, List.of(message)));
    }

    @Override
    public void send(String queue, String id, List<String> messages) {
        perform(new SendMessages(queue, id, messages));
    }

    @Override
    public Trial process(String bot, String message, boolean dryRun, LogFile.Level level) {
        return perform(new RunBot(bot, message, dryRun, level));
    }

    @Override
    public Map<String, BotState> status(Collection<String> bots) {
        return control.status(bots);
    }

    @Override
    public BotStatistics statistics(String bot) {
        return control.statistics(bot);
    }

    @Override
    public List<Problem> problems() {
        return control.problems();
    }

    @Override
    public List<String> missing() {
        return control.missing();
    }

    @Override
    public List<String> next(String bot, int limit, Duration atMost) throws InterruptedException {
        return control.next(bot, limit, atMost);
    }

    @Override
    public Map<String, Long> queues() {
        return control.queues();
    }

    @Override
    public List<String> peek(String queue, int limit) {
        return control.peek(queue, limit);
    }
}
