package org.intelmq.admin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.intelmq.message.Json;

/** The server's health, for supervisors: it serves even if bots are missing, because the others continue. */
final class Health {

    private Health() { }

    /**
     * @param missing bots that should run but do not
     * @param broken whether {@code runtime.yaml} cannot be read; what it says is for those who have logged in
     */
    static String of(List<String> missing, boolean broken) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("status", missing.isEmpty() && !broken ? "UP" : "DEGRADED");
        if (!missing.isEmpty()) {
            answer.put("missing", missing);
        }
        if (broken) {
            answer.put("configuration", "runtime.yaml cannot be read; the bots go on with what was loaded: see 'intelmqctl check'");
        }
        return Json.write(answer);
    }
}
