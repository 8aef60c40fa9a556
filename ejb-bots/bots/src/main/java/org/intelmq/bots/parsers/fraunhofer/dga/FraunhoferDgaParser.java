package org.intelmq.bots.parsers.fraunhofer.dga;

import java.util.Collections;
import java.util.Map;
import java.util.function.Consumer;
import org.intelmq.bot.BotType;
import org.intelmq.bot.NoParams;
import org.intelmq.bot.Row;
import org.intelmq.bot.RowParser;
import org.intelmq.bot.rows.JsonObject;
import org.intelmq.message.Event;
import org.intelmq.message.Fields;
import org.intelmq.message.Json;

/** Feed: https://dgarchive.caad.fkie.fraunhofer.de/today, an object of lists; up to the first underscore, their names are the malware's. */
public final class FraunhoferDgaParser {

    public static final BotType<NoParams> TYPE = BotType.parser("intelmq.bots.parsers.fraunhofer.parser_dga", "Fraunhofer DGA",
            "Addresses and domains of command-and-control servers from the DGArchive.", NoParams.class,
            (params, context) -> RowParser.bare(context, FraunhoferDgaParser::split, FraunhoferDgaParser::map));

    private record Host(String malware, Object address) { }

    private FraunhoferDgaParser() { }

    private static void split(String text, Consumer<Row<Host>> rows) {
        new JsonObject(Json.parse(text)).map().forEach((name, hosts) -> {
            String malware = name.substring(0, (name + '_').indexOf('_'));
            for (Object host : JsonObject.listed(hosts)) {
                rows.accept(new Row<>(new Host(malware, host), () -> Json.writeAsRead(Map.of(name, Collections.singletonList(host)))));
            }
        });
    }

    private static void map(Row<Host> row) {
        Object address = row.content().address();
        Event event = row.newEvent();
        event.add(Fields.CLASSIFICATION_TYPE, "c2-server");
        event.add(Fields.MALWARE_NAME, row.content().malware());
        if (!event.offer(Fields.SOURCE_IP, address)) {
            event.add(Fields.SOURCE_FQDN, address);
        }
        event.add(Fields.RAW, address);
    }
}
