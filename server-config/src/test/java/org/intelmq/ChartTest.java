package org.intelmq;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Ingress;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.intelmq.bot.Dns;
import org.intelmq.bot.Http;
import org.intelmq.bot.HttpParams;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.engine.check.ConfigurationCheck;
import org.intelmq.engine.lend.Network;
import org.intelmq.message.Json;
import org.intelmq.network.JdkHttp;
import org.intelmq.pipeline.Installation;
import org.intelmq.pipeline.RuntimeConfiguration;
import org.intelmq.yaml.Yaml;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Helm chart, as Helm itself fills it in and as Kubernetes' own types read the result: a field that they do not know is refused. */
class ChartTest {

    private static final Path CHART = Path.of("src/main/distribution/share/helm/intelmq");
    private static final Map<String, String> EVERYTHING = Map.ofEntries(Map.entry("nodes", "3"), Map.entry("secret", "intelmq"),
            Map.entry("broker.url", "ssl://one:61617,ssl://two:61617"), Map.entry("broker.user", "intelmq"), Map.entry("broker.ca", "true"),
            Map.entry("broker.certificate", "true"), Map.entry("postgresql.host", "db.example"), Map.entry("ingress.host", "intelmq.example"),
            Map.entry("ingress.className", "nginx"), Map.entry("ingress.tlsSecret", "tls"), Map.entry("ingress.annotations.a", "b"),
            Map.entry("storage.className", "fast"), Map.entry("image.pullSecrets[0]", "registry"), Map.entry("environment.INTELMQ_LOGGING_FORMAT", "ecs"));

    @TempDir
    private Path folder;

    @Test
    void helmFindsNothingToSay() {
        LintResult lint = new Helm(CHART).lint().strict().quiet().call();
        assertFalse(lint.isFailed(), () -> String.join("\n", lint.getMessages()));
    }

    @Test
    void asShippedItIsOneServerWithItsOwnBrokerAndConfiguration() throws IOException {
        Map<String, Object> objects = objects(Map.of());
        assertEquals(List.of("Service soc-intelmq", "Service soc-intelmq-nodes", "StatefulSet soc-intelmq"), List.copyOf(objects.keySet()));
        Map<?, ?> pod = pod(objects);
        assertNull(pod.get("initContainers"));
        assertEquals(List.of("HTTP_HOSTS", "HEAP", "NODE").stream().map("INTELMQ_"::concat).sorted().toList(),
                variables(pod).keySet().stream().sorted().toList());
    }

    /** What the image says of its user, port and folders, and what the server says of its health. */
    @Test
    void theServerRunsWithoutRightsOnAReadOnlyImage() throws IOException {
        Map<?, ?> pod = pod(objects(EVERYTHING));
        assertEquals(Boolean.FALSE, pod.get("automountServiceAccountToken"));
        Map<?, ?> security = (Map<?, ?>) pod.get("securityContext");
        String image = Files.readString(Path.of("pom.xml"));
        assertEquals(Boolean.TRUE, security.get("runAsNonRoot"));
        assertTrue(image.contains("<user>" + security.get("runAsUser") + ":" + security.get("runAsGroup") + "</user>"));
        for (String kind : List.of("initContainers", "containers")) {
            Map<?, ?> container = (Map<?, ?>) ((List<?>) pod.get(kind)).get(0);
            assertEquals(Map.of("readOnlyRootFilesystem", true, "allowPrivilegeEscalation", false, "capabilities", Map.of("drop", List.of("ALL"))),
                    container.get("securityContext"));
        }
        Map<?, ?> server = server(pod);
        for (String port : List.of("startupProbe:/health/live", "livenessProbe:/health/live", "readinessProbe:/health/ready")) {
            Map<?, ?> probe = (Map<?, ?>) ((Map<?, ?>) server.get(port.split(":")[0])).get("httpGet");
            assertEquals(port.split(":")[1], probe.get("path"));
        }
        List<String> writable = ((List<?>) server.get("volumeMounts")).stream().map(mount -> (Map<?, ?>) mount)
                .filter(mount -> mount.get("readOnly") == null).map(mount -> (String) mount.get("mountPath")).toList();
        assertEquals(List.of("/var/lib/intelmq/etc", "/var/lib/intelmq/var", "/tmp"), writable);
        writable.subList(0, 2).forEach(volume -> assertTrue(image.contains("<volume>" + volume + "</volume>"), volume));
    }

