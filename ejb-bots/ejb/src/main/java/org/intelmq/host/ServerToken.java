package org.intelmq.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.intelmq.message.Json;
import org.intelmq.message.JsonException;
import org.intelmq.pipeline.Installation;

/** The token in {@code var/run/server.json}, written there by whoever started the server; read once. Thread-safe. */
final class ServerToken implements Supplier<String> {

    private final Path file;
    private String token;

    ServerToken(Installation installation) {
        file = installation.run().resolve("server.json");
    }

    /** @throws UncheckedIOException if there is no such file, or no token in it */
    @Override
    public synchronized String get() {
        if (token == null) {
            try {
                String read = (String) ((Map<?, ?>) Json.parse(Files.readString(file))).get("token");
                if (read == null || read.isBlank()) {
                    throw new IOException(file + " holds no token: expected {\"url\": …, \"token\": …}");
                }
                token = read;
            } catch (JsonException | ClassCastException e) {
                throw new UncheckedIOException(new IOException(file + " is not usable: expected {\"url\": …, \"token\": …}", e));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return token;
    }
}
