package org.intelmq.bots.experts.taxonomy;

import java.util.Map;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotType;
import org.intelmq.bot.NoParams;
import org.intelmq.bot.Outbox;
import org.intelmq.message.Fields;
import org.intelmq.message.Message;

/** The types of the Reference Security Incident Taxonomy, and IntelMQ's own, which belong to {@code other}. */
public final class TaxonomyExpert implements Bot<Message> {

    public static final BotType<NoParams> TYPE = BotType.expert("intelmq.bots.experts.taxonomy.expert", "Taxonomy",
            "Completes the classification: adds the taxonomy of an event's type, or undetermined if there is no type.",
            NoParams.class, (params, context) -> new TaxonomyExpert());

    private static final String ELSE = "other";

    private static final Map<String, String> TAXONOMY_OF_TYPE = Map.ofEntries(
            Map.entry("harmful-speech", "abusive-content"),
            Map.entry("spam", "abusive-content"),
            Map.entry("violence", "abusive-content"),
            Map.entry("ddos", "availability"),
            Map.entry("dos", "availability"),
            Map.entry("misconfiguration", "availability"),
            Map.entry("outage", "availability"),
            Map.entry("sabotage", "availability"),
            Map.entry("copyright", "fraud"),
            Map.entry("masquerade", "fraud"),
            Map.entry("phishing", "fraud"),
            Map.entry("unauthorized-use-of-resources", "fraud"),
            Map.entry("data-leak", "information-content-security"),
            Map.entry("data-loss", "information-content-security"),
            Map.entry("unauthorised-information-access", "information-content-security"),
            Map.entry("unauthorised-information-modification", "information-content-security"),
            Map.entry("scanner", "information-gathering"),
            Map.entry("sniffing", "information-gathering"),
            Map.entry("social-engineering", "information-gathering"),
            Map.entry("brute-force", "intrusion-attempts"),
            Map.entry("exploit", "intrusion-attempts"),
            Map.entry("ids-alert", "intrusion-attempts"),
            Map.entry("application-compromise", "intrusions"),
            Map.entry("burglary", "intrusions"),
            Map.entry("privileged-account-compromise", "intrusions"),
            Map.entry("system-compromise", "intrusions"),
            Map.entry("unprivileged-account-compromise", "intrusions"),
            Map.entry("c2-server", "malicious-code"),
            Map.entry("infected-system", "malicious-code"),
            Map.entry("malware-configuration", "malicious-code"),
            Map.entry("malware-distribution", "malicious-code"),
            Map.entry("test", "test"),
            Map.entry("ddos-amplifier", "vulnerable"),
            Map.entry("information-disclosure", "vulnerable"),
            Map.entry("potentially-unwanted-accessible", "vulnerable"),
            Map.entry("vulnerable-system", "vulnerable"),
            Map.entry("weak-crypto", "vulnerable"));

    private TaxonomyExpert() { }

    @Override
    public void process(Message event, Outbox out) {
        String type = event.text(Fields.CLASSIFICATION_TYPE);
        if (!event.has(Fields.CLASSIFICATION_TAXONOMY)) {
            event.add(Fields.CLASSIFICATION_TAXONOMY, type == null ? ELSE : TAXONOMY_OF_TYPE.getOrDefault(type, ELSE));
        }
        if (type == null) {
            event.add(Fields.CLASSIFICATION_TYPE, "undetermined");
        }
        out.send(event);
    }
}
