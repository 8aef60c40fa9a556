package org.intelmq.manager;

import static org.intelmq.access.Role.EDITOR;
import static org.intelmq.access.Role.OPERATOR;
import static org.intelmq.access.Role.VIEWER;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.intelmq.access.Account;
import org.intelmq.access.Gate;
import org.intelmq.access.Role;
import org.intelmq.administration.Administration;
import org.intelmq.administration.Caller;
import org.intelmq.control.Version;

/** All that the original's REST interface offers. */
final class Endpoints {

    /** The version of the original interface that this one answers like. */
    private static final String INTERFACE = "3.3.0";
    private static final String LOGIN = "login";
    private static final Parameter ACTION = Parameter.choice("action", "start", "stop", "restart", "reload", "status");
    private static final Map<String, String> GROUPS = Map.of("collectors", "Collector", "parsers", "Parser", "experts", "Expert", "outputs", "Output");

    private final Operations operations;
    private final StoredFiles files;
    private final ConfigFiles shown;
    private final Gate gate;
    private final Administration administration;
    private final List<Endpoint> all = new ArrayList<>();

    Endpoints(Operations operations, StoredFiles files, ConfigFiles shown, Gate gate, Administration administration) {
        this.operations = operations;
        this.files = files;
        this.shown = shown;
        this.gate = gate;
        this.administration = administration;
        bots();
        files();
        all.add(new Endpoint("POST", "/v1/api/login", null, List.of(), (arguments, request, caller) -> login(request)));
    }

    List<Endpoint> all() {
        return all;
    }

    private void bots() {
        get("botnet", Endpoints::forAction, List.of(ACTION, Parameter.choice("group", "collectors", "parsers", "experts", "outputs", "botnet").optional()),
                (given, caller) -> Answer.printed(operations.botnet(caller, given.text("action"),
                        given.text("group") == null ? null : GROUPS.get(given.text("group")))));
        get("bot", Endpoints::forAction, List.of(Parameter.text("id"), ACTION),
                (given, caller) -> Answer.printed(operations.bot(caller, given.text("action"), given.text("id"))));
        get("getlog", VIEWER, List.of(Parameter.text("id"), Parameter.number("lines"),
                Parameter.choice("level", "DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL", "ALL").optional()),
                given -> Answer.printed(operations.log(given.text("id"), given.number("lines"), given.text("level"))));
        get("queues", VIEWER, List.of(), given -> Answer.printed(operations.queues()));
        get("queues-and-status", VIEWER, List.of(), given -> Answer.printed(operations.queuesAndStatus()));
        get("bots", VIEWER, List.of(), given -> Answer.printed(operations.bots()));
        get("version", VIEWER, List.of(), given -> Answer.json(200, version()));
        get("check", VIEWER, List.of(), given -> Answer.printed(operations.check()));
        get("clear", given -> OPERATOR, List.of(Parameter.text("id")), (given, caller) -> Answer.printed(operations.clear(caller, given.text("id"))));
        get("debug", VIEWER, List.of(), given -> Answer.printed(operations.debug()));
        all.add(new Endpoint("POST", "/v1/api/run", given -> OPERATOR, List.of(Parameter.text("bot"), Parameter.choice("cmd", "get", "pop", "send", "process"),
                Parameter.truth("show"), Parameter.truth("dry")),
                (given, request, caller) -> Answer.json(200, operations.run(caller, given.text("bot"), given.text("cmd"),
                Forms.read(request).getOrDefault("msg", ""), given.truth("show"), given.truth("dry")))));
    }

    private void files() {
        get("config", VIEWER, List.of(Parameter.text("file"), Parameter.truth("fetch")), given -> shown.show(given.text("file"), given.truth("fetch")));
        file("harmonization", files::harmonization);
        file("runtime", files::runtime);
        file("positions", files::positions);
        // with the second slash as old versions of the web manager have it
        for (String slash : List.of("/", "//")) {
            post("/v1/api" + slash + "runtime", (request, caller) -> Answer.text(200, files.writeRuntime(caller, JsonBody.read(request))));
            post("/v1/api" + slash + "positions", (request, caller) -> Answer.text(200, files.writePositions(caller, JsonBody.read(request))));
        }
    }

    @FunctionalInterface
    private interface Reading {
        Answer of(Arguments arguments) throws Exception;
    }

    @FunctionalInterface
    private interface Acting {
        Answer of(Arguments arguments, Caller caller) throws Exception;
    }

    @FunctionalInterface
    private interface Writing {
        Answer of(Request request, Caller caller) throws Exception;
    }

    @FunctionalInterface
    private interface Stored {
        Map<String, Object> of(Caller caller) throws Exception;
    }

    private void file(String name, Stored content) {
        all.add(new Endpoint("GET", "/v1/api/" + name, given -> VIEWER, List.of(),
                (given, request, caller) -> Answer.json(200, content.of(caller))));
    }

    private void get(String name, Role role, List<Parameter> parameters, Reading work) {
        get(name, given -> role, parameters, (given, caller) -> work.of(given));
    }

    private void get(String name, Function<Arguments, Role> needs, List<Parameter> parameters, Acting work) {
        all.add(new Endpoint("GET", "/v1/api/" + name, needs, parameters, (given, request, caller) -> work.of(given, caller)));
    }

    private void post(String path, Writing work) {
        all.add(new Endpoint("POST", path, given -> EDITOR, List.of(), (given, request, caller) -> work.of(request, caller)));
    }

    private static Role forAction(Arguments given) {
        return "status".equals(given.text("action")) ? VIEWER : OPERATOR;
    }

    private static Map<String, Object> version() {
        Map<String, Object> version = new LinkedHashMap<>();
        version.put("intelmq", Version.INTELMQ);
        version.put("intelmq-api", INTERFACE);
        return version;
    }

    private Answer login(Request request) throws InvalidRequest {
        Map<String, String> form = Forms.read(request);
        List<Map<String, Object>> missing = new ArrayList<>();
        for (String field : List.of("username", "password")) {
            if (form.getOrDefault(field, "").isEmpty()) {
                missing.add(InvalidRequest.missing("body", field));
            }
        }
        if (!missing.isEmpty()) {
            throw new InvalidRequest(missing);
        }
        if (!gate.hasUsers()) {
            return Answer.failedLogin(400, "There is no user yet: add one on the server with 'intelmqctl user add NAME'.");
        }
        Gate.Login login = gate.login(form.get("username"), form.get("password"), request.address());
        if (login.delay() != null) {
            administration.noteRefused(null, null, ManagerApi.way(request), LOGIN, "too-many-failures");
            return tooOften(login.delay());
        }
        Account account = login.account();
        administration.note(account == null ? null : account.name(), account == null ? null : account.role(), ManagerApi.way(request), LOGIN,
                account == null ? "login-refused" : "done");
        if (account == null) {
            return Answer.failedLogin(401, "Invalid username and/or password.");
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("login_token", login.token());
        answer.put("username", account.name());
        return Answer.json(200, answer);
    }

    private static Answer tooOften(Duration delay) {
        long seconds = delay.plusMillis(999).toSeconds();
        return Answer.failedLogin(429, "Too many failed logins: try again in " + seconds + " seconds.").with("retry-after", String.valueOf(seconds));
    }
}
