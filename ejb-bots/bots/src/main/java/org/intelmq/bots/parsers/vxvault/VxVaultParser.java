package org.intelmq.bots.parsers.vxvault;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.intelmq.bot.BotType;
import org.intelmq.bot.NoParams;
import org.intelmq.bot.Row;
import org.intelmq.bot.RowParser;
import org.intelmq.bot.rows.Lines;
import org.intelmq.message.Event;
import org.intelmq.message.Fields;
import org.intelmq.text.Whitespace;
import org.intelmq.text.net.UrlParts;

/** Feed: http://vxvault.net/URL_List.php, addresses after four lines, the third of which is the time. */
public final class VxVaultParser {

    public static final BotType<NoParams> TYPE = BotType.parser("intelmq.bots.parsers.vxvault.parser", "VxVault",
            "The newest hundred URLs of malware from VX Vault.", NoParams.class,
            (params, context) -> new RowParser<>(context, VxVaultParser::split, VxVaultParser::map));

    private static final int HEADER_LINES = 3;

    private record Link(String address, String time) { }

    private VxVaultParser() { }

    private static void split(String text, Consumer<Row<Link>> rows) {
        List<String> lines = new ArrayList<>();
        Whitespace.forEachLine(Whitespace.strip(text), lines::add);
        for (int i = HEADER_LINES + 1; i < lines.size(); i++) {
            String line = Whitespace.strip(lines.get(i));
            if (line.startsWith("http")) {
                List<String> header = lines.subList(0, HEADER_LINES + 1);
                rows.accept(new Row<>(new Link(line, lines.get(HEADER_LINES - 1)), () -> line, () -> Lines.below(header, line)));
            }
        }
    }

    private static void map(Row<Link> row) {
        String address = row.content().address();
        UrlParts parts = UrlParts.split(address);
        Event event = row.newEvent();
        if (!event.offer(Fields.SOURCE_IP, parts.host())) {
            event.add(Fields.SOURCE_FQDN, parts.host());
        }
        event.add(Fields.CLASSIFICATION_TYPE, "malware-distribution");
        event.add(Fields.SOURCE_URL, parts.join());
        if (parts.port() > 0) {
            event.add(Fields.SOURCE_PORT, parts.port());
        }
        event.add(Fields.RAW, address);
        event.add(Fields.TIME_SOURCE, row.content().time());
    }
}
