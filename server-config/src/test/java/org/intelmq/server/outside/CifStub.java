package org.intelmq.server.outside;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.intelmq.message.Json;
import org.intelmq.server.outside.StrictHttp.Answer;
import org.intelmq.server.outside.StrictHttp.Request;

/** A CIF 3 as far as its output goes: takes an indicator, or a list of them. */
public final class CifStub implements AutoCloseable {

    public static final String TOKEN = "token of a writer";

    private final Arrivals all = new Arrivals();
    private final Arrivals identities = new Arrivals();
    private final StrictHttp http;

    public CifStub() throws IOException {
        http = new StrictHttp(this::answer);
    }

    public String url() {
        return http.url();
    }

    /** By what they indicate. */
    public Arrivals taken() {
        return all;
    }

    /** By their uuid. */
    public Arrivals identities() {
        return identities;
    }

    public List<String> faults() {
        return http.faults();
    }

    private Answer answer(Request request) {
        request.require(request.method().equals("POST") && request.path().equals("/indicators"), "not a POST of indicators");
        request.requireHeader("Authorization", "Token token=" + TOKEN);
        request.requireHeader("Accept", "application/vnd.cif.v3+json");
        request.requireHeader("Content-Type", "application/json");
        Object content = Json.parse(request.body());
        for (Object each : content instanceof List<?> list ? list : List.of(content)) {
            Map<?, ?> indicator = (Map<?, ?>) each;
            request.require(indicator.get("indicator") instanceof String && indicator.get("uuid") instanceof String, "an indicator without itself or its uuid");
            all.arrived((String) indicator.get("indicator"));
            identities.arrived((String) indicator.get("uuid"));
        }
        all.hold();
        return new Answer(201, "{\"status\": \"success\", \"data\": 1}");
    }

    @Override
    public void close() {
        http.close();
    }
}
