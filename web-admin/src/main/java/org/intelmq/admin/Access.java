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

/**
 * Who may use the interface: those who can read {@code var/run/server.json}, under a name of this machine; with the token of
 * {@link ReadingToken} figures alone may be read.
 */
final class Access {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    /** Names, with commas, under which the server is reached otherwise, such as behind a proxy. */
    private static final String FURTHER_HOSTS = "INTELMQ_HTTP_HOSTS";

    private static final String BEARER = "Bearer ";

    private final String token;
    private final ReadingToken reading;
    private final Set<String> hosts;

    private Access(String token, ReadingToken reading, Set<String> hosts) {
        this.token = token;
        this.reading = reading;
        this.hosts = hosts;
    }

    /** Of the server itself. */
    static String token(Path serverFile) throws IOException {
        return of(serverFile, null, Map.of()).token;
    }

    static Access of(Path serverFile, ReadingToken reading, Map<String, String> environment) throws IOException {
        try {
            Map<?, ?> server = (Map<?, ?>) Json.parse(Files.readString(serverFile));
            String address = URI.create((String) server.get("url")).getHost();
            Stream<String> further = Arrays.stream(environment.getOrDefault(FURTHER_HOSTS, "").split(",")).map(String::strip);
            return new Access((String) server.get("token"), reading, Stream.concat(Stream.concat(LOOPBACK.stream(), Stream.of(address)), further)
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

    /** @param authorization the header: a token, alone or after {@code Bearer}; {@code null} if there is none */
    boolean isAllowed(String authorization, String method, String path) {
        if (authorization == null) {
            return false;
        }
        boolean bearer = authorization.regionMatches(true, 0, BEARER, 0, BEARER.length());
        String given = bearer ? authorization.substring(BEARER.length()).strip() : authorization;
        return isToken(given) || ReadingToken.opens(method, path) && reading.is(given);
    }

    /** Takes as long for a wrong token as for a nearly right one. */
    private boolean isToken(String given) {
        return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
    }
}
