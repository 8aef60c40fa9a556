package org.intelmq.ctl;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code intelmqctl explain}: what an error means, and what to do. */
@Command(name = "explain", description = "Explain an error, given its code or its text in a log.")
final class ExplainCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(arity = "1..*", paramLabel = "CODE|TEXT")
    private List<String> words;

    ExplainCommand(Session session) {
        this.session = session;
    }

    /** @param text matches messages that have this cause */
    private record Explanation(String code, Pattern text, String meaning, String remedy) { }

    @Override
    public Integer call() throws IOException {
        String asked = String.join(" ", words);
        List<Object> found = new ArrayList<>();
        for (Explanation explanation : explanations()) {
            if (explanation.code().equals(asked.toLowerCase(Locale.ROOT)) || explanation.text().matcher(asked).find()) {
                session.output().show(explanation.code() + ": " + explanation.meaning() + "\n  " + explanation.remedy());
                Map<String, Object> entry = new LinkedHashMap<>();
                entry.put("code", explanation.code());
                entry.put("meaning", explanation.meaning());
                entry.put("remedy", explanation.remedy());
                found.add(entry);
            }
        }
        session.output().result(found);
        if (found.isEmpty()) {
            session.output().complainInText("No explanation is available for this error. See the bot's log for details: 'intelmqctl log BOT 50 "
                    + "DEBUG'. 'intelmqctl check' checks the configuration.");
            return 1;
        }
        return 0;
    }

    /** A line each: code, pattern, meaning and remedy, separated by tabs. */
    private static List<Explanation> explanations() throws IOException {
        try (InputStream in = ExplainCommand.class.getResourceAsStream("explanations.tsv")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split("\t"))
                    .map(parts -> new Explanation(parts[0], Pattern.compile(parts[1], Pattern.CASE_INSENSITIVE), parts[2], parts[3])).toList();
        }
    }
}
