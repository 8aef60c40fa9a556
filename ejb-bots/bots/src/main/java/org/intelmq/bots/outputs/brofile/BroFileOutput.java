package org.intelmq.bots.outputs.brofile;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.intelmq.bot.BatchBot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.OutputParams;
import org.intelmq.eventfile.EventFiles;
import org.intelmq.eventfile.FileParams;
import org.intelmq.message.Field;
import org.intelmq.message.Fields;
import org.intelmq.message.Message;
import org.intelmq.text.json.JsonBuffer;

public final class BroFileOutput implements BatchBot<Message> {

    public record Params(FileParams file, OutputParams output) { }

    public static final BotType<Params> TYPE = BotType.output("intelmq.bots.outputs.bro_file.output", "Bro file",
            "Appends addresses, host names and URLs to an intelligence file of Zeek (Bro).", Params.class, BroFileOutput::new);

    private static final String HEADER = "#fields\tindicator\tindicator_type\tmeta.desc\tmeta.cif_confidence\tmeta.source";

    private record Indicator(Field field, String type) { }

    private static final List<Indicator> INDICATORS = List.of(new Indicator(Fields.SOURCE_IP, "Intel::ADDR"),
            new Indicator(Fields.SOURCE_FQDN, "Intel::DOMAIN"), new Indicator(Fields.SOURCE_URL, "Intel::URL"));

    private final EventFiles files;

    BroFileOutput(Params params, BotContext context) {
        files = new EventFiles(params.file(), "bro", BroFileOutput::header, context);
    }

    private static byte[] header(Path file) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            return HEADER.equals(lines.readLine()) ? new byte[0] : (HEADER + '\n').getBytes(StandardCharsets.UTF_8);
        }
    }

    @Override
    public void process(Message event, Outbox out) throws IOException {
        processAll(List.of(event), out);
    }

    @Override
    public void processAll(List<Message> events, Outbox out) throws IOException {
        files.append(events, BroFileOutput::write, out);
    }

    private static void write(Message event, JsonBuffer text) {
        for (Indicator indicator : INDICATORS) {
            if (event.has(indicator.field())) {
                String value = event.text(indicator.field());
                String named = indicator.field() == Fields.SOURCE_URL ? withoutScheme(value) : value;
                text.text(String.join("\t", column(named), indicator.type(), column(description(event)), confidence(event), column(source(event))) + '\n');
            }
        }
    }

    /** A URL as Zeek sees it, beginning with its host. */
    private static String withoutScheme(String url) {
        int end = url.indexOf("://");
        return end < 0 ? url : url.substring(end + "://".length());
    }

    /** Escapes in Zeek's way what would end a column or line, begin a comment, stand for nothing, or itself be an escape. */
    private static String column(String text) {
        StringBuilder column = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isEscaped = c < ' ' || c == 0x7f || c == '\\' || c == '#' && i == 0 || text.equals("-");
            if (isEscaped) {
                column.append("\\x%02x".formatted((int) c));
            } else {
                column.append(c);
            }
        }
        return column.toString();
    }

    private static String description(Message event) {
        Object tags = event.get("extra.tags");
        boolean isApt = tags instanceof String text && text.contains("apt") || tags instanceof List<?> list && list.contains("apt");
        return isApt ? "apt" : required(event, Fields.CLASSIFICATION_TYPE);
    }

    private static String confidence(Message event) {
        return Long.toString((long) Double.parseDouble(required(event, Fields.FEED_ACCURACY)));
    }

    private static String source(Message event) {
        String organisation = event.text("extra.orgc");
        return organisation != null ? organisation : event.has(Fields.FEED_PROVIDER) ? event.text(Fields.FEED_PROVIDER) : "";
    }

    private static String required(Message event, Field field) {
        if (!event.has(field)) {
            throw new IllegalArgumentException("the event has no field " + field + ", which a line of the file needs");
        }
        return event.text(field);
    }

    @Override
    public void close() throws IOException {
        files.close();
    }
}
