package org.intelmq.bots.parsers.ciarmy;

import java.util.function.Consumer;
import org.intelmq.bot.BotType;
import org.intelmq.bot.NoParams;
import org.intelmq.bot.Row;
import org.intelmq.bot.RowParser;
import org.intelmq.message.Event;
import org.intelmq.message.Fields;
import org.intelmq.text.Whitespace;

/** Feed: https://cinsscore.com/list/ci-badguys.txt, one address per line. */
public final class CiArmyParser {

    public static final BotType<NoParams> TYPE = BotType.parser("intelmq.bots.parsers.ci_army.parser", "CI Army",
            "Addresses with a bad reputation, from the CI Army list of the CINS score.", NoParams.class,
            (params, context) -> RowParser.bare(context, CiArmyParser::split, CiArmyParser::map));

    private CiArmyParser() { }

    private static void split(String text, Consumer<Row<String>> rows) {
        Whitespace.forEachLine(text, line -> {
            if (!line.isBlank() && !line.startsWith("#")) {
                rows.accept(new Row<>(line, () -> line));
            }
        });
    }

    private static void map(Row<String> row) {
        Event event = row.newEvent();
        event.add(Fields.SOURCE_IP, row.content());
        event.add(Fields.CLASSIFICATION_TYPE, "blacklist");
        event.add(Fields.RAW, row.content());
    }
}
