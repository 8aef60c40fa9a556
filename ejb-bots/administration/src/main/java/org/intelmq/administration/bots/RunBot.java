package org.intelmq.administration.bots;

import org.intelmq.access.Role;
import org.intelmq.administration.Command;
import org.intelmq.administration.Refusal;
import org.intelmq.administration.Site;
import org.intelmq.administration.queues.SendMessages;
import org.intelmq.control.LogFile;
import org.intelmq.control.Trial;
import org.intelmq.message.InvalidArgument;
import org.intelmq.message.InvalidKey;
import org.intelmq.message.InvalidValue;
import org.intelmq.message.JsonException;
import org.intelmq.message.KeyExists;

/**
 * Calls a stopped bot once.
 *
 * @param message in serialised form; {@code null} for the next one in its queue
 * @param dryRun  whether the message stays in the queue, and nothing is sent
 * @param level   the least severe lines of the answer's log; {@code null} for the bot's {@code logging_level}
 */
public record RunBot(String bot, String message, boolean dryRun, LogFile.Level level) implements Command<Trial> {

    @Override
    public Role needs() {
        return Role.OPERATOR;
    }

    @Override
    public String summary() {
        return "run " + bot + " process" + (dryRun ? " --dryrun" : "") + (message == null ? "" : " --msg …");
    }

    @Override
    public Trial perform(Site site) {
        KnownBot.of(site, bot);
        try {
            return site.control().process(bot, message, dryRun, level);
        } catch (InvalidArgument | InvalidKey | InvalidValue | KeyExists | JsonException | IllegalArgumentException e) {
            throw SendMessages.noMessage(e);
        } catch (IllegalStateException e) {
            throw new Refusal(Refusal.Kind.INVALID, "not-callable", e.getMessage(), "Check that the bot is stopped and its parameters are right.");
        }
    }
}
