package org.intelmq.admin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.intelmq.message.Json;

/** How the server is, for supervisors: it serves either way, for its other bots go on. */
final class Health {

    private Health() { }

    /** @param missing bots that were to run and do not */
    static String of(List<String> missing) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("status", missing.isEmpty() ? "UP" : "DEGRADED");
        if (!missing.isEmpty()) {
            answer.put("missing", missing);
        }
        return Json.write(answer);
    }
}
