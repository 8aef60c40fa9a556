package org.intelmq.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecretOverridesTest {

    private static Map<String, Object> parameters(Map<String, String> environment) {
        return RuntimeConfiguration.parse("a: {module: m, parameters: {http_password: old}}", "runtime.yaml", environment).bot("a").parameters();
    }

    @Test
    void whatIsAboutTheBrokerIsNoParameter() {
        Map<String, Object> parameters = parameters(Map.of("INTELMQ_BROKER", "tcp://broker", "INTELMQ_BROKER_PASSWORD_FILE", "/run/secrets/broker",
                "INTELMQ_BROKER_ACCEPTOR", "tcp://127.0.0.1"));
        assertEquals(List.of(), parameters.keySet().stream().filter(name -> name.startsWith("broker")).toList());
    }

    @Test
    void aVariableMayNameTheFileOfAValue() {
        assertEquals("${file:/run/secrets/password}", parameters(Map.of("INTELMQ_HTTP_PASSWORD_FILE", "/run/secrets/password")).get("http_password"));
    }

    @Test
    void theValueItselfCountsMore() {
        assertEquals("new", parameters(Map.of("INTELMQ_HTTP_PASSWORD", "new", "INTELMQ_HTTP_PASSWORD_FILE", "/run/x")).get("http_password"));
    }

    @Test
    void aParameterThatIsAFileStaysOne() {
        Map<String, Object> parameters = parameters(Map.of("INTELMQ_FILE", "out.txt", "INTELMQ_CA_FILE", "ca.pem"));
        assertEquals("out.txt", parameters.get("file"));
        assertEquals("ca.pem", parameters.get("ca_file"));
    }

    @Test
    void whatIsAboutTheServerIsNoParameter() {
        assertEquals(Map.of("http_password", "old", "logging_format", "ecs"), parameters(Map.of("INTELMQ_OIDC_ISSUER", "https://login.example",
                "INTELMQ_OIDC_CLIENT_SECRET_FILE", "/run/secrets/oidc", "INTELMQ_TLS", "true", "INTELMQ_LOGGING_FORMAT", "ecs")));
    }
}
