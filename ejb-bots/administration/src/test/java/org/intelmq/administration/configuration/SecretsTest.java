package org.intelmq.administration.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.intelmq.catalogue.Catalogue;
import org.junit.jupiter.api.Test;

class SecretsTest {

    private final Secrets secrets = new Secrets(Catalogue.of(List.of()));

    private static Map<String, Object> bot(String name, Object value) {
        return Map.of("module", "none", "parameters", Map.of(name, value));
    }

    private static Object parameter(Map<String, Object> configuration, String bot, String name) {
        return ((Map<?, ?>) ((Map<?, ?>) configuration.get(bot)).get("parameters")).get(name);
    }

    @Test
    void showsNoSecretAndTakesItBack() {
        Map<String, Object> stored = Map.of("global", Map.of("api_token", "global-one"), "a", bot("http_password", "hidden"), "b", bot("filter_key", "shown"));
        Map<String, Object> masked = secrets.masked(stored);
        assertTrue(!masked.toString().contains("hidden") && !masked.toString().contains("global-one") && masked.toString().contains("shown"), masked::toString);
        assertEquals(stored, secrets.unmasked(masked, stored));
    }

    @Test
    void theNameOfASecretsFileIsShown() {
        Map<String, Object> stored = Map.of("a", bot("http_password", "${file:/run/secrets/password}"), "b", bot("http_password", "x${file:/run/y}"));
        Map<String, Object> masked = secrets.masked(stored);
        assertEquals("${file:/run/secrets/password}", parameter(masked, "a", "http_password"));
        assertNotEquals("x${file:/run/y}", parameter(masked, "b", "http_password"), "part of it is a secret");
        assertEquals(stored, secrets.unmasked(masked, stored));
    }

    @Test
    void aRenamedBotKeepsItsSecretAndANewOneIsTaken() {
        Map<String, Object> stored = Map.of("a", bot("http_password", "hidden"), "b", bot("http_password", "other"));
        Object mask = parameter(secrets.masked(stored), "a", "http_password");
        assertNotEquals(mask, parameter(secrets.masked(stored), "b", "http_password"));
        assertEquals(Map.of("c", bot("http_password", "hidden"), "b", bot("http_password", "new")),
                secrets.unmasked(Map.of("c", bot("http_password", mask), "b", bot("http_password", "new")), stored));
    }

    @Test
    void aMaskOfBeforeTheStartIsKnownByItsPlaceOnly() {
        Map<String, Object> stored = Map.of("a", bot("http_password", "hidden"));
        Map<String, Object> before = new Secrets(Catalogue.of(List.of())).masked(stored);
        assertEquals(stored, secrets.unmasked(before, stored));
        Object mask = parameter(before, "a", "http_password");
        assertThrows(MaskedSecretException.class, () -> secrets.unmasked(Map.of("c", bot("http_password", mask)), stored));
    }
}
