package org.intelmq.conformance.outside;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.BsonArray;
import org.bson.BsonBinaryWriter;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonNumber;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;
import org.intelmq.replay.Markers;

/**
 * As much of MongoDB's wire protocol as a client needs that writes: who the server is, inserts, and logins, which are all refused.
 * Thread-safe. Protocol: https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol/.
 */
final class MongoStub extends LoopbackServer {

    private static final int QUERY = 2004;
    private static final int REPLY = 1;
    private static final int MESSAGE = 2013;
    private static final Set<String> KEPT = Set.of("insert", "saslStart");

    private final String version;
    private final Map<String, Object> insertReply;
    private final List<Map<String, Object>> commands = new ArrayList<>();

    /** @param insertReply {@code null} if inserts succeed */
    MongoStub(String version, Map<String, Object> insertReply) throws IOException {
        super("MongoDB stub of a replayed case");
        this.version = version;
        this.insertReply = insertReply;
        listen();
    }

    /** The inserts and logins, in order. */
    synchronized List<Map<String, Object>> commands() {
        return List.copyOf(commands);
    }

    @Override
    void serve(Socket client) throws IOException {
        DataInputStream in = new DataInputStream(client.getInputStream());
        while (true) {
            answer(in, client.getOutputStream());
        }
    }

    private void answer(DataInputStream in, OutputStream out) throws IOException {
        byte[] head = in.readNBytes(16);
        if (head.length < 16) {
            throw new EOFException();
        }
        ByteBuffer header = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
        int length = header.getInt();
        int request = header.getInt();
        header.getInt();
        int kind = header.getInt();
        ByteBuffer body = ByteBuffer.wrap(in.readNBytes(length - 16)).order(ByteOrder.LITTLE_ENDIAN);
        BsonDocument command = kind == QUERY ? query(body) : message(body);
        byte[] reply = bytes(reply(command));
        int before = kind == QUERY ? 20 : 5;
        ByteBuffer answer = ByteBuffer.allocate(16 + before + reply.length).order(ByteOrder.LITTLE_ENDIAN);
        answer.putInt(answer.capacity()).putInt(0).putInt(request).putInt(kind == QUERY ? REPLY : MESSAGE);
        if (kind == QUERY) {
            answer.putInt(8).putLong(0).putInt(0).putInt(1);
        } else {
            answer.putInt(0).put((byte) 0);
        }
        out.write(answer.put(reply).array());
        out.flush();
    }

    private static BsonDocument query(ByteBuffer body) {
        body.getInt();
        text(body);
        body.getInt();
        body.getInt();
        return document(body);
    }

    private static BsonDocument message(ByteBuffer body) {
        BsonDocument command = new BsonDocument();
        body.getInt();
        while (body.hasRemaining()) {
            if (body.get() == 0) {
                command.putAll(document(body));
            } else {
                int end = body.position() + body.getInt();
                String name = text(body);
                BsonArray documents = new BsonArray();
                while (body.position() < end) {
                    documents.add(document(body));
                }
                command.put(name, documents);
            }
        }
        return command;
    }

    private static String text(ByteBuffer body) {
        int start = body.position();
        while (body.get() != 0) {
            // up to the zero
        }
        return new String(body.array(), start, body.position() - 1 - start, StandardCharsets.UTF_8);
    }

    private static BsonDocument document(ByteBuffer body) {
        int length = body.getInt(body.position());
        byte[] bytes = new byte[length];
        body.get(bytes);
        BsonDocument document = new BsonDocument();
        document.putAll(new RawBsonDocument(bytes));
        return document;
    }

    private static byte[] bytes(BsonDocument document) {
        try (BasicOutputBuffer buffer = new BasicOutputBuffer(); BsonBinaryWriter writer = new BsonBinaryWriter(buffer)) {
            new BsonDocumentCodec().encode(writer, document, EncoderContext.builder().build());
            return buffer.toByteArray();
        }
    }

    private synchronized BsonDocument reply(BsonDocument command) {
        String name = command.getFirstKey();
        if (KEPT.contains(name)) {
            commands.add(plain(command));
        }
        return switch (name) {
            case "hello", "isMaster", "ismaster" -> hello();
            case "buildInfo", "buildinfo" -> new BsonDocument("version", new BsonString(version)).append("ok", new BsonDouble(1));
            case "saslStart" -> new BsonDocument("ok", new BsonDouble(0)).append("errmsg", new BsonString("Authentication failed."))
                    .append("code", new BsonInt32(18)).append("codeName", new BsonString("AuthenticationFailed"));
            case "insert" -> insertReply == null ? new BsonDocument("n", new BsonInt32(command.getArray("documents").size())).append("ok", new BsonDouble(1))
                    : (BsonDocument) bson(insertReply);
            default -> new BsonDocument("ok", new BsonDouble(1));
        };
    }

    private BsonDocument hello() {
        return new BsonDocument("ismaster", BsonBoolean.TRUE).append("isWritablePrimary", BsonBoolean.TRUE)
                .append("maxBsonObjectSize", new BsonInt32(16 << 20)).append("maxMessageSizeBytes", new BsonInt32(48_000_000))
                .append("maxWriteBatchSize", new BsonInt32(100_000)).append("localTime", new BsonDateTime(System.currentTimeMillis()))
                .append("minWireVersion", new BsonInt32(0)).append("maxWireVersion", new BsonInt32(wireVersion()))
                .append("readOnly", BsonBoolean.FALSE).append("ok", new BsonDouble(1));
    }

    private int wireVersion() {
        String[] parts = version.split("\\.");
        int major = Integer.parseInt(parts[0]);
        int minor = Integer.parseInt(parts[1]);
        return major < 3 ? 3 : major == 3 ? Math.min(6, 3 + minor / 2) : major == 4 ? 7 + minor / 2 : 13 + (major - 5) * 4;
    }

    private static BsonValue bson(Object plain) {
        if (plain instanceof Map<?, ?> map) {
            BsonDocument document = new BsonDocument();
            map.forEach((name, value) -> document.put(name.toString(), bson(value)));
            return document;
        }
        if (plain instanceof List<?> list) {
            return new BsonArray(list.stream().map(MongoStub::bson).toList());
        }
        return plain instanceof Long number ? new BsonInt32(number.intValue()) : plain instanceof Double number ? new BsonDouble(number)
                : new BsonString(plain.toString());
    }

    private static Map<String, Object> plain(BsonDocument document) {
        Map<String, Object> plain = new LinkedHashMap<>();
        document.forEach((name, value) -> plain.put(name, plain(value)));
        return plain;
    }

    /** Identities as their digits, dates as recordings have them, in UTC. */
    private static Object plain(BsonValue value) {
        return switch (value.getBsonType()) {
            case DOCUMENT -> plain(value.asDocument());
            case ARRAY -> value.asArray().stream().map(MongoStub::plain).toList();
            case STRING -> value.asString().getValue();
            case BOOLEAN -> value.asBoolean().getValue();
            case NULL -> null;
            case DOUBLE -> value.asDouble().getValue();
            case INT32, INT64 -> ((BsonNumber) value).longValue();
            case OBJECT_ID -> value.asObjectId().getValue().toHexString();
            case DATE_TIME -> Map.of("$date", Instant.ofEpochMilli(value.asDateTime().getValue()).atOffset(ZoneOffset.UTC).toString().replaceFirst("Z$", ""));
            default -> new Markers.Opaque(value.toString());
        };
    }
}
