package org.intelmq.conformance;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.intelmq.access.Account;
import org.intelmq.access.Gate;
import org.intelmq.access.Role;
import org.intelmq.access.Sessions;
import org.intelmq.administration.Administration;
import org.intelmq.administration.AuditLog;
import org.intelmq.administration.Site;
import org.intelmq.administration.configuration.ConfigurationStore;
import org.intelmq.administration.configuration.Leftovers;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.control.BotActions;
import org.intelmq.control.BotControl;
import org.intelmq.control.BotState;
import org.intelmq.engine.EngineQueues;
import org.intelmq.engine.check.ConfigurationCheck;
import org.intelmq.engine.memory.MemoryEngine;
import org.intelmq.engine.workbench.Workbench;
import org.intelmq.manager.Answer;
import org.intelmq.manager.ManagerApi;
import org.intelmq.manager.Request;
import org.intelmq.message.Json;
import org.intelmq.pipeline.Installation;
import org.intelmq.pipeline.RuntimeConfiguration;
import org.intelmq.replay.CaseFolder;
import org.intelmq.replay.Plain;
import org.intelmq.services.ServerServices;
import org.intelmq.testing.MovableClock;

/** An installation of its own with a server in memory, and what a recorded scene does to it. */
final class ApiScene implements AutoCloseable {

    /** Stands for the time in what is sent. */
    static final String TIME = "2026-01-02T03:00:00+00:00";

    private static final String INTERNAL = "-internal";
    private static final Duration IDLE = Duration.ofSeconds(86_400);

    private final CaseFolder folder = new CaseFolder();
    private final Path root = folder.files();
    private final Installation installation = Installation.at(root);
    private final Map<String, String> environment;
    private final ServerServices services = new ServerServices(installation, queue -> 0);
    private final MemoryEngine memory;
    private final OneUser gate = new OneUser();
    private final ManagerApi api;
    private final boolean isShipped;
    private String token;

    ApiScene(Catalogue catalogue, Map<String, Object> setup, String harmonization, String state) throws IOException {
        environment = Map.of("INTELMQ_ROOT_DIR", root + "/", "PATH", "/usr/bin");
        Map<String, Object> files = new LinkedHashMap<>(Plain.map(setup.get("files")));
        files.putIfAbsent("etc/harmonization.conf", harmonization);
        files.putIfAbsent("var/lib/state.json", state);
        isShipped = files.putIfAbsent("etc/runtime.yaml", "{}") == null;
        for (String each : List.of("var/log", "var/run", "var/lib/bots")) {
            Files.createDirectories(root.resolve(each));
        }
        for (String each : Plain.<String>list(setup.get("dirs"))) {
            Files.createDirectories(root.resolve(each));
        }
        for (Map.Entry<String, Object> file : files.entrySet()) {
            write(file.getKey(), file.getValue());
        }
        memory = new MemoryEngine(installation, environment, catalogue, services);
        api = new ManagerApi(memory.control(), catalogue, installation, environment,
                () -> new ConfigurationCheck(installation, catalogue, environment, services).run(memory.control().queues()), administration(catalogue),
                gate);
    }

    private Administration administration(Catalogue catalogue) {
        ConfigurationCheck check = new ConfigurationCheck(installation, catalogue, environment, services);
        ConfigurationStore store = new ConfigurationStore(installation, catalogue, (text, known) -> check.of(text, memory.control().queues(), known),
                Leftovers.of(new EngineQueues(memory.engine())), Clock.systemUTC());
        return new Administration(new Site(memory.control(), catalogue, installation, environment,
                () -> check.run(memory.control().queues()), store, new Workbench(installation, catalogue, services),
                null, null),
                AuditLog.of(installation, Clock.systemUTC()));
    }

    Path root() {
        return root;
    }

