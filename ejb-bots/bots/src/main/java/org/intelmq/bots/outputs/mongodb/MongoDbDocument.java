package org.intelmq.bots.outputs.mongodb;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.intelmq.message.Field;
import org.intelmq.message.Fields;
import org.intelmq.message.Message;
import org.intelmq.message.MessageJson;
import org.intelmq.text.time.IsoTime;

/** How an event becomes a MongoDB document: times are dates, and names have no dots. */
final class MongoDbDocument {

    private static final List<Field> TIMES = List.of(Fields.TIME_OBSERVATION, Fields.TIME_SOURCE);

    private final boolean hierarchical;
    private final String dot;
    private final String botId;

    /** @param dot replaces the dots in names */
    MongoDbDocument(boolean hierarchical, String dot, String botId) {
        this.hierarchical = hierarchical;
        this.dot = dot;
        this.botId = botId;
    }

    Document document(Message event) {
        Document document = new Document("_id", id(event));
        MessageJson.toMap(event, hierarchical, false, false).forEach((name, value) -> document.put(name(name), value(value)));
        for (Field time : TIMES) {
            if (event.has(time)) {
                putTime(document, time.name(), Date.from(time(event, time)));
            }
        }
        return document;
    }

    private void putTime(Document document, String name, Date time) {
        if (!hierarchical) {
            document.put(name(name), time);
        } else if (document.get(name.substring(0, name.indexOf('.'))) instanceof Document below) {
            below.put(name.substring(name.indexOf('.') + 1), time);
        }
    }

    /**
     * The same whenever this bot gets the event, so that it is not written twice. Like any ObjectId it begins with a time: that of the
     * observation. Random if the event has no identity.
     */
    private ObjectId id(Message event) {
        if (event.id() == null) {
            return new ObjectId();
        }
        Instant begin = event.has(Fields.TIME_OBSERVATION) ? time(event, Fields.TIME_OBSERVATION) : Instant.EPOCH;
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest((botId + '\n' + event.id()).getBytes(StandardCharsets.UTF_8));
            return new ObjectId(ByteBuffer.allocate(12).putInt((int) begin.getEpochSecond()).put(hash, 0, 8).array());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Instant time(Message event, Field field) {
        return IsoTime.parse(event.text(field)).toInstant(ZoneOffset.UTC);
    }

    private String name(String name) {
        return name.replace(".", dot);
    }

    private Object value(Object value) {
        if (value instanceof Map<?, ?> map) {
            Document document = new Document();
            map.forEach((name, below) -> document.put(name(name.toString()), value(below)));
            return document;
        }
        if (value instanceof List<?> list) {
            List<Object> items = new ArrayList<>(list.size());
            list.forEach(item -> items.add(value(item)));
            return items;
        }
        if (value instanceof Long number && number == number.intValue()) {
            return number.intValue();
        }
        return value instanceof BigInteger large ? new Decimal128(new BigDecimal(large)) : value;
    }
}
