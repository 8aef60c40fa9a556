package org.intelmq.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.intelmq.host.BotHost;
import org.junit.jupiter.api.Test;

/**
 * Each endpoint has its role in {@code endpoints.txt}, which {@code AccessIT} tries on a running server, and no resource acts without
 * a role that somebody has thought of.
 */
class EndpointsTest {

    /** What looks only, and shows nothing that a viewer may not see, may do without an operation of the administration. */
    private static final Set<String> LOOKS_ONLY = Set.of("GET");

    private static List<Class<?>> resources() throws Exception {
        URI classes = AdminApplication.class.getProtectionDomain().getCodeSource().getLocation().toURI();
        try (Stream<java.nio.file.Path> files = Files.walk(java.nio.file.Path.of(classes))) {
            List<String> names = files.map(file -> java.nio.file.Path.of(classes).relativize(file).toString()).filter(name -> name.endsWith(".class"))
                    .map(name -> name.substring(0, name.length() - ".class".length()).replace('/', '.')).sorted().toList();
            List<Class<?>> resources = new java.util.ArrayList<>();
            for (String name : names) {
                Class<?> type = Class.forName(name, false, EndpointsTest.class.getClassLoader());
                if (type.isAnnotationPresent(Path.class)) {
                    resources.add(type);
                }
            }
            return resources;
        }
    }

    /** {@code GET}; {@code null} for what is not an endpoint. */
    private static String verb(Method method) {
        return Arrays.stream(method.getAnnotations()).map(Annotation::annotationType).filter(type -> type.isAnnotationPresent(HttpMethod.class))
                .map(type -> type.getAnnotation(HttpMethod.class).value()).findFirst().orElse(null);
    }

    private static String path(Class<?> resource, Method method) {
        String own = method.isAnnotationPresent(Path.class) ? "/" + method.getAnnotation(Path.class).value() : "";
        return (resource.getAnnotation(Path.class).value() + own).replaceAll("\\{\\s*(\\w+)\\s*:[^}]*}", "{$1}").replaceAll("//+", "/").replaceAll("^/|/$", "");
    }

    private static List<String> table() throws IOException {
        try (InputStream in = EndpointsTest.class.getResourceAsStream("endpoints.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().filter(line -> !line.startsWith("#") && !line.isBlank()).toList();
        }
    }

    @Test
    void everyEndpointIsInTheTableAndNoOther() throws Exception {
        Set<String> found = new TreeSet<>();
        for (Class<?> resource : resources()) {
            for (Method method : resource.getMethods()) {
                if (verb(method) != null) {
                    found.add(verb(method) + " " + path(resource, method));
                }
            }
        }
        assertFalse(found.isEmpty());
        assertEquals(found, table().stream().map(line -> line.split("\\s+")).map(words -> words[0] + " " + words[1])
                .collect(Collectors.toCollection(TreeSet::new)), "add what is missing to endpoints.txt, with its least role, and take out what is gone");
    }

    /** A client that takes nothing but problems would be refused otherwise. */
    @Test
    void whatAnswersNothingIsForWhoeverTakesWhatever() throws Exception {
        Set<String> choosy = new TreeSet<>();
        for (Class<?> resource : resources()) {
            for (Method method : resource.getMethods()) {
                Produces produces = method.getAnnotation(Produces.class);
                if (verb(method) != null && method.getReturnType() == void.class && (produces == null || !List.of(produces.value()).contains(
                        MediaType.WILDCARD))) {
                    choosy.add(verb(method) + " " + path(resource, method));
                }
            }
        }
        assertEquals(Set.of(), choosy, "annotate with @Produces(MediaType.WILDCARD)");
    }

    /** An operation says its own role; what goes past the administration may be open only, or look. */
    @Test
    void whatGoesPastTheAdministrationChangesNothing() throws Exception {
        Set<String> silent = new TreeSet<>();
        for (Class<?> resource : resources()) {
            if (Arrays.stream(resource.getDeclaredFields()).map(Field::getType).noneMatch(BotHost.class::equals)) {
                continue;
            }
            for (Method method : resource.getMethods()) {
                String verb = verb(method);
                boolean says = method.isAnnotationPresent(Open.class);
                if (verb != null && !LOOKS_ONLY.contains(verb) && !says && !asks(method)) {
                    silent.add(verb + " " + path(resource, method));
                }
            }
        }
        assertEquals(Set.of(), silent, "make it an operation of the administration");
    }

    /** Those that hand all to the administration; each with the operation that says its role. */
    private static boolean asks(Method method) {
        return "SessionResource.changePassword".equals(method.getDeclaringClass().getSimpleName() + "." + method.getName());
    }
}
