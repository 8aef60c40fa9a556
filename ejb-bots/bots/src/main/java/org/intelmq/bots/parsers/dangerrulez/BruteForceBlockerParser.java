package org.intelmq.bots.parsers.dangerrulez;

import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.intelmq.bot.BotType;
import org.intelmq.bot.NoParams;
import org.intelmq.bot.Row;
import org.intelmq.bot.RowParser;
import org.intelmq.message.Event;
import org.intelmq.message.Fields;
import org.intelmq.text.Whitespace;

/** Feed: https://danger.rulez.sk/projects/bruteforceblocker/blist.php, {@code address # date time count id}. */
public final class BruteForceBlockerParser {

    public static final BotType<NoParams> TYPE = BotType.parser("intelmq.bots.parsers.danger_rulez.parser", "Danger Rulez",
            "Addresses that tried to guess passwords of SSH servers, from the BruteForceBlocker project.", NoParams.class,
            (params, context) -> RowParser.bare(context, BruteForceBlockerParser::split, BruteForceBlockerParser::map));

    private static final Pattern ADDRESS = Pattern.compile("^[^ \t]+");
    private static final Pattern TIME = Pattern.compile("# ([^ \t]+ [^ \t]+)");

    private BruteForceBlockerParser() { }

    private static void split(String text, Consumer<Row<String>> rows) {
        Whitespace.forEachLine(text, line -> {
            if (!line.isBlank() && !line.startsWith("#")) {
                rows.accept(new Row<>(line, () -> line));
            }
        });
    }

    private static void map(Row<String> row) {
        Matcher time = TIME.matcher(row.content());
        Matcher address = ADDRESS.matcher(row.content());
        if (!time.find() || !address.find()) {
            throw new IllegalArgumentException("the line is \"" + row.content() + "\", expected an address, # and a time");
        }
        Event event = row.newEvent();
        event.add(Fields.TIME_SOURCE, time.group(1) + " UTC");
        event.add(Fields.SOURCE_IP, address.group());
        event.add(Fields.CLASSIFICATION_TYPE, "brute-force");
        event.add(Fields.RAW, row.content());
    }
}
