package org.intelmq.parameters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intelmq.bot.Param;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretFilesTest {

    @TempDir
    private Path root;

    private record Params(@Param(value = "Key.", secret = true, optional = true) String apiKey, @Param(value = "Port.", byDefault = "1") int port,
            @Param(value = "Headers.", optional = true) Map<String, String> headers, @Param(value = "Names.", optional = true) List<String> names) {

        Params {
            if ("abcd".equals(apiKey)) {
                throw new IllegalArgumentException("api_key abcd is known to everybody");
            }
        }
    }

    private void secret(String name, String content) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private ParameterSchema.Reading<Params> read(Map<String, ?> values, Map<String, String> environment) {
        return ParameterSchema.of(Params.class).read(values, Set.of(), new ParameterSchema.Folders(root, root), new SecretFiles(root, environment));
    }

    private String problem(String value) {
        ParameterSchema.Reading<Params> reading = read(Map.of("api_key", value), Map.of());
        assertNull(reading.value());
        assertEquals(1, reading.problems().size(), reading.problems()::toString);
        return reading.problems().get(0);
    }

    @Test
    void takesWhatIsInTheFileWhereverItIsNamed() throws IOException {
        secret("etc/key", "hunter2\n");
        secret("etc/port", "8080");
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("api_key", "${file:etc/key}");
        values.put("port", "${file:" + root.resolve("etc/port") + "}");
        values.put("headers", Map.of("Authorization", "Bearer ${file:etc/key}"));
        values.put("names", List.of("${file:etc/key}", "$HOME", "${other:x}"));
        ParameterSchema.Reading<Params> reading = read(values, Map.of());
        assertEquals(List.of(), reading.problems());
        assertEquals(List.of(), reading.warnings());
        assertEquals(new Params("hunter2", 8080, Map.of("Authorization", "Bearer hunter2"), List.of("hunter2", "$HOME", "${other:x}")), reading.value());
        assertEquals("${file:etc/key}", values.get("api_key"), "what is shown of the configuration stays a name");
    }

    @Test
    void takesTheCredentialsOfSystemd() throws IOException {
        secret("run/credentials/key", "hunter2");
        Map<String, String> environment = Map.of("CREDENTIALS_DIRECTORY", root.resolve("run/credentials").toString());
        assertEquals("hunter2", read(Map.of("api_key", "${credential:key}"), environment).value().apiKey());
        for (String name : new String[] {"../credentials/key", "..", "/etc/passwd", ""}) {
            assertNull(read(Map.of("api_key", "${credential:" + name + "}"), environment).value(), name);
        }
        assertTrue(problem("${credential:key}").contains("LoadCredential=key:FILE"), problem("${credential:key}"));
    }

    @Test
    void saysWhatIsWrongWithTheFile() throws IOException {
        assertEquals("parameter 'api_key' cannot be set: ${file:etc/none} does not exist: create the file " + root.resolve("etc/none")
                + ", readable only by the server's user", problem("${file:etc/none}"));
        secret("empty", "\n");
        assertTrue(problem("${file:empty}").contains("is empty"));
        secret("large", "x".repeat((1 << 16) + 1));
        assertTrue(problem("${file:large}").contains("has more than 65536 bytes"));
        Files.write(Files.createFile(root.resolve("binary")), new byte[] {(byte) 0xff});
        assertTrue(problem("${file:binary}").contains("in UTF-8"));
        assertTrue(problem("${file:.}").contains("does not exist"));
    }

    @Test
    void noMessageHasTheSecret() throws IOException {
        secret("key", "hunter2");
        List<String> problems = read(Map.of("port", "${file:key}"), Map.of()).problems();
        assertEquals(List.of("parameter 'port' cannot be \"${file:key}\": expected the number of a port, 0 to 65535"), problems);
        secret("known", "abcd");
        assertEquals("api_key (from a file) is known to everybody", problem("${file:known}"));
    }

    @Test
    void warnsOfAFileThatOthersMayRead() throws IOException {
        secret("key", "hunter2");
        Files.setPosixFilePermissions(root.resolve("key"), PosixFilePermissions.fromString("rw-r--r--"));
        ParameterSchema.Reading<Params> reading = read(Map.of("api_key", "${file:key}"), Map.of());
        assertEquals("hunter2", reading.value().apiKey());
        assertEquals(List.of("the secret in " + root.resolve("key") + " can be read or changed by every user of this machine: chmod 600 "
                + root.resolve("key")), reading.warnings());
    }

    @Test
    void aReferenceAloneIsNoSecret() {
        assertTrue(SecretFiles.isReference("${file:/run/key}"));
        assertTrue(SecretFiles.isReference("${credential:key}"));
        assertFalse(SecretFiles.isReference("x${file:/run/key}"));
        assertFalse(SecretFiles.isReference("hunter2"));
    }
}
