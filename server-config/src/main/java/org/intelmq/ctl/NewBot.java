package org.intelmq.ctl;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;
import org.intelmq.bot.BotGroup;
import org.intelmq.bot.BotPack;

/** Creates a bot of the user's own: a Maven project with class, test, case and service entry, which builds as it is. */
final class NewBot {

    private static final String PACKAGE = "org.example.bots";
    private static final String DEFAULT_HOME = "<intelmq.home>/opt/intelmq</intelmq.home>";
    private static final String SERVICES = "src/main/resources/META-INF/services/" + BotPack.class.getName();

    /** Without these in the pom.xml, class and test do not compile, or the cases are not found. */
    private static final List<String> NEEDED_IN_POM = List.of("<artifactId>intelmq-api</artifactId>", "<artifactId>intelmq-testing</artifactId>",
            "<artifactId>junit-jupiter</artifactId>", "<directory>src/test/java</directory>");

    private final Path project;
    private final BotGroup group;
    private final String name;
    private final String className;

    /**
     * @param project its folder; an existing pom.xml is kept
     * @param name words in lower case joined by underscores, such as {@code example_servers}
     * @throws IllegalArgumentException for any other name
     */
    NewBot(Path project, BotGroup group, String name) {
        if (!name.matches("[a-z][a-z0-9]*(_[a-z0-9]+)*") || SourceVersion.isKeyword(name)) {
            throw new IllegalArgumentException("NAME cannot be \"" + name + "\": expected lower-case words joined by underscores, such as "
                    + "example_servers, but no reserved word of Java");
        }
        this.project = project;
        this.group = group;
        this.name = name;
        this.className = Arrays.stream(name.split("_")).map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining()) + group.title();
    }

    /** @throws IllegalArgumentException for anything but the four kinds of bots */
    static BotGroup kind(String word) {
        return Arrays.stream(BotGroup.values()).filter(group -> group.name().equals(word.toUpperCase(Locale.ROOT))).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("KIND cannot be \"" + word + "\": expected collector, parser, expert or output"));
    }

    /**
     * Returns the files that were written.
     *
     * @throws FileAlreadyExistsException if there is such a bot; nothing has been written then
     */
    List<Path> write() throws IOException {
        String folder = PACKAGE.replace('.', '/');
        Path main = project.resolve("src/main/java").resolve(folder);
        Path test = project.resolve("src/test/java").resolve(folder).resolve(name);
        Path source = main.resolve(name).resolve(className + ".java");
        if (Files.exists(source)) {
            throw new FileAlreadyExistsException(source + " exists already; choose another NAME");
        }
        List<Path> written = new ArrayList<>();
        if (!Files.exists(project.resolve("pom.xml"))) {
            written.add(write(project.resolve("pom.xml"), "pom.xml"));
        }
        String kind = group.title();
        written.add(write(source, kind + ".java.txt"));
        written.add(write(main.resolve(name).resolve(className + "Pack.java"), "Pack.java.txt"));
        if (group == BotGroup.COLLECTOR) {
            written.add(write(test.resolve(className + "Test.java"), "CollectorTest.java.txt"));
        } else {
            String input = group == BotGroup.PARSER ? "feed.csv" : "input.json";
            written.add(write(test.resolve(className + "Test.java"), "Test.java.txt"));
            written.add(write(test.resolve("cases/first").resolve(input), input));
            written.add(write(test.resolve("cases/first/expected.json"), kind + ".expected.json"));
        }
        written.add(addService());
        return written;
    }

    /**
     * What to do with the files. A pom.xml that was there already may lack what the test needs.
     *
     * @throws IOException if the pom.xml cannot be read
     */
    String nextStep() throws IOException {
        Path pom = project.resolve("pom.xml");
        String text = Files.readString(pom);
        List<String> missing = NEEDED_IN_POM.stream().filter(needed -> !text.contains(needed)).toList();
        return missing.isEmpty() ? "'mvn test' runs its test; see share/doc/write-bots.md for the next steps."
                : pom + " was kept as it is, but does not mention " + String.join(", ", missing) + ". Unless its parent does, copy these parts from"
                + " the pom.xml in share/doc/write-bots.md; then 'mvn test' runs the bot's test.";
    }

    private Path addService() throws IOException {
        Path file = project.resolve(SERVICES);
        Files.createDirectories(file.getParent());
        String before = Files.exists(file) ? Files.readString(file) : "";
        String lineEnd = before.isEmpty() || before.endsWith("\n") ? "" : "\n";
        return Files.writeString(file, lineEnd + PACKAGE + '.' + name + '.' + className + "Pack\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private Path write(Path file, String template) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, template(template).replace("@PACKAGE@", PACKAGE + '.' + name).replace("@CLASS@", className)
                .replace("@NAME@", name).replace("@TITLE@", name.replace('_', ' ')).replace(DEFAULT_HOME, home()));
    }

    private static String home() {
        String home = System.getProperty("intelmq.home");
        return home == null ? DEFAULT_HOME : "<intelmq.home>" + home + "</intelmq.home>";
    }

    private static String template(String name) throws IOException {
        try (InputStream in = NewBot.class.getResourceAsStream("new/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
