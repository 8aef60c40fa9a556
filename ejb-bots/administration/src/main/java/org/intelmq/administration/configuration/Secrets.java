package org.intelmq.administration.configuration;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.intelmq.bot.BotType;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.parameters.ParameterSchema;
import org.intelmq.parameters.SecretFiles;
import org.intelmq.text.net.MaskedUrl;

/**
 * Masks the secrets of a {@code runtime.yaml}: those that bots declare, others that are named as such, and the secret parts of addresses,
 * also within maps and lists. A mask says nothing of its
 * secret, but tells it from the others, so that it can be put back when a bot was renamed or doubled meanwhile.
 */
public final class Secrets {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY = 32;
    private static final int TAG = 8;
    private static final String STARS = "********";
    static final Pattern MASK = Pattern.compile("\\*{8}-[0-9a-f]{16}");
    private static final Pattern NAMED = Pattern.compile("(?:.*[_-])?(?:password|passwd|passphrase|secret|token|api[_-]?key|auth[_-]?key|private[_-]key"
            + "|authorization|cookie)", Pattern.CASE_INSENSITIVE);
    private static final Pattern HEADERS = Pattern.compile("(?:.*_)?headers?", Pattern.CASE_INSENSITIVE);

    private final SecretKeySpec key;
    private final Map<String, Map<String, Boolean>> declared = new HashMap<>();
    private final Set<String> declaredAnywhere = new HashSet<>();

    /** With masks of its own, that no other knows. */
    public Secrets(Catalogue catalogue) {
        this(catalogue, randomKey());
    }

    /** @param key makes the same masks of the same secrets */
    Secrets(Catalogue catalogue, byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
        for (BotType<?> type : catalogue.types()) {
            Map<String, Boolean> secret = new HashMap<>();
            ParameterSchema.of(type.params()).parameters().forEach(parameter -> secret.put(parameter.name(), parameter.secret()));
            declared.put(type.module(), secret);
            secret.forEach((name, is) -> {
                if (is) {
                    declaredAnywhere.add(name);
                }
            });
        }
    }

    static byte[] randomKey() {
        byte[] random = new byte[KEY];
        new SecureRandom().nextBytes(random);
        return random;
    }

    /** The sections of a {@code runtime.yaml} without its secrets. */
    public Map<String, Object> masked(Map<String, Object> configuration) {
        return replaced(configuration, (place, value) -> mask(value));
    }

    /**
     * @param stored what the masks stand for
     * @throws MaskedSecretException for a mask that stands for nothing
     */
    public Map<String, Object> unmasked(Map<String, Object> configuration, Map<String, Object> stored) {
        return unmasked(configuration, stored, Map.of());
    }

    /** @param further what other masks stand for */
    Map<String, Object> unmasked(Map<String, Object> configuration, Map<String, Object> stored, Map<String, Object> further) {
        Map<String, Object> byMask = new HashMap<>(further);
        Map<String, Object> byPlace = new HashMap<>();
        replaced(stored, (place, value) -> {
            byMask.put(mask(value), value);
            byPlace.put(place, value);
            return value;
        });
        Map<String, Object> unmasked = replaced(configuration, (place, value) -> unmask(place, value, byMask, byPlace));
        refuseMasksIn("the configuration", unmasked);
        return unmasked;
    }

