package org.intelmq.admin;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.intelmq.message.Json;
import org.intelmq.message.JsonException;

/** Who may use the interface: those who can read {@code var/run/server.json}, under a name of this machine. */
final class Access {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    /** Names, with commas, under which the server is reached otherwise, such as behind a proxy. */
    private static final String FURTHER_HOSTS = "INTELMQ_HTTP_HOSTS";

    private final String token;
    private final Set<String> hosts;

    private Access(String token, Set<String> hosts) {
        this.token = token;
        this.hosts = hosts;
    }

    static Access of(Path serverFile, Map<String, String> environment) throws IOException {
        try {
            Map<?, ?> server = (Map<?, ?>) Json.parse(Files.readString(serverFile));
            String address = URI.create((String) server.get("url")).getHost();
            Stream<String> further = Arrays.stream(environment.getOrDefault(FURTHER_HOSTS, "").split(",")).map(String::strip);
            return new Access((String) server.get("token"), Stream.concat(Stream.concat(LOOPBACK.stream(), Stream.of(address)), further)
                    .map(name -> name.toLowerCase(Locale.ROOT)).filter(name -> !name.isEmpty()).collect(Collectors.toSet()));
        } catch (JsonException | ClassCastException | NullPointerException | IllegalArgumentException e) {
            throw new IOException(serverFile + " is not usable: expected {\"url\": …, \"token\": …}", e);
        }
    }

    /** A page of another site cannot make a browser ask under its own name (DNS rebinding). */
    boolean isOurName(String hostHeader) {
        if (hostHeader == null) {
            return false;
        }
        String host = hostHeader.toLowerCase(Locale.ROOT).replaceFirst(":\\d+$", "");
        return hosts.contains(host);
    }

    /** Takes as long for a wrong token as for a nearly right one. */
    boolean isToken(String given) {
        return given != null && MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
    }
}
