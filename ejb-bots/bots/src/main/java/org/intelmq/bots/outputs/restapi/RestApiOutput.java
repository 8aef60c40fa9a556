package org.intelmq.bots.outputs.restapi;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.Form;
import org.intelmq.bot.Http;
import org.intelmq.bot.HttpParams;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.message.Json;
import org.intelmq.message.Message;
import org.intelmq.message.MessageJson;
import org.intelmq.text.net.MaskedUrl;
import org.intelmq.text.python.PythonText;

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
            @Param(value = "Name of the header with the token, or user name.", optional = true, form = Form.LINE)
            String authTokenName,
            @Param(value = "The token, or password.", optional = true, secret = true, form = Form.LINE)
            String authToken,
            @Param(value = "Whether the token is sent in a header of its own or as a user's password.", optional = true)
            Authentication authType,
            HttpParams http) { }

    public static final BotType<Params> TYPE = BotType.output("intelmq.bots.outputs.restapi.output", "REST API",
            "Posts each event to an address, for example of Splunk, Elasticsearch or another event collector.", Params.class, RestApiOutput::new).waiting();

    private final Params params;
    private final BotContext context;
    private final Http http;
    private boolean hasToldOfRedirect;

    RestApiOutput(Params params, BotContext context) {
        this.params = params;
        this.context = context;
        this.http = context.http(params.http());
        if (!params.host().isAbsolute()) {
            throw new ConfigurationException("parameter 'host' cannot be \"" + params.host() + "\": expected an address with http:// or https://");
        }
    }

    @Override
    public void process(Message event, Outbox out) throws IOException, InterruptedException {
        Map<String, Object> content = MessageJson.toMap(event, params.hierarchicalOutput(), false, false);
        HttpRequest request = authorised(http.request(params.host()))
                .setHeader("Content-Type", params.useJson() ? "application/json; charset=utf-8" : "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(params.useJson() ? Json.writeAscii(content) : form(content))).build();
        HttpResponse<InputStream> reply = send(request);
        try (InputStream answer = reply.body()) {
            if (reply.statusCode() >= 400) {
                throw new IOException("POST " + shown(params.host()) + " answered with status " + reply.statusCode() + ": "
                        + new String(answer.readNBytes(200), StandardCharsets.UTF_8));
            }
            answer.transferTo(OutputStream.nullOutputStream());
        }
        checkRedirect(reply.request());
    }

    /** As in IntelMQ, a request without a timely answer is repeated; the event may then arrive twice, but it does arrive. */
    private HttpResponse<InputStream> send(HttpRequest request) throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                return http.send(request);
            } catch (IOException e) {
                boolean hasTimedOut = e.getCause() instanceof HttpTimeoutException && !(e.getCause() instanceof HttpConnectTimeoutException);
                if (!hasTimedOut || attempt >= params.http().httpTimeoutMaxTries()) {
                    throw e;
                }
                context.log().warning(e.getMessage() + "; sending the event again, try " + (attempt + 1) + " of " + params.http().httpTimeoutMaxTries() + ".");
            }
        }
    }

    /**
     * A redirect may turn the POST into a GET. That is usual after a form was accepted, but loses the event if the service has only moved, for
     * instance from http to https.
     */
    private void checkRedirect(HttpRequest last) throws IOException {
        if (!last.method().equals("GET")) {
            return;
        }
        if (place(last.uri()).equals(place(params.host()))) {
            throw new IOException("POST " + shown(params.host()) + " was redirected to " + shown(last.uri())
                    + " in a way that drops the event: set parameter 'host' to that address");
        }
        if (!hasToldOfRedirect) {
            hasToldOfRedirect = true;
            context.log().warning("POST " + shown(params.host()) + " is redirected to " + shown(last.uri())
                    + ", which is asked without the event. If events do not arrive, set parameter 'host' to the address that takes them.");
        }
    }

    /** What stays the same when a service moves to another server, or from http to https. */
    private static String place(URI address) {
        String path = address.getRawPath();
        return (path.endsWith("/") ? path.substring(0, path.length() - 1) : path) + '?' + address.getRawQuery();
    }

    private static String shown(URI address) {
        return MaskedUrl.in(address);
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

    /** A list repeats its name, and an object becomes its JSON, because forms cannot express it. */
    private static String form(Map<String, Object> content) {
        return content.entrySet().stream().flatMap(entry -> values(entry.getValue()).stream().filter(RestApiOutput::isSaid)
                .map(value -> encoded(entry.getKey()) + '=' + encoded(text(value)))).collect(Collectors.joining("&"));
    }

    private static Collection<?> values(Object value) {
        return value instanceof List<?> list ? list : Collections.singletonList(value);
    }

    private static boolean isSaid(Object value) {
        return value instanceof Double number ? Double.isFinite(number) : value != null;
    }

    private static String text(Object value) {
        return value instanceof Map || value instanceof List ? Json.write(value) : PythonText.str(value);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
