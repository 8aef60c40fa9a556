package org.intelmq.bots.experts.recordedfutureiprisk;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.intelmq.archive.Archive;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.Folder;
import org.intelmq.bot.Form;
import org.intelmq.bot.Http;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.bot.Reply;
import org.intelmq.files.WholeFile;
import org.intelmq.message.Field;
import org.intelmq.message.Fields;
import org.intelmq.message.Message;
import org.intelmq.text.csv.Csv;
import org.intelmq.text.csv.CsvReader;

/** Database: the risk list of https://api.recordedfuture.com/v2/ip/risklist, CSV with a header. */
public final class RecordedFutureIpRiskExpert implements Bot<Message> {

    public static final BotType<Params> TYPE = BotType.expert("intelmq.bots.experts.recordedfuture_iprisk.expert", "RecordedFuture IP risk",
            "Adds Recorded Future's risk score of addresses from a local list; 0 for those not in it.",
            Params.class, RecordedFutureIpRiskExpert::new)
            .updating(params -> params.autoupdateCachedDatabase() ? params.database() : null,
                    (params, http, target) -> target.write(download(params.apiToken(), http)));

    public record Params(
            @Param(value = "Token for updating the file.", optional = true, secret = true, form = Form.KEY)
            String apiToken,
            @Param(value = "File with the list; below var/lib/bots if not absolute.", byDefault = "recordedfuture_iprisk/rfiprisk.dat", folder = Folder.DATA)
            Path database,
            @Param(value = "Whether a score that is set already is replaced.", byDefault = "false")
            boolean overwrite,
            @Param(value = "Whether update-database updates the file.", byDefault = "true")
            boolean autoupdateCachedDatabase) { }

    private static final URI RISK_LIST = URI.create("https://api.recordedfuture.com/v2/ip/risklist?format=csv%2Fsplunk&gzip=true&list=large");
    private static final Field SOURCE = Field.of("extra.rf_iprisk.source");
    private static final Field DESTINATION = Field.of("extra.rf_iprisk.destination");

    private final boolean overwrite;
    private final Map<String, Long> risks;

    private RecordedFutureIpRiskExpert(Params params, BotContext context) {
        this.overwrite = params.overwrite();
        Path file = context.dataDirectory().resolve(params.database());
        try {
            this.risks = read(Files.readString(WholeFile.require(file)));
        } catch (IOException | IllegalArgumentException e) {
            throw new ConfigurationException("parameter 'database' cannot be \"" + file
                    + "\": expected a readable file with the columns Name and Risk, see update-database (" + e + ')', e);
        }
    }

    private static Map<String, Long> read(String text) {
        CsvReader reader = new CsvReader(text, Csv.Dialect.EXCEL);
        List<String> header = reader.next();
        int name = header == null ? -1 : header.indexOf("Name");
        int risk = header == null ? -1 : header.indexOf("Risk");
        if (header != null && (name < 0 || risk < 0)) {
            throw new IllegalArgumentException("no column Name or Risk in " + header);
        }
        Map<String, Long> risks = new HashMap<>();
        for (List<String> row = header == null ? null : reader.next(); row != null; row = reader.next()) {
            if (row.size() > Math.max(name, risk)) {
                risks.put(row.get(name), Long.valueOf(row.get(risk).strip()));
            }
        }
        return risks;
    }

    private static byte[] download(String token, Http http) throws IOException, InterruptedException {
        if (token == null || token.isEmpty()) {
            throw new IOException("parameter 'api_token' is not set: expected the token for " + RISK_LIST.getHost());
        }
        Reply reply = http.ask(http.request(RISK_LIST).setHeader("X-RFToken", token).build());
        if (reply.status() == 401) {
            throw new IOException("GET " + RISK_LIST + " answered with status 401: the api_token is not valid");
        }
        List<Archive.Member> members = Archive.unpack(reply.checked().body(), file -> file.contains("rfiprisk.dat"));
        if (members.isEmpty()) {
            throw new IOException("no file rfiprisk.dat in the archive from " + RISK_LIST);
        }
        byte[] list = members.get(0).content();
        read(new String(list, StandardCharsets.UTF_8));
        return list;
    }

    @Override
    public void process(Message event, Outbox out) {
        score(event, Fields.SOURCE_IP, SOURCE);
        score(event, Fields.DESTINATION_IP, DESTINATION);
        out.send(event);
    }

    private void score(Message event, Field address, Field score) {
        if (event.has(address) && (overwrite || !event.has(score))) {
            event.put(score, risks.getOrDefault(event.text(address), 0L));
        }
    }
}