    @Test
    void secretsAreFilesAndNoVariables() throws IOException {
        Map<?, ?> pod = pod(objects(EVERYTHING));
        Map<String, Object> variables = variables(pod);
        assertEquals("ssl://one:61617,ssl://two:61617", variables.get("INTELMQ_BROKER"));
        assertEquals("/run/secrets/intelmq/broker-password", variables.get("INTELMQ_BROKER_PASSWORD_FILE"));
        assertEquals("/run/secrets/intelmq/broker-client-key.pem", variables.get("INTELMQ_BROKER_TLS_KEY"));
        assertEquals("soc-intelmq,soc-intelmq.feeds,soc-intelmq.feeds.svc,https://intelmq.example", variables.get("INTELMQ_HTTP_HOSTS"));
        assertFalse(Json.write(pod).contains("secretKeyRef"));
    }

    /** The server finds nothing wrong with it, once its secret is there. */
    @Test
    void thePipelineForPostgresqlIsRight() throws IOException {
        Map<?, ?> map = (Map<?, ?>) objects(EVERYTHING).get("ConfigMap soc-intelmq");
        String runtime = (String) ((Map<?, ?>) map.get("data")).get("runtime.yaml");
        Map<?, ?> output = (Map<?, ?>) ((Map<?, ?>) ((Map<?, ?>) Yaml.read(runtime, "runtime.yaml")).get("sql-output")).get("parameters");
        assertEquals("db.example", output.get("host"));
        assertEquals("${file:/run/secrets/intelmq/postgresql-password}", output.get("password"));

        Path secret = Files.writeString(folder.resolve("postgresql-password"), "secret");
        assertTrue(secret.toFile().setReadable(false, false) && secret.toFile().setReadable(true, true));
        Files.createDirectories(folder.resolve("etc"));
        Files.writeString(folder.resolve("etc/runtime.yaml"), runtime.replace("/run/secrets/intelmq", folder.toString()));
        var catalogue = Catalogue.load(getClass().getClassLoader(), folder.resolve("none"));
        var check = new ConfigurationCheck(Installation.at(folder), catalogue, Map.of(), new Network() {
            @Override
            public Http http(HttpParams params) {
                return new JdkHttp(params);
            }

            @Override
            public Dns dns() {
                throw new IllegalStateException("nothing here asks for names");
            }
        });
        assertEquals(List.of(), check.run(null).problems());
    }

    /** Otherwise each server would have a deduplicator of its own. */
    @Test
    void severalServersRememberTogether() throws IOException {
        assertEquals(Map.of("cache", "postgresql", "cache_database", "jdbc:postgresql://db.example:5432/intelmq-events?sslmode=require", "cache_user",
                "intelmq", "cache_password", "${file:/run/secrets/intelmq/postgresql-password}"), cache(EVERYTHING));
        Map<String, String> one = new LinkedHashMap<>(EVERYTHING);
        one.put("nodes", "1");
        assertEquals(Map.of(), cache(one));
        Map<String, String> redis = new LinkedHashMap<>(EVERYTHING);
        redis.put("environment.INTELMQ_CACHE", "redis");
        assertEquals(Map.of("cache", "redis"), cache(redis));
    }

