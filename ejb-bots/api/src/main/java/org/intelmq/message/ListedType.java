package org.intelmq.message;

import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.intelmq.text.Whitespace;

/**
 * One word of a fixed list, in a fixed letter case: {@code ClassificationTaxonomy}, {@code ClassificationType}, {@code Registry},
 * {@code TLP}. Other spellings and former names are replaced by the current ones.
 */
record ListedType(String name, boolean lower, Set<String> words, Map<String, String> otherNames, UnaryOperator<String> trimmed)
        implements FieldType {

    static final ListedType CLASSIFICATION_TAXONOMY = new ListedType("ClassificationTaxonomy", true, Set.of("abusive-content",
            "availability", "fraud", "information-content-security", "information-gathering", "intrusion-attempts",
            "intrusions", "malicious-code", "other", "test", "vulnerable"),
            Map.of("abusive content", "abusive-content", "information gathering", "information-gathering",
                    "intrusion attempts", "intrusion-attempts", "malicious code", "malicious-code"), UnaryOperator.identity());

    static final ListedType CLASSIFICATION_TYPE = new ListedType("ClassificationType", true, Set.of("application-compromise",
            "blacklist", "brute-force", "burglary", "c2-server", "copyright", "data-leak", "data-loss", "ddos",
            "ddos-amplifier", "dga-domain", "dos", "exploit", "harmful-speech", "ids-alert", "infected-system",
            "information-disclosure", "malware", "malware-configuration", "malware-distribution", "masquerade",
            "misconfiguration", "other", "outage", "phishing", "potentially-unwanted-accessible",
            "privileged-account-compromise", "proxy", "sabotage", "scanner", "sniffing", "social-engineering", "spam",
            "system-compromise", "test", "tor", "unauthorised-information-access", "unauthorised-information-modification",
            "unauthorized-use-of-resources", "undetermined", "unprivileged-account-compromise", "violence",
            "vulnerable-system", "weak-crypto"),
            Map.ofEntries(Map.entry("backdoor", "system-compromise"), Map.entry("botnet drone", "infected-system"),
                    Map.entry("c&c", "c2-server"), Map.entry("c2server", "c2-server"),
                    Map.entry("compromised", "system-compromise"),
                    Map.entry("defacement", "unauthorised-information-modification"), Map.entry("dga domain", "dga-domain"),
                    Map.entry("dropzone", "other"), Map.entry("ids alert", "ids-alert"),
                    Map.entry("infected system", "infected-system"), Map.entry("leak", "data-leak"),
                    Map.entry("malware configuration", "malware-configuration"), Map.entry("ransomware", "infected-system"),
                    Map.entry("unauthorized-command", "system-compromise"),
                    Map.entry("unauthorized-login", "system-compromise"), Map.entry("unknown", "undetermined"),
                    Map.entry("vulnerable client", "vulnerable-system"),
                    Map.entry("vulnerable service", "vulnerable-system")), UnaryOperator.identity());

    static final ListedType REGISTRY = new ListedType("Registry", false, Set.of("AFRINIC", "APNIC", "ARIN", "LACNIC", "RIPE"),
            Map.of("RIPENCC", "RIPE", "RIPE-NCC", "RIPE"), UnaryOperator.identity());

    static final ListedType TLP = new ListedType("TLP", false, Set.of("WHITE", "GREEN", "AMBER", "RED"),
            Map.of("YELLOW", "AMBER"), ListedType::withoutTlpPrefix);

    @Override
    public Object sanitize(Object value) {
        if (value instanceof String text && words.contains(text)) {
            return text;
        }
        String word = CaseType.cleaned(value, lower);
        if (word == null || word.isEmpty()) {
            return this == REGISTRY ? word : null;
        }
        String plain = trimmed.apply(word);
        return otherNames.getOrDefault(plain, plain);
    }

    @Override
    public boolean isValid(Object value) {
        return value instanceof String && words.contains(value);
    }

    private static String withoutTlpPrefix(String word) {
        int start = word.startsWith("TLP:") ? 4 : word.startsWith("TLP") ? 3 : 0;
        while (start < word.length() && Whitespace.isSpace(word.charAt(start))) {
            start++;
        }
        return word.substring(start);
    }
}
