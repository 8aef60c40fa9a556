package org.intelmq.administration.configuration;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.intelmq.administration.Refusal;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.parameters.SecretFiles;
import org.intelmq.text.net.MaskedUrl;

/** Texts of {@code runtime.yaml} without their secrets, and with them again, in comments and in what cannot be read too. Thread-safe. */
final class Masking {

    /** A line with one key and its value, even in a comment: the text before the value, the key, the value, the text after it. */
    private static final Pattern SETTING =
            Pattern.compile("(?m)^(\\s*#?[\\s#-]*[\"']?([\\w-]+)[\"']?[ \\t]*:[ \\t]+)([^\\s#&*|>{\\[].*?)(,?[ \\t]*)$");

    private static final int RECENT = 8;

    private final Vault vault;
    private final Catalogue catalogue;
    /** The same few texts are shown again and again while somebody edits. */
    private final Map<String, String> recent = new LinkedHashMap<>(RECENT, 1, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > RECENT;
        }
    };
    private Secrets secrets;

    Masking(Vault vault, Catalogue catalogue) {
        this.vault = vault;
        this.catalogue = catalogue;
    }

    synchronized Secrets secrets() throws IOException {
        if (secrets == null) {
            secrets = new Secrets(catalogue, vault.key());
        }
        return secrets;
    }

    String masked(RuntimeText real) throws IOException {
        synchronized (recent) {
            String known = recent.get(real.text());
            if (known != null) {
                return known;
            }
        }
        Map<String, Object> sections = readable(real);
        String masked = sections == null ? lines(real.text(), true, secrets()::mask)
                : lines(real.with(sections, secrets().masked(sections)).text(), false, secrets()::mask);
        synchronized (recent) {
            recent.put(real.text(), masked);
        }
        return masked;
    }

    /** So that the masks of this text can be taken back whenever that is. */
    void remember(RuntimeText real) throws IOException {
        Map<String, Object> found = new LinkedHashMap<>();
        Map<String, Object> sections = readable(real);
        if (sections != null) {
            found.putAll(secrets().byMask(sections));
        }
        Secrets masks = secrets();
        lines(real.text(), sections == null, secret -> {
            String mask = masks.mask(secret);
            found.put(mask, secret);
            return mask;
        });
        vault.remember(found);
    }

    /**
     * @param stored where what is masked may come from, besides what is remembered
     * @throws Refusal {@code masked-secret} for a mask that stands for nothing
     */
    RuntimeText unmasked(String text, RuntimeText stored) throws IOException {
        if (!Secrets.MASK.matcher(text).find()) {
            return new RuntimeText(text);
        }
        remember(stored);
        Map<String, Object> known = vault.secrets();
        RuntimeText given = new RuntimeText(text);
        Map<String, Object> sections = readable(given);
        if (sections != null) {
            Map<String, Object> storedSections = readable(stored);
            try {
                given = given.with(secrets().unmasked(sections, storedSections == null ? Map.of() : storedSections, known));
            } catch (MaskedSecretException e) {
                throw new Refusal(Refusal.Kind.INVALID, "masked-secret", e.getMessage(), "Enter the secret again.");
            }
        }
        return new RuntimeText(lines(given.text(), sections == null, mask -> String.valueOf(known.getOrDefault(mask, mask))));
    }

    /** @throws MaskedSecretException for a mask that stands for nothing */
    Map<String, Object> unmasked(Map<String, Object> sections, Map<String, Object> stored) throws IOException {
        return secrets().unmasked(sections, stored, vault.secrets());
    }

    private static Map<String, Object> readable(RuntimeText text) {
        try {
            return text.sections();
        } catch (Refusal e) {
            return null;
        }
    }

    /**
     * The text with the secrets of its comments replaced.
     *
     * @param all whether lines that are not comments count too
     */
    private String lines(String text, boolean all, UnaryOperator<String> replacement) throws IOException {
        Secrets known = secrets();
        String settings = SETTING.matcher(text).replaceAll(setting -> {
            String before = setting.group(1);
            boolean counts = (all || before.stripLeading().startsWith("#")) && known.isSecret(setting.group(2))
                    && !SecretFiles.isReference(setting.group(3));
            return Matcher.quoteReplacement(counts ? before + replacement.apply(setting.group(3)) + setting.group(4) : setting.group());
        });
        return MaskedUrl.replaced(settings, part -> SecretFiles.isReference(part) ? part : replacement.apply(part));
    }
}
