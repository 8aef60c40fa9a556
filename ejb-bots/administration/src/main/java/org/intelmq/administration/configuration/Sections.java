package org.intelmq.administration.configuration;

import java.util.Map;
import org.intelmq.administration.Refusal;

/** The two kinds of sections of a text; {@code null} both if it cannot be read. */
record Sections(Map<String, Object> bots, Map<String, Object> global) {

    static Sections of(String text) {
        try {
            Map<String, Object> bots = new RuntimeText(text).sections();
            return new Sections(bots, RuntimeText.map(bots.remove(RuntimeText.GLOBAL)));
        } catch (Refusal e) {
            return new Sections(null, null);
        }
    }
}
