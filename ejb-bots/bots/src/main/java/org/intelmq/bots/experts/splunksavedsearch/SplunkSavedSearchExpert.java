package org.intelmq.bots.experts.splunksavedsearch;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.FieldNames;
import org.intelmq.bot.Form;
import org.intelmq.bot.Http;
import org.intelmq.bot.HttpParams;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.bot.Reply;
import org.intelmq.bot.UnavailableException;
import org.intelmq.message.Field;
import org.intelmq.message.IfPresent;
import org.intelmq.message.Message;
import org.intelmq.text.net.MaskedUrl;

/** Interface: https://docs.splunk.com/Documentation/Splunk/latest/RESTREF/RESTsearch (search/jobs). */
public final class SplunkSavedSearchExpert implements Bot<Message> {

    /** What to do with an event for which a search found nothing. */
    public enum IfNone { WARN, SEND, DROP }

    /** What to do with an event for which a search found more than one result. */
    public enum IfSeveral { LIMIT, WARN, USE_FIRST, IGNORE, SEND, DROP }

    public record Params(
            @Param(value = "Address of Splunk's REST interface, without a trailing slash.", example = "https://splunk.example:8089", form = Form.WEB_ADDRESS)
            String url,
            @Param(value = "Token issued by Splunk for IntelMQ.", secret = true, form = Form.KEY)
            String authToken,
            @Param(value = "Name of the saved search.", form = Form.LINE)
            String savedSearch,
            @Param(value = "Map of fields to the search parameters they are sent as.", byDefault = "", example = "source.ip: ip",
                    fields = FieldNames.KEYS_LOOKED_AT)
            Map<String, Object> searchParameters,
            @Param(value = "Map of fields of a search result to the fields they are written to.", byDefault = "", example = "username: source.account",
                    fields = FieldNames.VALUES_FILLED)
            Map<String, Object> resultFields,
            @Param(value = "What to do if nothing is found: any of warn, send and drop.", byDefault = "warn, send")
            Set<IfNone> notFound,
            @Param(value = "What to do if several results are found: any of warn, use_first, ignore, send and drop; limit requests only one.",
                    byDefault = "warn, use_first, send")
            Set<IfSeveral> multipleResultHandling,
            @Param(value = "Whether an existing value is replaced; when not set, an existing value is an error.", optional = true)
            Boolean overwrite,
            @Param(value = "How long to wait before asking again for results.", byDefault = "5s")
            Duration retryInterval,
            HttpParams http) {

        public Params {
            if (notFound.containsAll(Set.of(IfNone.SEND, IfNone.DROP))) {
                throw new IllegalArgumentException("parameter 'not_found' cannot be both send and drop");
            }
            if (multipleResultHandling.contains(IfSeveral.LIMIT) && multipleResultHandling.size() > 1) {
                throw new IllegalArgumentException("parameter 'multiple_result_handling' cannot be limit and something else: with limit, there is "
                        + "only one result");
            }
            if (multipleResultHandling.containsAll(Set.of(IfSeveral.SEND, IfSeveral.DROP))) {
                throw new IllegalArgumentException("parameter 'multiple_result_handling' cannot be both send and drop");
            }
            if (multipleResultHandling.containsAll(Set.of(IfSeveral.IGNORE, IfSeveral.USE_FIRST))) {
                throw new IllegalArgumentException("parameter 'multiple_result_handling' cannot be both ignore and use_first");
            }
        }
    }

    public static final BotType<Params> TYPE = BotType.expert("intelmq.bots.experts.splunk_saved_search.expert", "Splunk Saved Search Lookup",
            "Runs a saved search of Splunk with values of the event and adds what it finds.", Params.class, SplunkSavedSearchExpert::new).waiting();

    /** The simplest search takes about this long. */
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    /** The status that Splunk answers with as long as it has nothing to say. */
    private static final Duration LONGEST_SEARCH = Duration.ofMinutes(10);
    private static final int NOT_YET = 204;

    private final Params params;
    private final BotContext context;
    private final Http http;
    private final IfPresent ifPresent;

    SplunkSavedSearchExpert(Params params, BotContext context) {
        this.params = params;
        this.context = context;
        this.http = context.http(params.http);
        this.ifPresent = params.overwrite == null ? IfPresent.FAIL : params.overwrite ? IfPresent.REPLACE : IfPresent.KEEP;
    }

