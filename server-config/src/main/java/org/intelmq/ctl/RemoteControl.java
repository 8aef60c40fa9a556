package org.intelmq.ctl;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.intelmq.control.BotControl;
import org.intelmq.control.BotState;
import org.intelmq.control.BotStatistics;
import org.intelmq.control.Halt;
import org.intelmq.control.LogFile;
import org.intelmq.control.Trial;
import org.intelmq.engine.check.ConfigurationCheck;
import org.intelmq.message.Json;
import org.intelmq.pipeline.Problem;
import org.intelmq.pipeline.RuntimeConfiguration;
import org.intelmq.pipeline.Severity;

/** The running server, controlled over HTTP, with the client that the JVM starts fastest. */
final class RemoteControl implements BotControl {

    private static final String DATA = "data: ";
    private static final String EVENT = "event: ";
    private static final List<String> KEYS = List.of("name", "group", "module", "description", "enabled", "run_mode");
    private static final List<String> CONNECTIONS = List.of("source_queue", "destination_queues");

    private final RestClient rest;

    RemoteControl(RestClient rest) {
        this.rest = rest;
    }

    /** Whether the bots are already hosted. */
    boolean isReady() {
        try {
            HttpURLConnection request = rest.connection().open("GET", "/health");
            request.setReadTimeout((int) ServerConnection.CONNECTING.toMillis());
            return request.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public Map<String, BotState> status(Collection<String> bots) {
        return bots.isEmpty() ? Map.of() : states(call("GET", "bots/status" + query(bots), null));
    }

    @Override
    public Map<String, BotState> start(Collection<String> bots) {
        return change("start", bots);
    }

    @Override
    public Map<String, BotState> stop(Collection<String> bots) {
        return change("stop", bots);
    }

    @Override
    public Map<String, BotState> reload(Collection<String> bots) {
        return change("reload", bots);
    }

    private Map<String, BotState> change(String action, Collection<String> bots) {
        return bots.isEmpty() ? Map.of() : states(call("POST", "bots/" + action + query(bots), ""));
    }

    @Override
    public BotStatistics statistics(String bot) {
        Map<?, ?> answer = (Map<?, ?>) call("GET", "bots/" + encoded(bot) + "/statistics", null);
        Map<String, Long> sent = new LinkedHashMap<>();
        ((Map<?, ?>) answer.get("sent")).forEach((path, count) -> sent.put((String) path, (Long) count));
        return new BotStatistics(BotState.of((String) answer.get("state")), (Long) answer.get("received"), sent, (Long) answer.get("failed"),
                (Long) answer.get("dumped"), (Long) answer.get("waiting"), ((Long) answer.get("consumers")).intValue(),
                (String) answer.get("held_behind"), (String) answer.get("waiting_for"), (String) answer.get("last_error"),
                time(answer.get("last_error_at")), time(answer.get("last_success")), time(answer.get("next_run")),
                ((Long) answer.get("tries")).intValue());
    }

    /** With a single request, whatever the number of bots. */
    @Override
    public Map<String, Halt> halts(Collection<String> bots) {
        if (bots.size() == 1) {
            return BotControl.super.halts(bots);
        }
        Map<String, Standing> all = standing(null);
        Map<String, Halt> halts = new LinkedHashMap<>();
        bots.stream().filter(bot -> all.containsKey(bot) && all.get(bot).halt() != null).forEach(bot -> halts.put(bot, all.get(bot).halt()));
        return halts;
    }

    /** @param halt {@code null} if the bot moves, or does not run */
    record Standing(BotState state, Halt halt) { }

    /**
     * The bots by id, with one question.
     *
     * @param group as in {@code runtime.yaml}; {@code null} for all
     */
    Map<String, Standing> standing(String group) {
        Map<String, Standing> bots = new TreeMap<>();
        for (Object each : (List<?>) call("GET", group == null ? "bots" : "bots?group=" + encoded(group), null)) {
            Map<?, ?> bot = (Map<?, ?>) each;
            Halt halt = new Halt((String) bot.get("held_behind"), (String) bot.get("waits_for"));
            bots.put((String) bot.get("id"), new Standing(BotState.of((String) bot.get("state")), halt.equals(new Halt(null, null)) ? null : halt));
        }
        return bots;
    }

    /** The bots and queues that the server has loaded: all there is to know of them while the file is broken. */
    RuntimeConfiguration loaded() {
        Map<String, Object> sections = new LinkedHashMap<>();
        for (Object each : (List<?>) call("GET", "bots", null)) {
            Map<?, ?> bot = (Map<?, ?>) each;
            Map<String, Object> section = new LinkedHashMap<>();
            KEYS.stream().filter(key -> bot.get(key) != null).forEach(key -> section.put(key, bot.get(key)));
            Map<String, Object> parameters = new LinkedHashMap<>();
            CONNECTIONS.stream().filter(key -> bot.get(key) != null).forEach(key -> parameters.put(key, bot.get(key)));
            section.put("parameters", parameters);
            sections.put((String) bot.get("id"), section);
        }
        return RuntimeConfiguration.parse(Json.write(sections), "what the server has loaded", Map.of());
    }

    private static Instant time(Object given) {
        return given == null ? null : Instant.parse((String) given);
    }

    @Override
    public List<Problem> problems() {
        return problems(call("GET", "check", null));
    }

    private static List<Problem> problems(Object answer) {
        return ((List<?>) answer).stream().map(each -> (Map<?, ?>) each).map(each -> new Problem((String) each.get("bot"),
                (String) each.get("parameter"), Severity.of((String) each.get("severity")), (String) each.get("text"))).toList();
    }

    /**
     * What the server finds when it checks the configuration as it is now; its classes of bots are already loaded.
     *
     * @return empty if this server cannot say, such as one that kept running while its distribution was replaced
     */
    Optional<ConfigurationCheck.Result> check() {
        try {
            Map<?, ?> answer = (Map<?, ?>) rest.get("check/steps");
            return Optional.of(new ConfigurationCheck.Result(((List<?>) answer.get("steps")).stream().map(each -> (Map<?, ?>) each)
                    .map(step -> new ConfigurationCheck.Step((String) step.get("title"), problems(step.get("problems")))).toList()));
        } catch (RestClient.Refused e) {
            if (e.status() == HttpURLConnection.HTTP_NOT_FOUND) {
                return Optional.empty();
            }
            throw refused("GET", "check/steps", e);
        }
    }

    @Override
    public List<String> missing() {
        return ((Map<?, ?>) call("GET", "system/health", null)).get("missing") instanceof List<?> bots ? texts(bots) : List.of();
    }

    @Override
    public List<String> next(String bot, int limit, Duration atMost) {
        return texts(call("GET", "bots/" + encoded(bot) + "/next?limit=" + limit + "&seconds=" + atMost.toSeconds(), null));
    }

    @Override
    public Map<String, Long> queues() {
        Map<String, Long> lengths = new LinkedHashMap<>();
        ((List<?>) call("GET", "queues", null)).stream().map(each -> (Map<?, ?>) each)
                .forEach(queue -> lengths.put((String) queue.get("name"), (Long) queue.get("waiting")));
        return lengths;
    }

    @Override
    public long clear(String queue) {
        return (Long) call("DELETE", "queues/" + encoded(queue) + "/messages", null);
    }

    @Override
    public List<String> peek(String queue, int limit) {
        Map<?, ?> page = (Map<?, ?>) call("GET", "queues/" + encoded(queue) + "/messages?full=true&limit=" + limit, null);
        return ((List<?>) page.get("items")).stream().map(each -> ((Map<?, ?>) each).get("message"))
                .map(message -> message instanceof String text ? text : Json.write(message)).toList();
    }

    @Override
    public String pop(String queue) {
        return (String) call("POST", "queues/" + encoded(queue) + "/pop", "");
    }

    @Override
    public void send(String queue, String message) {
        call("POST", "queues/" + encoded(queue) + "/messages", message);
    }

    @Override
    public void send(String queue, String id, List<String> messages) {
        call("PUT", "queues/" + encoded(queue) + "/messages/" + encoded(id), Json.writeAscii(messages));
    }

    @Override
    public Trial process(String bot, String message, boolean dryRun, LogFile.Level level) {
        String options = "?dry-run=" + dryRun + (level == null ? "" : "&level=" + level);
        Map<?, ?> answer = (Map<?, ?>) call("POST", "bots/" + encoded(bot) + "/process" + options, message == null ? "" : message);
        List<Trial.Sent> sent = new ArrayList<>();
        for (Object one : (List<?>) answer.get("sent")) {
            sent.add(new Trial.Sent((String) ((Map<?, ?>) one).get("path"), (String) ((Map<?, ?>) one).get("message")));
        }
        return new Trial(texts(answer.get("log")), sent);
    }

    /** What the server answers to GET; {@code path} below {@code /api/v1/}. */
    Object get(String path) {
        return call("GET", path, null);
    }

    /** Hands on the data of server-sent events, until somebody has enough and says false, or the server ends. */
    void follow(String path, Predicate<String> events) {
        ServerConnection connection = rest.connection();
        try {
            HttpURLConnection request = connection.open("GET", "/api/v1/" + path);
            int status = request.getResponseCode();
            if (status != HttpURLConnection.HTTP_OK) {
                RestClient.Refused refusal = RestClient.Refused.of("GET", path, status, connection.text(request.getErrorStream()));
                throw new NoServerException("The server at " + connection.server() + " refused: " + refusal.reason(), refusal);
            }
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(request.getInputStream(), StandardCharsets.UTF_8))) {
                boolean isHeartbeat = false;
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith(EVENT)) {
                        isHeartbeat = line.equals(EVENT + "heartbeat");
                    }
                    if (!isHeartbeat && line.startsWith(DATA) && !events.test(line.substring(DATA.length()))) {
                        return;
                    }
                }
            }
        } catch (IOException e) {
            throw new NoServerException("The server at " + connection.server() + " does not answer any more: " + e, e);
        }
    }

    private Object call(String method, String path, String body) {
        try {
            return rest.call(method, path, body, "text/plain");
        } catch (RestClient.Refused e) {
            throw refused(method, path, e);
        }
    }

    private NoServerException refused(String method, String path, RestClient.Refused e) {
        String server = "The server at " + rest.connection().server();
        if (e.status() == HttpURLConnection.HTTP_UNAVAILABLE) {
            return new NoServerException(server + " is not ready: " + e.reason(), e);
        }
        String refusal = server + " refused " + method + " /api/v1/" + path.replaceFirst("\\?.*", "") + " (status " + e.status() + "): " + e.reason();
        return e.status() == HttpURLConnection.HTTP_BAD_REQUEST || e.status() == HttpURLConnection.HTTP_ENTITY_TOO_LARGE
                ? new NoServerException.Refusal(refusal, e) : new NoServerException(refusal, e);
    }

    private static Map<String, BotState> states(Object answer) {
        Map<String, BotState> states = new LinkedHashMap<>();
        ((Map<?, ?>) answer).forEach((bot, word) -> states.put((String) bot, BotState.of((String) word)));
        return states;
    }

    private static List<String> texts(Object answer) {
        return ((List<?>) answer).stream().map(String.class::cast).toList();
    }

    private static String query(Collection<String> bots) {
        return bots.stream().map(bot -> "bot=" + encoded(bot)).collect(Collectors.joining("&", "?", ""));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
