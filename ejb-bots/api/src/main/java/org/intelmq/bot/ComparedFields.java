package org.intelmq.bot;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.intelmq.message.Field;
import org.intelmq.message.Message;
import org.intelmq.message.MessageHash;

/** The parameters {@code filter_keys} and {@code filter_type} of experts that compare events. Not thread-safe. */
public final class ComparedFields {

    private final Set<Field> keys;
    private final String type;
    private MessageHash hash;

    private ComparedFields(Set<Field> keys, String type) {
        this.keys = keys;
        this.type = type;
    }

    /** Warns of an unknown type. As in IntelMQ, the bot starts nevertheless, and each message fails. */
    public static ComparedFields of(Set<String> keys, String type, BotContext context) {
        if (!MessageHash.isFilterType(type)) {
            context.log().warning("parameter 'filter_type' cannot be \"" + type + "\": expected whitelist or blacklist");
        }
        return new ComparedFields(keys.stream().map(Field::of).collect(Collectors.toSet()), type);
    }

    /**
     * The same for events in which these fields are the same.
     *
     * @throws org.intelmq.message.InvalidArgument if the type is unknown
     */
    public MessageHash hash() {
        if (hash == null) {
            hash = MessageHash.of(keys, type);
        }
        return hash;
    }

    /** Says that the state will be asked about the hashes of these events. */
    public void foresee(State state, List<Message> events) {
        state.foresee(() -> events.stream().map(hash()::hex).toList());
    }
}
