package org.intelmq.bots.outputs.restapi;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.Http;
import org.intelmq.bot.HttpParams;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.message.Json;
import org.intelmq.message.Message;
import org.intelmq.message.MessageJson;
import org.intelmq.text.PythonText;

public final class RestApiOutput implements Bot<Message> {

    /** How the token is sent. */
    public enum Authentication { HTTP_HEADER, HTTP_BASIC_AUTH }

    public record Params(
            @Param(value = "Address to post to.", example = "https://siem.example/events")
            URI host,
            @Param(value = "Whether events are sent as JSON, or as a form.", byDefault = "true")
            boolean useJson,
            @Param(value = "Whether names are split at their dots into objects within objects.", byDefault = "false")
            boolean hierarchicalOutput,
            @Param(value = "Name of the header with the token, or user name.", optional = true)
            String authTokenName,
            @Param(value = "The token, or password.", optional = true, secret = true)
            String authToken,
            @Param(value = "Whether the token goes into a header of its own or is a user's password.", optional = true)
            Authentication authType,
            HttpParams http) { }

    public static final BotType<Params> TYPE = BotType.output("intelmq.bots.outputs.restapi.output", "REST API",
            "Posts each event to an address, as to Splunk, Elasticsearch or other collectors of events.", Params.class, RestApiOutput::new).waiting();

    private final Params params;
    private final Http http;

    RestApiOutput(Params params, BotContext context) {
        this.params = params;
        this.http = context.http(params.http());
        if (!params.host().isAbsolute()) {
            throw new ConfigurationException("parameter 'host' cannot be \"" + params.host() + "\": expected an address with http:// or https://");
        }
    }

    @Override
    public void process(Message event, Outbox out) throws IOException, InterruptedException {
        Map<String, Object> content = MessageJson.toMap(event, params.hierarchicalOutput(), false, false);
        String body = params.useJson() ? Json.writeAscii(content) : form(content);
        HttpRequest request = authorised(http.request(params.host())).setHeader("Content-Type", "application/json; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofString(body)).build();
        HttpResponse<InputStream> reply = http.send(request);
        try (InputStream answer = reply.body()) {
            if (reply.statusCode() >= 400) {
                throw new IOException("POST " + params.host() + " answered with status " + reply.statusCode() + ": "
                        + new String(answer.readNBytes(200), StandardCharsets.UTF_8));
            }
            answer.transferTo(java.io.OutputStream.nullOutputStream());
        }
    }

    private HttpRequest.Builder authorised(HttpRequest.Builder request) {
        if (params.authTokenName() == null || params.authToken() == null || params.authType() == null) {
            return request;
        }
        return switch (params.authType()) {
            case HTTP_HEADER -> request.setHeader(params.authTokenName(), params.authToken());
            case HTTP_BASIC_AUTH -> request.setHeader("Authorization", "Basic " + Base64.getEncoder()
                    .encodeToString((params.authTokenName() + ':' + params.authToken()).getBytes(StandardCharsets.UTF_8)));
        };
    }

    /** A list gives its name several times, an object its names, as Python's requests does it. */
    private static String form(Map<String, Object> content) {
        return content.entrySet().stream().flatMap(entry -> values(entry.getValue()).stream().filter(value -> value != null)
                .map(value -> encoded(entry.getKey()) + '=' + encoded(PythonText.str(value)))).collect(Collectors.joining("&"));
    }

    private static Collection<?> values(Object value) {
        return value instanceof List<?> list ? list : value instanceof Map<?, ?> map ? map.keySet() : java.util.Collections.singletonList(value);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