    @Override
    public void process(Message event, Outbox out) throws IOException, InterruptedException {
        String missing = params.searchParameters.keySet().stream().filter(field -> !event.has(field)).findFirst().orElse(null);
        if (missing != null) {
            context.log().warning("Event does not contain search parameter " + missing + ".");
            out.send(event);
            return;
        }
        List<?> results = search(query(event));
        if (results.isEmpty()) {
            ifNone(event, out);
        } else if (results.size() == 1) {
            update(event, (Map<?, ?>) results.get(0));
            out.send(event);
        } else {
            ifSeveral(event, results, out);
        }
    }

    private void ifNone(Message event, Outbox out) {
        if (params.notFound.contains(IfNone.WARN)) {
            context.log().warning("No results returned.");
        }
        if (params.notFound.contains(IfNone.SEND)) {
            out.send(event);
        }
    }

    private void ifSeveral(Message event, List<?> results, Outbox out) {
        if (params.multipleResultHandling.contains(IfSeveral.WARN)) {
            context.log().warning("Multiple results returned: " + results);
        }
        if (params.multipleResultHandling.contains(IfSeveral.USE_FIRST)) {
            update(event, (Map<?, ?>) results.get(0));
        }
        if (params.multipleResultHandling.contains(IfSeveral.SEND)) {
            out.send(event);
        }
    }

    private void update(Message event, Map<?, ?> result) {
        params.resultFields.forEach((name, field) -> {
            if (!result.containsKey(name)) {
                throw new NoSuchElementException("the saved search \"" + params.savedSearch + "\" returned no "
                        + "field \"" + name + "\", but " + result.keySet());
            }
            if (result.get(name) != null && !event.offer(Field.of(field.toString()), result.get(name), ifPresent) && !event.has(field.toString())) {
                context.log().warning("The saved search \"" + params.savedSearch + "\" gave " + result.get(name) + " for " + name + ", which " + field
                        + " cannot be.");
            }
        });
    }

    private String query(Message event) {
        StringBuilder query = new StringBuilder("|savedsearch \"").append(params.savedSearch).append('"');
        params.searchParameters.forEach((field, parameter) ->
                query.append(" \"").append(parameter).append("\"=\"").append(quoted(event.text(field))).append('"'));
        return query.append(params.multipleResultHandling.contains(IfSeveral.LIMIT) ? " | head 1" : "").toString();
    }

    /** Text from an event must not become a command of the search. */
    private static String quoted(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    /** @throws UnavailableException if Splunk does not come to an end of it */
    private List<?> search(String query) throws IOException, InterruptedException {
        URI jobs = URI.create(params.url + "/services/search/jobs");
        String form = "output_mode=json&search=" + URLEncoder.encode(query, StandardCharsets.UTF_8);
        HttpRequest start = request(jobs).setHeader("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)).build();
        Object job = http.ask(start).checked().jsonObject().require("sid");
        HttpRequest fetch = request(URI.create(jobs + "/" + job + "/results/?output_mode=json")).GET().build();
        pause(params.retryInterval.compareTo(FIRST_WAIT) < 0 ? params.retryInterval : FIRST_WAIT);
        Instant begin = context.clock().instant();
        Reply results = http.ask(fetch).checked();
        while (results.status() == NOT_YET) {
            if (Duration.between(begin, context.clock().instant()).compareTo(LONGEST_SEARCH) > 0) {
                throw new UnavailableException("the saved search \"" + params.savedSearch + "\" of Splunk at " + MaskedUrl.in(jobs) + " has no results after "
                        + LONGEST_SEARCH.toMinutes() + " minutes: make it faster, or look why Splunk does not run it");
            }
            pause(params.retryInterval);
            results = http.ask(fetch).checked();
        }
        if (results.json() instanceof Map<?, ?> answer && answer.get("results") instanceof List<?> found && found.stream().allMatch(Map.class::isInstance)) {
            return found;
        }
        throw results.unexpected("a list of results");
    }

    private HttpRequest.Builder request(URI address) {
        return http.request(address).setHeader("Authorization", "Bearer " + params.authToken);
    }

    private static void pause(Duration duration) throws InterruptedException {
        Thread.sleep(duration.toMillis());
    }
}
