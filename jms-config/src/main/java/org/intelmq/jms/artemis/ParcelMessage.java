package org.intelmq.jms.artemis;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.core.client.impl.ClientLargeMessageInternal;
import org.apache.activemq.artemis.core.client.impl.ClientMessageImpl;
import org.apache.activemq.artemis.utils.UUIDGenerator;
import org.intelmq.jms.Parcel;

/** How a parcel travels: the body as it is, the rest as properties. */
final class ParcelMessage {

    static final SimpleString COUNT = SimpleString.of("count");
    private static final SimpleString KIND = SimpleString.of("kind");
    private static final SimpleString IDENTITY = SimpleString.of("id");
    private static final SimpleString BODY_BESIDE_DATA = SimpleString.of("body");
    private static final SimpleString ATTEMPT = SimpleString.of("attempt");
    private static final SimpleString TRACE = SimpleString.of("traceparent");
    private static final SimpleString RULES = SimpleString.of("rules");
    /** What no other program may say of its messages. */
    static final List<String> PROPERTIES = Stream.of(COUNT, KIND, IDENTITY, BODY_BESIDE_DATA, ATTEMPT, TRACE, RULES).map(SimpleString::toString).toList();
    private static final int ROOM_FOR_LENGTHS = 16;
    private static final byte PRIORITY = 4;

    private ParcelMessage() { }

    static ClientMessage of(Parcel parcel) {
        ClientMessage message = withProperties(parcel, parcel.body().length + ROOM_FOR_LENGTHS);
        message.getBodyBuffer().writeBytes(parcel.body());
        return message;
    }

    /** The parcel's own body becomes a property, so that it can be read without the data. */
    static ClientMessage of(Parcel parcel, InputStream data) {
        ClientMessage message = withProperties(parcel, ROOM_FOR_LENGTHS);
        message.putBytesProperty(BODY_BESIDE_DATA, parcel.body());
        message.setBodyInputStream(data);
        return message;
    }

    private static ClientMessage withProperties(Parcel parcel, int room) {
        var message = new ClientMessageImpl(Message.BYTES_TYPE, true, 0, System.currentTimeMillis(), PRIORITY, room);
        // as an object: the method for a UUID does nothing
        message.setUserID((Object) UUIDGenerator.getInstance().generateUUID());
        message.setRoutingType(RoutingType.ANYCAST);
        message.putStringProperty(KIND, SimpleString.of(parcel.kind().name()));
        message.putIntProperty(COUNT, parcel.count());
        if (parcel.id() != null) {
            message.putStringProperty(IDENTITY, SimpleString.of(parcel.id()));
        }
        if (parcel.deliverAt() > 0) {
            message.putLongProperty(Message.HDR_SCHEDULED_DELIVERY_TIME, parcel.deliverAt());
        }
        if (parcel.attempt() > 0) {
            message.putIntProperty(ATTEMPT, parcel.attempt());
        }
        if (parcel.trace() != null) {
            message.putStringProperty(TRACE, SimpleString.of(parcel.trace()));
        }
        if (parcel.rules() != null) {
            message.putStringProperty(RULES, SimpleString.of(parcel.rules()));
        }
        return message;
    }

    /** Leaves data beside the parcel unread. */
    static Parcel read(ClientMessage message) {
        return new Parcel(kind(message), count(message), body(message),
                message.containsProperty(IDENTITY) ? message.getStringProperty(IDENTITY) : null,
                message.containsProperty(Message.HDR_SCHEDULED_DELIVERY_TIME)
                        ? message.getLongProperty(Message.HDR_SCHEDULED_DELIVERY_TIME) : 0,
                message.containsProperty(ATTEMPT) ? message.getIntProperty(ATTEMPT) : 0,
                message.containsProperty(TRACE) ? message.getStringProperty(TRACE) : null,
                message.containsProperty(RULES) ? message.getStringProperty(RULES) : null);
    }

    private static byte[] body(ClientMessage message) {
        if (message.containsProperty(BODY_BESIDE_DATA)) {
            return message.getBytesProperty(BODY_BESIDE_DATA);
        }
        if (message.getType() == Message.TEXT_TYPE) {
            SimpleString text = message.getBodyBuffer().readNullableSimpleString();
            return text == null ? new byte[0] : text.toString().getBytes(StandardCharsets.UTF_8);
        }
        byte[] body = new byte[message.getBodySize()];
        message.getBodyBuffer().readBytes(body);
        return body;
    }

    static InputStream data(ClientMessage message) {
        return message.containsProperty(BODY_BESIDE_DATA) ? new LargeBody(((ClientLargeMessageInternal) message).getLargeMessageController())
                : InputStream.nullInputStream();
    }

    /** What another program put into the queue is taken for an event, and so is what is damaged. */
    private static Parcel.Kind kind(Message message) {
        String name = message.getObjectProperty(KIND) instanceof SimpleString given ? given.toString() : "";
        return Arrays.stream(Parcel.Kind.values()).filter(kind -> kind.name().equals(name)).findAny().orElse(Parcel.Kind.EVENTS);
    }

    /** A message that another program put into the queue counts as one, and so does one whose count is damaged. */
    static int count(Message message) {
        return message.getObjectProperty(COUNT) instanceof Integer count && count > 0 ? count : 1;
    }
}
