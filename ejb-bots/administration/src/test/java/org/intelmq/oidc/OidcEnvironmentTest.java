package org.intelmq.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.intelmq.access.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OidcEnvironmentTest {

    @TempDir
    private Path root;

    private static Map<String, String> usable() {
        return new LinkedHashMap<>(Map.of("PATH", "/bin", "INTELMQ_OIDC_ISSUER", "https://login.example/realms/soc", "INTELMQ_OIDC_CLIENT_ID", "intelmq",
                "INTELMQ_OIDC_CLIENT_SECRET", "hunter2", "INTELMQ_OIDC_ROLES", "intelmq-admins=admin, soc=operator"));
    }

    private OidcEnvironment.Reading read(Map<String, String> environment) {
        return OidcEnvironment.read(environment, root);
    }

    @Test
    void withoutSettingsThereIsNothing() {
        assertEquals(new OidcEnvironment.Reading(null, List.of()), read(Map.of("INTELMQ_TLS", "true")));
    }

    @Test
    void readsWhatIsNeededAndFillsInTheRest() {
        OidcSettings settings = read(usable()).settings();
        assertEquals("login.example", settings.label());
        assertEquals(List.of("openid", "profile"), settings.scopes());
        assertEquals("preferred_username", settings.accountClaim());
        assertEquals("groups", settings.rolesClaim());
        assertEquals(Map.of("intelmq-admins", Role.ADMIN, "soc", Role.OPERATOR), settings.roles());
        assertNull(settings.tls());
        assertFalse(settings.toString().contains("hunter2"), settings.toString());
    }

    @Test
    void valuesMayHaveCommasAndEqualSigns() {
        Map<String, String> environment = usable();
        environment.put("INTELMQ_OIDC_ROLES", "CN=soc,OU=groups=editor; CN=all,OU=groups=viewer;");
        assertEquals(Map.of("CN=soc,OU=groups", Role.EDITOR, "CN=all,OU=groups", Role.VIEWER), read(environment).settings().roles());
    }

    @Test
    void theSecretMayBeInAFileOrACredential() throws IOException {
        Files.writeString(root.resolve("secret"), "from-file\n");
        Map<String, String> environment = usable();
        environment.remove("INTELMQ_OIDC_CLIENT_SECRET");
        environment.put("INTELMQ_OIDC_CLIENT_SECRET_FILE", "secret");
        assertEquals("from-file", read(environment).settings().clientSecret());
        environment.remove("INTELMQ_OIDC_CLIENT_SECRET_FILE");
        environment.put("INTELMQ_OIDC_CLIENT_SECRET", "${credential:secret}");
        environment.put("CREDENTIALS_DIRECTORY", root.toString());
        assertEquals("from-file", read(environment).settings().clientSecret());
    }

    @Test
    void namesAllThatIsWrongAtOnce() {
        OidcEnvironment.Reading reading = read(Map.of("INTELMQ_OIDC_ISSUER", "http://login.example", "INTELMQ_OIDC_ROLE", "x",
                "INTELMQ_OIDC_CLIENT_SECRET_FILE", "missing", "INTELMQ_OIDC_ROLES", "soc=king, =viewer", "INTELMQ_OIDC_SCOPES", "email",
                "INTELMQ_OIDC_CA_CERTIFICATE", "missing.pem"));
        assertNull(reading.settings());
        List<String> wanted = List.of("INTELMQ_OIDC_ROLE is not known", "INTELMQ_OIDC_ISSUER cannot be \"http://login.example\"",
                "INTELMQ_OIDC_CLIENT_ID is missing", "INTELMQ_OIDC_CLIENT_SECRET_FILE cannot be used", "INTELMQ_OIDC_SCOPES cannot be \"email\"",
                "INTELMQ_OIDC_ROLES cannot be \"soc=king\"", "INTELMQ_OIDC_ROLES cannot be \"=viewer\"",
                "INTELMQ_OIDC_CA_CERTIFICATE cannot be \"missing.pem\"");
        assertEquals(wanted.size(), reading.problems().size(), () -> String.join("\n", reading.problems()));
        for (int i = 0; i < wanted.size(); i++) {
            String problem = reading.problems().get(i);
            assertTrue(problem.contains(wanted.get(i)) && problem.contains("expected") || problem.contains("does not exist"), problem);
        }
    }

    @ParameterizedTest
    @CsvSource({"INTELMQ_OIDC_ISSUER,login.example", "INTELMQ_OIDC_ISSUER,https://login.example/?a=b", "INTELMQ_OIDC_ISSUER,https://ann:x@login.example",
            "INTELMQ_OIDC_ISSUER,not an address", "INTELMQ_OIDC_ROLES,soc", "INTELMQ_OIDC_ROLES,soc=viewer;soc=admin", "INTELMQ_OIDC_CLIENT_SECRET_FILE,both",
            "INTELMQ_OIDC_ROLES,' '"})
    void refuses(String name, String value) {
        Map<String, String> environment = usable();
        environment.put(name, value);
        OidcEnvironment.Reading reading = read(environment);
        assertNull(reading.settings());
        assertEquals(1, reading.problems().size(), () -> reading.problems().toString());
        assertFalse(reading.problems().get(0).contains("hunter2"));
    }
}
