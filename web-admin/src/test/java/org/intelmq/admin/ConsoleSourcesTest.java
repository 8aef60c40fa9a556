package org.intelmq.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.intelmq.message.Json;
import org.junit.jupiter.api.Test;

/** What must be true of the console's sources, which no compiler checks. */
class ConsoleSourcesTest {

    private static final Path WEB = Path.of("src/main/webapp");
    private static final int LONGEST = 150;
    private static final int MOST_BEFORE_THE_FIRST_PICTURE = 40;
    private static final Pattern STATIC_IMPORT = Pattern.compile("^(?:import|export) [^;]*?from '([^']+)';|^import '([^']+)';", Pattern.MULTILINE);
    private static final Pattern TEXT = Pattern.compile("\\b(t|counted)\\('([^']+)'");
    private static final Pattern TEXT_PREFIX = Pattern.compile("\\bt\\(`([^`$]+)\\$\\{");

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(WEB.resolve("app"))) {
            return files.filter(file -> file.toString().endsWith(".js")).sorted().toList();
        }
    }

    private static String address(Path file) {
        return "/" + WEB.relativize(file.normalize()).toString().replace('\\', '/');
    }

    @Test
    void filesAreShort() throws IOException {
        Map<String, Integer> tooLong = new TreeMap<>();
        for (Path file : sources()) {
            int lines = Files.readAllLines(file).size();
            if (lines > LONGEST) {
                tooLong.put(address(file), lines);
            }
        }
        assertEquals(Map.of(), tooLong);
    }

    /** The browser would find the others one after the other only. */
    @Test
    void thePageNamesAllModulesItBeginsWith() throws IOException {
        String page = Files.readString(WEB.resolve("index.html"));
        Map<?, ?> map = (Map<?, ?>) ((Map<?, ?>) Json.parse(first(page, "<script type=\"importmap\">(.*?)</script>"))).get("imports");
        Set<String> needed = new TreeSet<>();
        Deque<Path> open = new ArrayDeque<>(List.of(WEB.resolve("app/main.js")));
        while (!open.isEmpty()) {
            Path file = open.pop();
            for (MatchResult found : STATIC_IMPORT.matcher(Files.readString(file)).results().toList()) {
                String name = found.group(1) == null ? found.group(2) : found.group(1);
                if (!name.startsWith(".")) {
                    needed.add(String.valueOf(map.get(name)));
                    continue;
                }
                Path next = file.resolveSibling(name).normalize();
                assertTrue(Files.exists(next), () -> file + " imports " + name + ", which is missing");
                if (needed.add(address(next))) {
                    open.push(next);
                }
            }
        }
        Set<String> named = Pattern.compile("rel=\"modulepreload\" href=\"([^\"]+)\"").matcher(page).results().map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(needed, named);
        assertTrue(named.size() < MOST_BEFORE_THE_FIRST_PICTURE, () -> named.size() + " modules");
    }

    @Test
    void everyImportLeadsToAFile() throws IOException {
        Set<String> missing = new TreeSet<>();
        for (Path file : sources()) {
            Pattern.compile("(?:from |import\\()'(\\.[^']+)'").matcher(Files.readString(file)).results().map(found -> file.resolveSibling(found.group(1)))
                    .filter(Files::notExists).forEach(other -> missing.add(address(file) + " imports " + address(other)));
        }
        assertEquals(Set.of(), missing);
    }

    @Test
    void everyTextIsThereInEveryLanguage() throws IOException {
        Set<String> english = texts("en");
        assertEquals(english, texts("de"));
        Set<String> missing = new TreeSet<>();
        for (Path file : sources()) {
            String source = Files.readString(file);
            TEXT.matcher(source).results().filter(found -> !english.contains(found.group(2))
                    || found.group(1).equals("counted") && !english.contains(found.group(2) + ".one")).forEach(found -> missing.add(found.group(2)));
            TEXT_PREFIX.matcher(source).results().map(found -> found.group(1)).filter(prefix -> english.stream().noneMatch(key -> key.startsWith(prefix)))
                    .forEach(missing::add);
        }
        assertEquals(Set.of(), missing);
    }

    /** The policy of the page forbids what would be written into it. */
    @Test
    void nothingIsWrittenAsMarkup() throws IOException {
        Set<String> found = new TreeSet<>();
        for (Path file : sources()) {
            if (Pattern.compile("innerHTML|outerHTML|insertAdjacentHTML|document\\.write|\\beval\\(|new Function|dangerouslySetInnerHTML|\\sstyle=")
                    .matcher(Files.readString(file)).find()) {
                found.add(address(file));
            }
        }
        assertEquals(Set.of(), found);
    }

    private static Set<String> texts(String language) throws IOException {
        return ((Map<?, ?>) Json.parse(Files.readString(WEB.resolve("app/texts/" + language + ".json")))).keySet().stream().map(String::valueOf)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String first(String text, String pattern) {
        return Pattern.compile(pattern, Pattern.DOTALL).matcher(text).results().findFirst().orElseThrow().group(1);
    }
}
