package org.intelmq.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.intelmq.bot.BotType;
import org.intelmq.parameters.ParameterSchema;
import org.intelmq.testing.CannedHttp;
import org.intelmq.testing.MessagesForPeople;
import org.intelmq.testing.TestContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A parameter that a bot cannot be started with is explained to a person: which one it is, what it is, what was expected. */
class StartMessagesTest {

    private static final List<Object> ODD = List.of("", "n", "[", "-1", "{", "a:b", " ", "1;2", List.of(), List.of("n"), List.of(""), Map.of("n", "n"),
            Map.of("n", 5), -1, 5, true);
    /** Their names are those of files that would be made. */
    private static final Set<String> FILES = Set.of("file", "path", "dir", "tmp", "database");

    @TempDir
    private Path folder;
    private final Map<String, String> problems = new TreeMap<>();

    @Test
    void areForPeople() throws Exception {
        Logger log = Logger.getLogger("");
        Level before = log.getLevel();
        log.setLevel(Level.OFF);
        try {
            for (BotType<?> type : Catalogue.load(getClass().getClassLoader()).types()) {
                start(type);
            }
        } finally {
            log.setLevel(before);
        }
        assertEquals("", String.join("\n", problems.values()));
    }

    private <P extends Record> void start(BotType<P> type) {
        ParameterSchema<P> schema = ParameterSchema.of(type.params());
        Map<String, Object> given = new LinkedHashMap<>();
        for (ParameterSchema.Parameter parameter : schema.parameters()) {
            if (parameter.type().contains("file or folder") || FILES.contains(parameter.name())) {
                given.put(parameter.name(), folder.resolve(parameter.name()).toString());
            } else if (parameter.required()) {
                given.put(parameter.name(), parameter.example().isEmpty() ? "n" : parameter.example());
            }
        }
        for (ParameterSchema.Parameter parameter : schema.parameters()) {
            if (parameter.type().contains("file or folder") || FILES.contains(parameter.name())) {
                continue;
            }
            for (Object odd : ODD) {
                Map<String, Object> values = new LinkedHashMap<>(given);
                values.put(parameter.name(), odd);
                List<String> told = new ArrayList<>(schema.read(values, Set.of()).problems());
                if (told.isEmpty()) {
                    try {
                        type.factory().create(schema.read(values, Set.of()).value(), new TestContext().dataDirectory(folder).http(new CannedHttp())).close();
                    } catch (Exception e) {
                        String place = Arrays.stream(e.getStackTrace()).filter(frame -> frame.getClassName().startsWith("org.intelmq.")).findFirst()
                                .map(frame -> frame.getFileName() + ":" + frame.getLineNumber()).orElse("?");
                        told.add(e.getMessage() == null ? "null" : e.getMessage());
                        check(type, parameter.name(), odd, told.get(0), place + " " + e.getClass().getSimpleName());
                    }
                } else {
                    told.forEach(message -> check(type, parameter.name(), odd, String.valueOf(message), ""));
                }
            }
        }
    }

    private void check(BotType<?> type, String parameter, Object odd, String message, String place) {
        if (MessagesForPeople.isForProgrammers(message)) {
            problems.putIfAbsent(type.module() + " " + parameter, type.module() + " " + parameter + "=" + odd + " " + place + ": " + message);
        }
    }
}
