package org.intelmq;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@code security.md} names as shown is shown by a test that exists. */
class SecurityPageTest {

    private static final Path PAGE = Path.of("src/main/distribution/share/doc/security.md");
    private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|IT))\\.(\\w+)`");
    private static final int FEWEST = 20;

    @Test
    void everyTestThatIsNamedExists() throws IOException {
        Set<String> missing = new TreeSet<>();
        Set<String> named = new HashSet<>();
        try (Stream<Path> files = Files.walk(Path.of(".."))) {
            Set<Path> tests = new HashSet<>(files.filter(file -> file.toString().matches(".*/src/test/java/.*(?:Test|IT)\\.java")).toList());
            Matcher names = NAMED.matcher(Files.readString(PAGE));
            while (names.find()) {
                named.add(names.group());
                String file = names.group(1) + ".java";
                boolean exists = false;
                for (Path test : tests) {
                    exists |= test.getFileName().toString().equals(file)
                            && Pattern.compile("@(?:Test|ParameterizedTest)\\b(?:(?!\\bvoid )[\\s\\S])*+\\bvoid " + names.group(2) + "\\(")
                            .matcher(Files.readString(test)).find();
                }
                if (!exists) {
                    missing.add(names.group());
                }
            }
        }
        assertEquals(Set.of(), missing);
        assertTrue(named.size() > FEWEST, "the page names " + named.size());
    }
}