    /** The shipped configuration is not in the recording, but what was answered when it was asked for. */
    void complete(String path, Object answered) throws IOException {
        if (isShipped && path.equals("/v1/api/runtime")) {
            write("etc/runtime.yaml", Json.pretty(answered));
        } else if (isShipped && path.equals("/v1/api/harmonization")) {
            write("etc/harmonization.conf", Json.pretty(answered));
        }
    }

    private void write(String file, Object content) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        if (content instanceof Map<?, ?> marked) {
            Files.write(path, Base64.getDecoder().decode((String) marked.get("$b64")));
        } else {
            // nobody can make a folder there, not even root
            Files.writeString(path, here((String) content).replace("/nonexistent/", "/dev/null/"));
        }
    }

    String here(String text) {
        String user = token == null ? "" : token;
        return text.replace("{root}", root.toString()).replace("{time}", TIME).replace("{token}", user)
                .replace("{TOKEN in upper case}", user.toUpperCase(Locale.ROOT));
    }

    /** What was done outside of the interface. */
    void prepare(List<List<Object>> steps) throws IOException {
        for (List<Object> step : steps) {
            String first = step.size() > 1 ? String.valueOf(step.get(1)) : null;
            switch ((String) step.get(0)) {
                case "push" -> Plain.list(step.get(2)).forEach(message -> control().send(withoutInternal(first), here(Json.write(message))));
                case "write" -> write(first, step.get(2));
                case "delete" -> Files.deleteIfExists(root.resolve(first));
                case "mkdir" -> Files.createDirectories(root.resolve(first));
                case "symlink" -> Files.createSymbolicLink(root.resolve(first), Path.of(here((String) step.get(2))));
                case "chmod" -> Files.setPosixFilePermissions(root.resolve(first),
                        PosixFilePermissions.fromString(rights(String.valueOf(step.get(2)))));
                case "ctl" -> act(first, (String) step.get(2));
                case "flush" -> control().queues().keySet().forEach(control()::clear);
                case "wait" -> memory.run();
                case "sql" -> gate.age(first);
                default -> throw new IllegalArgumentException("the preparation " + step + " is not known");
            }
        }
    }

    private void act(String action, String bot) {
        BotActions actions = new BotActions(control(), RuntimeConfiguration.read(installation.runtimeConfiguration(), environment));
        switch (action) {
            case "start" -> actions.start(bot);
            case "stop" -> actions.stop(bot);
            case "restart" -> actions.restart(bot);
            default -> throw new IllegalArgumentException("the action " + action + " is not known");
        }
    }

    private static String rights(String octal) {
        StringBuilder rights = new StringBuilder();
        octal.chars().map(digit -> digit - '0').forEach(digit -> rights.append((digit & 4) > 0 ? 'r' : '-').append((digit & 2) > 0 ? 'w' : '-')
                .append((digit & 1) > 0 ? 'x' : '-'));
        return rights.toString();
    }

    /** Makes bots and queues what they were at the time, so that no exchange answers for another. */
    void goOnFrom(List<String> running, Map<String, Object> queues) {
        RuntimeConfiguration configuration = RuntimeConfiguration.read(installation.runtimeConfiguration(), environment);
        for (String bot : configuration.bots().keySet()) {
            BotState state = control().status(List.of(bot)).get(bot);
            if (running.contains(bot) && state != BotState.RUNNING) {
                control().start(List.of(bot));
            } else if (!running.contains(bot) && state == BotState.RUNNING) {
                control().stop(List.of(bot));
            }
        }
        Map<String, List<Object>> wanted = merged(queues);
        Map<String, List<Object>> have = queues();
        have.forEach((queue, messages) -> {
            if (!messages.equals(wanted.get(queue))) {
                control().clear(queue);
            }
        });
        wanted.forEach((queue, messages) -> {
            if (!messages.equals(have.get(queue))) {
                messages.forEach(message -> control().send(queue, here(Json.write(message))));
            }
        });
    }

    /** Oldest first; what a bot had taken lies before what waited for it, as it does here. */
    Map<String, List<Object>> merged(Map<String, Object> queues) {
        Map<String, List<Object>> merged = new TreeMap<>();
        for (boolean taken : List.of(true, false)) {
            queues.forEach((queue, messages) -> {
                if (queue.endsWith(INTERNAL) == taken) {
                    List<Object> oldestFirst = new ArrayList<>(Plain.list(messages));
                    Collections.reverse(oldestFirst);
                    merged.computeIfAbsent(withoutInternal(queue), missing -> new ArrayList<>()).addAll(oldestFirst);
                }
            });
        }
        return merged;
    }

    private static String withoutInternal(String queue) {
        return queue.endsWith(INTERNAL) ? queue.substring(0, queue.length() - INTERNAL.length()) : queue;
    }

    /** All that hold something, oldest first. */
    Map<String, List<Object>> queues() {
        Map<String, List<Object>> queues = new TreeMap<>();
        control().queues().forEach((queue, length) -> {
            if (length > 0) {
                queues.put(queue, control().peek(queue, Integer.MAX_VALUE).stream().map(Json::parse).toList());
            }
        });
        return queues;
    }

    List<String> running() {
        return RuntimeConfiguration.read(installation.runtimeConfiguration(), environment).bots().keySet().stream()
                .filter(bot -> control().status(List.of(bot)).get(bot) == BotState.RUNNING).sorted().toList();
    }

    /** @param isRefused whether the token was not good any more; where it was, the recorder had got a new one if need be */
    Answer ask(Map<String, Object> request, boolean isRefused) {
        if (token == null || !isRefused && !gate.knows(token)) {
            token = gate.login("admin", "secret-1", "").token();
        }
        Map<String, String> headers = new LinkedHashMap<>();
        Plain.map(request.get("headers")).forEach((name, value) -> headers.put(name, here((String) value)));
        String query = (String) request.get("query");
        Answer answer = api.answer(new Request((String) request.get("method"), (String) request.get("path"), query == null ? null : here(query), headers,
                body(request).getBytes(StandardCharsets.UTF_8), "192.0.2.1"));
        memory.run();
        return answer;
    }

    private String body(Map<String, Object> request) {
        if (request.containsKey("form")) {
            List<String> fields = new ArrayList<>();
            Plain.map(request.get("form")).forEach((name, value) -> fields.add(name + "="
                    + URLEncoder.encode(here((String) value), StandardCharsets.UTF_8)));
            return String.join("&", fields);
        }
        return here(request.containsKey("json") ? Json.write(request.get("json")) : (String) request.getOrDefault("body", ""));
    }

    private BotControl control() {
        return memory.control();
    }

    @Override
    public void close() throws IOException {
        memory.close();
        services.close();
        folder.close();
    }

    /** The user of the recording, in sessions that can be made to age. */
    private static final class OneUser implements Gate {

        private static final Account ADMIN = new Account("admin", Role.ADMIN);

        private final MovableClock clock = new MovableClock(Instant.now());
        private final Sessions sessions = new Sessions(clock, IDLE);
        private String last;

        /** @param what {@code … set to N s ago}, or that the session is gone */
        private void age(String what) {
            Matcher seconds = Pattern.compile("(\\d+) s ago").matcher(what);
            if (seconds.find()) {
                clock.pass(Duration.ofSeconds(Long.parseLong(seconds.group(1))));
            } else {
                sessions.end(last);
            }
        }

        private boolean knows(String token) {
            return sessions.find(token).isPresent();
        }

        @Override
        public Optional<Account> account(String token) {
            return token == null ? Optional.empty() : sessions.find(token).map(Sessions.Session::account);
        }

        @Override
        public Login login(String name, String password, String address) {
            if (!name.equals("admin") || !password.equals("secret-1")) {
                return Login.refused();
            }
            last = sessions.begin(ADMIN, "");
            return Login.granted(ADMIN, last);
        }

        @Override
        public boolean hasUsers() {
            return true;
        }
    }
}
