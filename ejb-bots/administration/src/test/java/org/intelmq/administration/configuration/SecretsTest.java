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

    @Test
    void secretsWithinMapsListsAndAddressesAreMaskedToo() {
        Map<String, Object> stored = Map.of(
                "global", Map.of("https_proxy", "http://proxy:hidden-1@192.0.2.1:3128"),
                "a", bot("http_header", Map.of("Auth-Key", "hidden-2", "Authorization", "Bearer hidden-3", "Accept", "shown")),
                "b", bot("http_url", "https://user:hidden-4@a.example/shown?apikey=hidden-5&page=shown"),
                "c", bot("some", List.of(Map.of("password", "hidden-6"), "https://hidden-7@b.example/")),
                "d", bot("passwords", List.of("shown")), "e", bot("ftp_password", List.of("hidden-8", 8)),
                "f", Map.of("module", "none", "password", "hidden-9", "parameters", Map.of("destination_queues", Map.of("token", "shown"))),
                "g", bot("http_url", "https://user:${file:shown}@c.example/?apikey=${file:shown}"));
        Map<String, Object> masked = secrets.masked(stored);
        assertTrue(!masked.toString().contains("hidden") && masked.toString().split("shown", -1).length == 8, masked::toString);
        assertTrue(String.valueOf(parameter(masked, "b", "http_url")).matches("https://user:[*]{8}-\\w+@a.example/shown[?]apikey=[*]{8}-\\w+&page=shown"),
                masked::toString);
        assertEquals(stored, secrets.unmasked(masked, stored));
        assertEquals(stored, secrets.unmasked(new Secrets(Catalogue.of(List.of())).masked(stored), stored), "by their places");
    }

    @Test
    void aMaskIsNotTakenBackWhereItWouldBeShown() {
        Map<String, Object> stored = Map.of("a", bot("http_password", "hidden"));
        Object mask = parameter(secrets.masked(stored), "a", "http_password");
        String reason = assertThrows(MaskedSecretException.class, () -> secrets.unmasked(Map.of("a", bot("name", mask)), stored)).getMessage();
        assertTrue(reason.contains("name") && reason.contains("'a'"), reason);
    }
}
