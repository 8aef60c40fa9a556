package org.intelmq.mail;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.intelmq.bot.Http;
import org.intelmq.bot.UnavailableException;
import org.intelmq.message.Json;
import org.intelmq.message.JsonException;
import org.intelmq.text.net.MaskedUrl;

/** How the bot logs in to a mail server: not at all, with user and password, or with an OAuth2 token. Not thread-safe. */
public final class Login {

    private static final int SECONDS_IN_HAND = 60;
    private static final int SECONDS_IF_UNSAID = 300;
    private static final int MOST_SECONDS = 86_400;

    private final String user;
    private final String password;
    private final OauthParams oauth;
    private final Http http;
    private final Clock clock;
    private String token;
    private Instant tokenEnd;

    /**
     * @param user {@code null} or empty for no login
     * @param password {@code null} or empty where a token is used, or no password is needed
     * @param http fetches tokens; may be {@code null} if none are fetched
     */
    public Login(String user, String password, OauthParams oauth, Http http, Clock clock) {
        this.user = user == null || user.isEmpty() ? null : user;
        this.password = password == null || password.isEmpty() ? null : password;
        this.oauth = oauth;
        this.http = http;
        this.clock = clock;
    }

    boolean isAnonymous() {
        return user == null || password == null && !oauth.isUsed();
    }

    boolean usesToken() {
        return user != null && oauth.isUsed();
    }

    String user() {
        return user;
    }

    /**
     * The password, or a token that is still valid.
     *
     * @throws UnavailableException if no token can be fetched
     */
    String secret() throws InterruptedException {
        if (!usesToken()) {
            return password;
        }
        try {
            return oauth.oauth2TokenFile() != null ? Files.readString(oauth.oauth2TokenFile()).strip() : fetched();
        } catch (IOException e) {
            String from = oauth.oauth2TokenFile() != null ? "parameter 'oauth2_token_file'" : MaskedUrl.in(oauth.oauth2TokenUrl().toString());
            throw new UnavailableException("No OAuth2 token from " + from + ": " + e.getMessage(), e);
        }
    }

    /** Called when the server has refused the token. */
    void forgetToken() {
        token = null;
    }

    private String fetched() throws IOException, InterruptedException {
        if (token != null && clock.instant().isBefore(tokenEnd)) {
            return token;
        }
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", oauth.oauth2RefreshToken() == null ? "client_credentials" : "refresh_token");
        form.put("client_id", oauth.oauth2ClientId());
        putIfSet(form, "client_secret", oauth.oauth2ClientSecret());
        putIfSet(form, "scope", oauth.oauth2Scope());
        putIfSet(form, "refresh_token", oauth.oauth2RefreshToken());
        String body = form.entrySet().stream().map(entry -> entry.getKey() + '=' + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        HttpResponse<InputStream> reply = http.send(http.request(oauth.oauth2TokenUrl()).header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body)).build());
        try (InputStream in = reply.body()) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            if (reply.statusCode() / 100 != 2) {
                throw new IOException("it answered with status " + reply.statusCode() + reason(text) + ", expected 200");
            }
            if (!(Json.parse(text) instanceof Map<?, ?> answer) || !(answer.get("access_token") instanceof String given)) {
                throw new IOException("its answer has no access_token");
            }
            long seconds = answer.get("expires_in") instanceof Number number ? number.longValue() : SECONDS_IF_UNSAID;
            tokenEnd = clock.instant().plusSeconds(Math.max(0, Math.min(seconds, MOST_SECONDS) - SECONDS_IN_HAND));
            token = given;
            return token;
        } catch (JsonException e) {
            throw new IOException("its answer is not valid JSON: " + e.getMessage(), e);
        }
    }

    /** The text of the standard's error answer, which contains no secret. */
    private static String reason(String text) {
        try {
            return Json.parse(text) instanceof Map<?, ?> answer && answer.get("error") instanceof String error ? " (" + error + ')' : "";
        } catch (JsonException e) {
            return "";
        }
    }

    private static void putIfSet(Map<String, String> form, String name, String value) {
        if (value != null && !value.isEmpty()) {
            form.put(name, value);
        }
    }
}