    /** What the chart's deduplicator is told of where it remembers. */
    private static Map<String, Object> cache(Map<String, String> values) throws IOException {
        Map<String, Object> objects = objects(values);
        Map<String, String> environment = new LinkedHashMap<>();
        variables(pod(objects)).forEach((name, value) -> environment.put(name, String.valueOf(value)));
        String runtime = (String) ((Map<?, ?>) ((Map<?, ?>) objects.get("ConfigMap soc-intelmq")).get("data")).get("runtime.yaml");
        return sharedMemory(runtime, environment);
    }

    private static Map<String, Object> sharedMemory(String runtime, Map<String, String> environment) {
        Map<String, Object> found = new TreeMap<>(RuntimeConfiguration.parse(runtime, "runtime.yaml", environment).bot("deduplicator-expert").parameters());
        found.keySet().removeIf(name -> !name.matches("cache(_database|_user|_password)?"));
        return found;
    }

    /** Otherwise each start would take back what was changed in the console. */
    @Test
    void aSharedConfigurationIsCopiedOnceOnly() throws IOException, InterruptedException {
        Map<String, String> values = new LinkedHashMap<>(EVERYTHING);
        values.put("sharedConfiguration", "true");
        Map<?, ?> pod = pod(objects(values));
        Map<String, Object> variables = variables(pod);
        assertEquals("jdbc:postgresql://db.example:5432/intelmq-events?sslmode=require", variables.get("INTELMQ_CONFIGURATION_DATABASE"));
        assertEquals("/run/secrets/intelmq/postgresql-password", variables.get("INTELMQ_CONFIGURATION_PASSWORD_FILE"));
        assertFalse(variables(pod(objects(EVERYTHING))).containsKey("INTELMQ_CONFIGURATION_DATABASE"));

        Path given = Files.createDirectory(folder.resolve("configuration"));
        Path etc = Files.createDirectory(folder.resolve("etc"));
        Files.writeString(given.resolve("runtime.yaml"), "given");
        Files.writeString(given.resolve("my.sieve"), "given");
        Files.writeString(etc.resolve("runtime.yaml"), "changed in the console");
        List<String> command = ((List<?>) ((Map<?, ?>) ((List<?>) pod.get("initContainers")).get(0)).get("command")).stream().map(String.class::cast)
                .map(part -> part.replace("/configuration/", given + "/").replace("/var/lib/intelmq/etc", etc.toString())).toList();
        assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor());
        assertEquals("changed in the console", Files.readString(etc.resolve("runtime.yaml")));
        assertEquals("given", Files.readString(etc.resolve("my.sieve")));
    }

    /** Compose's second file, which adds the second server. */
    @Test
    void composesServersRememberTogether() throws IOException {
        Path file = Path.of("src/main/distribution/share/container/compose.nodes.yaml");
        String runtime = Files.readString(Path.of("src/main/distribution/etc/runtime.yaml"));
        Map<?, ?> services = (Map<?, ?>) ((Map<?, ?>) Yaml.read(Files.readString(file), "compose.nodes.yaml")).get("services");
        for (String server : List.of("intelmq", "intelmq-2")) {
            Map<String, String> environment = new LinkedHashMap<>();
            ((Map<?, ?>) ((Map<?, ?>) services.get(server)).get("environment")).forEach((name, value) -> environment.put((String) name, (String) value));
            assertEquals(Map.of("cache", "postgresql", "cache_database", "jdbc:postgresql://postgresql/intelmq-events?sslmode=disable", "cache_user",
                    "intelmq", "cache_password", "${file:/run/secrets/postgresql-password}"), sharedMemory(runtime, environment), server);
        }
    }

    @Test
    void aConfigurationOfOnesOwnMayUseTheValues() throws IOException {
        Path values = Files.writeString(folder.resolve("values.yaml"), """
                secret: mine
                postgresql: {host: db.example}
                configuration:
                  runtime.yaml: |
                    out: {parameters: {host: "{{ .Values.postgresql.host }}"}}
                  my.sieve: |
                    if :exists source.ip { keep }
                """);
        Map<?, ?> map = (Map<?, ?>) objects(chart(Map.of()).withValuesFile(values).call()).get("ConfigMap soc-intelmq");
        assertEquals(Map.of("runtime.yaml", "out: {parameters: {host: \"db.example\"}}\n", "my.sieve", "if :exists source.ip { keep }\n"),
                map.get("data"));
    }

    @ParameterizedTest
    @CsvSource({"nodes, 3, broker.url", "sharedConfiguration, true, postgresql.host",
            "postgresql.host, db.example, postgresql-password", "node, 3, additional properties 'node' not allowed",
            "broker.url, http://broker, /broker/url", "storage.size, much, /storage/size"})
    void refusesWhatCannotWork(String value, String text, String explanation) {
        Exception refused = assertThrows(RuntimeException.class, () -> chart(Map.of(value, text)).call());
        assertTrue(refused.getMessage().contains(explanation), refused::getMessage);
    }

    @Test
    void namesTheImageThatThisBuildMakes() throws IOException {
        Map<?, ?> chart = (Map<?, ?>) Yaml.read(Files.readString(CHART.resolve("Chart.yaml")), "Chart.yaml");
        String pom = Files.readString(Path.of("pom.xml"));
        assertTrue(pom.contains("<version>" + chart.get("appVersion") + "</version>"));
        Map<?, ?> values = (Map<?, ?>) Yaml.read(Files.readString(CHART.resolve("values.yaml")), "values.yaml");
        assertTrue(pom.contains("<image.name>" + ((Map<?, ?>) values.get("image")).get("repository") + "</image.name>"));
    }

    private static TemplateCommand chart(Map<String, String> values) {
        TemplateCommand command = new Helm(CHART).template().withName("soc").withNamespace("feeds");
        values.forEach(command::set);
        return command;
    }

    private static Map<String, Object> objects(Map<String, String> values) throws IOException {
        return objects(chart(values).call());
    }

    /** By kind and name, each as its type of Kubernetes allows it. */
    private static Map<String, Object> objects(String documents) throws IOException {
        Map<String, Object> objects = new LinkedHashMap<>();
        for (String document : Arrays.stream(documents.split("(?m)^---$")).filter(text -> !text.isBlank()).toList()) {
            Map<?, ?> object = (Map<?, ?>) Yaml.read(document, "the chart");
            assertDoesNotThrow(() -> validate((String) object.get("kind"), JsonParser.parseString(Json.write(object))), document);
            objects.put(object.get("kind") + " " + ((Map<?, ?>) object.get("metadata")).get("name"), object);
        }
        return objects;
    }

    private static void validate(String kind, JsonElement object) throws IOException {
        switch (kind) {
            case "ConfigMap" -> V1ConfigMap.validateJsonElement(object);
            case "Ingress" -> V1Ingress.validateJsonElement(object);
            case "Service" -> V1Service.validateJsonElement(object);
            case "StatefulSet" -> V1StatefulSet.validateJsonElement(object);
            default -> throw new IllegalArgumentException("no type is known here for " + kind);
        }
    }

    private static Map<?, ?> pod(Map<String, Object> objects) {
        Map<?, ?> spec = (Map<?, ?>) ((Map<?, ?>) objects.get("StatefulSet soc-intelmq")).get("spec");
        return (Map<?, ?>) ((Map<?, ?>) spec.get("template")).get("spec");
    }

    private static Map<?, ?> server(Map<?, ?> pod) {
        return (Map<?, ?>) ((List<?>) pod.get("containers")).get(0);
    }

    private static Map<String, Object> variables(Map<?, ?> pod) {
        Map<String, Object> variables = new LinkedHashMap<>();
        ((List<?>) server(pod).get("env")).stream().map(variable -> (Map<?, ?>) variable)
                .forEach(variable -> variables.put((String) variable.get("name"), variable.get("value")));
        return variables;
    }
}