    /** Where no secret is kept, a mask would show what it stands for. */
    private static void refuseMasksIn(String place, Object value) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, item) -> refuseMasksIn("'" + key + "' of " + place, item));
        } else if (MASK.matcher(String.valueOf(value)).find()) {
            throw new MaskedSecretException(place + " has a mask where secrets are not kept: enter what it is to be");
        }
    }

    /** The masks of before the server's last start are not known any more: then the place tells. */
    private static Object unmask(String place, Object value, Map<String, Object> byMask, Map<String, Object> byPlace) {
        if (!(value instanceof String text) || !MASK.matcher(text).matches()) {
            return value;
        }
        Object secret = byMask.getOrDefault(text, byPlace.get(place));
        if (secret == null) {
            throw new MaskedSecretException(place + " is masked, and what it stood for is no longer known: enter it again");
        }
        return secret;
    }

    /** What each mask of the configuration stands for. */
    Map<String, Object> byMask(Map<String, Object> configuration) {
        Map<String, Object> byMask = new LinkedHashMap<>();
        replaced(configuration, (place, value) -> {
            byMask.put(mask(value), value);
            return value;
        });
        return byMask;
    }

    /** Whether a parameter of that name is a secret of any bot. */
    boolean isSecret(String name) {
        return isSecret(name, null);
    }

    /** A mask is its own mask. */
    String mask(Object value) {
        if (value instanceof String text && MASK.matcher(text).matches()) {
            return text;
        }
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return STARS + "-" + HexFormat.of().formatHex(mac.doFinal(String.valueOf(value).getBytes(StandardCharsets.UTF_8)), 0, TAG);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @FunctionalInterface
    private interface Replacement {
        Object of(String place, Object secret);
    }

    private Map<String, Object> replaced(Map<String, Object> configuration, Replacement replacement) {
        Map<String, Object> copy = new LinkedHashMap<>(configuration);
        copy.replaceAll((id, section) -> !(section instanceof Map<?, ?> keys) ? section
                : id.equals("global") ? parameters(id, keys, null, replacement) : bot(id, keys, replacement));
        return copy;
    }

    private Map<String, Object> bot(String id, Map<?, ?> keys, Replacement replacement) {
        Map<String, Object> copy = new LinkedHashMap<>();
        keys.forEach((key, value) -> copy.put(String.valueOf(key), "parameters".equals(key) && value instanceof Map<?, ?> parameters
                ? parameters(id, parameters, declared.get(String.valueOf(keys.get("module"))), replacement)
                : parameter(id, String.valueOf(key), value, null, replacement)));
        return copy;
    }

    private Map<String, Object> parameters(String id, Map<?, ?> parameters, Map<String, Boolean> secrets, Replacement replacement) {
        Map<String, Object> copy = new LinkedHashMap<>();
        parameters.forEach((key, value) -> copy.put(String.valueOf(key), parameter(id, String.valueOf(key), value, secrets, replacement)));
        return copy;
    }

    private Object parameter(String id, String name, Object value, Map<String, Boolean> secrets, Replacement replacement) {
        return name.equals("destination_queues") ? value
                : replaced("parameter '" + name + "' of '" + id + "'", value, isSecret(name, secrets), HEADERS.matcher(name).matches(), replacement);
    }

    /** @param areHeaders whether the names in it are those of headers, of which more are secrets */
    private Object replaced(String place, Object value, boolean isSecret, boolean areHeaders, Replacement replacement) {
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> copy = new LinkedHashMap<>();
            map.forEach((key, item) -> {
                String name = String.valueOf(key);
                boolean is = isSecret || isSecret(name, null) || areHeaders && MaskedUrl.isSecret(name);
                copy.put(key, replaced(place + ", '" + name + "'", item, is, areHeaders, replacement));
            });
            return copy;
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            for (Object item : list) {
                copy.add(replaced(place + ", item " + (copy.size() + 1), item, isSecret, areHeaders, replacement));
            }
            return copy;
        }
        if (value instanceof String text) {
            return text.isBlank() || SecretFiles.isReference(text) ? text : isSecret ? replacement.of(place, text) : parts(place, text, replacement);
        }
        return isSecret && value instanceof Number ? replacement.of(place, value) : value;
    }

    private static String parts(String place, String text, Replacement replacement) {
        int[] count = {0};
        return MaskedUrl.replaced(text, part -> {
            count[0]++;
            return SecretFiles.isReference(part) ? part : String.valueOf(replacement.of(place + ", secret " + count[0] + " of the address", part));
        });
    }

    private boolean isSecret(String name, Map<String, Boolean> secrets) {
        Boolean known = secrets == null ? null : secrets.get(name);
        return known != null ? known : declaredAnywhere.contains(name) || NAMED.matcher(name).matches();
    }
}
