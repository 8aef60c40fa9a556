package org.intelmq;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The table of {@link ArchitectureTest}, held against the sources: the compiler copies constants, drops the type arguments of local
 * variables, and leaves stale classes behind. What is not in the same package needs an import or its full name.
 */
class SourceArrowsTest {

    private static final Pattern NO_CODE = Pattern.compile(
            "\"\"\"(?s:.*?)\"\"\"|\"(?:[^\"\\\\\n]++|\\\\.)*+\"|'(?:[^'\\\\\n]|\\\\.)++'|//[^\n]*|/\\*(?s:.*?)\\*/");
    private static final Pattern PACKAGE = Pattern.compile("\\bpackage (org\\.intelmq[\\w.]*);");
    private static final Pattern NAME = Pattern.compile("\\b(org\\.intelmq(?:\\.[a-z]\\w*)+)\\.[A-Z*]");
    private static final Pattern DOT = Pattern.compile("\\s*\\.\\s*");

    @Test
    void everyArrowOfTheSourcesIsInTheTable() throws IOException {
        Set<String> unknown = new TreeSet<>();
        for (Path module : ArchitectureTest.MODULES.keySet()) {
            List<Path> sources;
            try (Stream<Path> files = Files.walk(module.resolve("src/main/java"))) {
                sources = files.filter(file -> file.toString().endsWith(".java")).toList();
            }
            for (Path source : sources) {
                unknownArrows(Files.readString(source)).forEach(arrow -> unknown.add(arrow + " in " + source));
            }
        }
        assertEquals(Set.of(), unknown);
    }

    @Test
    void findsWhatIsNotInTheClasses() {
        Set<String> found = Set.of("message -> bot");
        assertEquals(found, inMessage("import static org.intelmq.bot.Outbox.DEFAULT_PATH;\nclass A { String path = DEFAULT_PATH; }"));
        assertEquals(found, inMessage("import org.intelmq.bot.Outbox;\nclass A { String path = Outbox.DEFAULT_PATH; }"));
        assertEquals(found, inMessage("import org.intelmq.bot.*;\nclass A { String path = Outbox.DEFAULT_PATH; }"));
        assertEquals(found, inMessage("class A { String path = org.intelmq\n    .bot.Outbox.DEFAULT_PATH; }"));
        assertEquals(found, inMessage("class A { void a() { var all = new java.util.ArrayList<org.intelmq.bot.Outbox>(); } }"));
        assertEquals(found, inMessage("class A { char quote = '\"', other = '\\''; org.intelmq.bot.Outbox out; String s = \"\"; }"));
        assertEquals(Set.of(), inMessage("import org.intelmq.text.Text;\n/** {@link org.intelmq.bot.Outbox} */\nclass A { // org.intelmq.bot.Outbox\n"
                + "    String name = \"\\\"org.intelmq.bot.Outbox\";\n    String more = \"\"\"\n        \"org.intelmq.bot.Outbox\"\n        \"\"\";\n}"));
        assertEquals(Set.of("org.intelmq.nowhere is in no layer"), unknownArrows("package org.intelmq.nowhere;\nclass A { }"));
        assertEquals(Set.of("no package"), unknownArrows("class A { }"));
    }

    private static Set<String> inMessage(String source) {
        return unknownArrows("package org.intelmq.message;\n" + source);
    }

    private static Set<String> unknownArrows(String source) {
        String code = DOT.matcher(NO_CODE.matcher(source).replaceAll(" ")).replaceAll(".");
        Matcher home = PACKAGE.matcher(code);
        if (!home.find()) {
            return Set.of("no package");
        }
        String layer = ArchitectureTest.layer(home.group(1));
        if (!ArchitectureTest.MAY_KNOW.containsKey(layer)) {
            return Set.of(home.group(1) + " is in no layer");
        }
        Set<String> unknown = new TreeSet<>();
        NAME.matcher(code).results().map(name -> ArchitectureTest.layer(name.group(1)))
                .filter(known -> !known.equals(layer) && !ArchitectureTest.MAY_KNOW.get(layer).contains(known))
                .forEach(known -> unknown.add(layer + " -> " + known));
        return unknown;
    }
}
