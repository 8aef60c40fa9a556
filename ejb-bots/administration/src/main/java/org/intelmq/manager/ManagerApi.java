package org.intelmq.manager;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.intelmq.access.Account;
import org.intelmq.access.Gate;
import org.intelmq.access.Role;
import org.intelmq.administration.Administration;
import org.intelmq.administration.Caller;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.control.BotControl;
import org.intelmq.engine.check.ConfigurationCheck;
import org.intelmq.pipeline.Installation;

/**
 * IntelMQ's REST interface, as its web manager knows it: the same paths, forms and spellings. Who may do what is said by each
 * {@link Endpoint}; where this differs from the original on purpose is said by the conformance module. Thread-safe.
 */
public final class ManagerApi {

    private static final Logger LOG = Logger.getLogger(ManagerApi.class.getName());
    private static final String NEEDS_LOGIN = "Please provide valid Token verification credentials";

    private final Gate gate;
    private final Administration administration;
    private final List<Endpoint> endpoints;

    /** @param check looks through the configuration as it is then */
    public ManagerApi(BotControl control, Catalogue catalogue, Installation installation, Map<String, String> environment,
                      Supplier<ConfigurationCheck.Result> check, Administration administration, Gate gate) {
        this.gate = gate;
        this.administration = administration;
        this.endpoints = new Endpoints(new Operations(control, administration, catalogue, installation, environment, check),
                new StoredFiles(installation, administration), new ConfigFiles(installation.bots()), gate, administration).all();
    }

    public Answer answer(Request request) {
        if (CrossOrigin.isPreflight(request)) {
            return CrossOrigin.preflight(request);
        }
        return CrossOrigin.open(request, routed(request));
    }

    private Answer routed(Request request) {
        List<Endpoint> here = at(request.path());
        if (here.isEmpty()) {
            return elsewhere(request);
        }
        Endpoint endpoint = here.stream().filter(each -> each.method().equals(request.method())).findFirst().orElse(null);
        if (endpoint == null) {
            String allowed = here.stream().map(Endpoint::method).collect(Collectors.toCollection(TreeSet::new)).stream().collect(Collectors.joining(", "));
            Answer refused = Answer.error(405, "Method Not Allowed").with("allow", allowed);
            return request.method().equals("HEAD") ? refused.withoutBody() : refused;
        }
        try {
            return admitted(endpoint, request);
        } catch (InvalidRequest e) {
            return e.answer();
        } catch (CommandFailure e) {
            return e.answer();
        } catch (Exception e) {
            LOG.log(Level.SEVERE, e, () -> request.method() + " " + request.path() + " failed");
            return new CommandFailure(List.of(), "The server failed to do this: " + e.getMessage() + ". See its log for details.\n").answer();
        }
    }

    private List<Endpoint> at(String path) {
        return endpoints.stream().filter(each -> each.path().equals(path)).toList();
    }

    /** What is known with a slash more or less at its end is sent there. */
    private Answer elsewhere(Request request) {
        String path = request.path().endsWith("/") ? request.path().replaceFirst("/+$", "") : request.path() + "/";
        if (at(path).isEmpty()) {
            Answer unknown = Answer.error(404, "Not Found");
            return request.method().equals("HEAD") ? unknown.withoutBody() : unknown;
        }
        String query = request.query() == null ? "" : "?" + request.query();
        return new Answer(307, Map.of("location", path + query), new byte[0]);
    }

    private Answer admitted(Endpoint endpoint, Request request) throws Exception {
        if (endpoint.needs() == null) {
            return endpoint.work().of(Arguments.read(endpoint.parameters(), request.queryParameters()), request, null);
        }
        Account account = gate.account(request.header("Authorization")).orElse(null);
        if (account == null) {
            return Answer.error(401, Map.of("Authentication Required", NEEDS_LOGIN));
        }
        Arguments arguments = Arguments.read(endpoint.parameters(), request.queryParameters());
        Role needed = endpoint.needs().apply(arguments);
        if (!account.role().includes(needed)) {
            administration.note(account.name(), account.role(), way(request), request.method() + " " + request.path(), "role-too-low");
            return forbidden(account, needed);
        }
        return endpoint.work().of(arguments, request, new Caller(account.name(), account.role(), way(request)));
    }

    static String way(Request request) {
        return "manager " + request.address();
    }

    private static Answer forbidden(Account account, Role needed) {
        String reason = "User '" + account.name() + "' has the role " + account.role().word() + ", and this needs the role " + needed.word()
                + ". An administrator may change that with 'intelmqctl user role " + account.name() + " --role " + needed.word() + "'.";
        return Answer.forbidden(reason);
    }
}
