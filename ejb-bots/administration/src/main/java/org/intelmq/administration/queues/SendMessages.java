package org.intelmq.administration.queues;

import java.util.List;
import org.intelmq.access.Role;
import org.intelmq.administration.Command;
import org.intelmq.administration.Refusal;
import org.intelmq.administration.Site;
import org.intelmq.message.InvalidArgument;
import org.intelmq.message.InvalidKey;
import org.intelmq.message.InvalidValue;
import org.intelmq.message.JsonException;
import org.intelmq.message.KeyExists;

/**
 * Puts messages into a queue.
 *
 * @param id       however often it is asked with the same, they are sent once, as long as the queue remembers; {@code null} for one
 * message that is sent each time
 * @param messages in serialised form; {@code null} if the body is not a list of these; only those who may send learn that
 */
public record SendMessages(String queue, String id, List<String> messages) implements Command<Void> {

    /** The code of a refusal: the text is not a message. */
    public static final String NO_MESSAGE = "invalid-message";

    @Override
    public Role needs() {
        return Role.OPERATOR;
    }

    @Override
    public String summary() {
        return messages == null ? "send to queue " + queue : "send " + messages.size() + (messages.size() == 1 ? " message" : " messages")
                + " to queue " + queue;
    }

    @Override
    public Void perform(Site site) {
        if (id != null && !id.matches("[-\\w]{1,100}")) {
            throw new Refusal(Refusal.Kind.INVALID, "invalid-id", "id cannot be \"" + id + "\": expected up to 100 letters, digits and hyphens",
                    "Use a different id each time you send.");
        }
        if (messages == null) {
            throw new Refusal(Refusal.Kind.INVALID, NO_MESSAGE, "the body cannot be taken: expected a JSON list of serialised messages, each a string",
                    "Send a JSON list of strings.");
        }
        try {
            if (id == null) {
                messages.forEach(message -> site.control().send(queue, message));
            } else {
                site.control().send(queue, id, messages);
            }
        } catch (InvalidArgument | InvalidKey | InvalidValue | KeyExists | JsonException | IllegalArgumentException e) {
            throw noMessage(e);
        }
        return null;
    }

    /** What a text that is not a message is refused with. */
    public static Refusal noMessage(RuntimeException e) {
        return new Refusal(Refusal.Kind.INVALID, NO_MESSAGE, e.getMessage(), "Send a JSON object with the fields of the message and its __type.");
    }
}
