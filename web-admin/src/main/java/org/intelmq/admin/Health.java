package org.intelmq.admin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.intelmq.message.Json;

/** The server's health, for supervisors: it serves even if bots are missing, because the others continue. */
final class Health {

    private Health() { }

    /** @param missing bots that should run but do not */
    static String of(List<String> missing) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("status", missing.isEmpty() ? "UP" : "DEGRADED");
        if (!missing.isEmpty()) {
            answer.put("missing", missing);
        }
        return Json.write(answer);
    }
}
