package org.intelmq.bots.parsers.shadowserver;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.Divisible;
import org.intelmq.bot.HttpParams;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.bot.Row;
import org.intelmq.bot.RowParser;
import org.intelmq.bot.Seams;
import org.intelmq.bot.rows.CsvDictRows;
import org.intelmq.bot.rows.CsvRecord;
import org.intelmq.message.Report;
import org.intelmq.text.csv.Csv;

/** Feeds: https://www.shadowserver.org/what-we-do/network-reporting/, CSV reports described by a schema that Shadowserver publishes. */
public final class ShadowserverParser implements Bot<Report>, Divisible {

    public record Params(
            @Param(value = "Name of the report in the schema, if all reports are of one kind; otherwise it is taken from the file name.", optional = true,
                    example = "Accessible-SMB")
            String feedname,
            @Param(value = "Whether the schema's name of the report replaces a feed.name.", byDefault = "false")
            boolean overwrite,
            @Param(value = "Whether the newest schema is downloaded when the bot starts.", byDefault = "false")
            boolean autoUpdate,
            @Param(value = "Whether a small schema made for tests is used.", byDefault = "false", aliases = "testing")
            boolean testMode,
            HttpParams http) { }

    public static final BotType<Params> TYPE = BotType.parser("intelmq.bots.parsers.shadowserver.parser", "Shadowserver",
            "Reports of the Shadowserver Foundation; a schema describes their columns.", Params.class, ShadowserverParser::new)
            .updating(params -> Path.of(SchemaFile.NAME),
                    (params, http, target) -> target.write(SchemaFile.download(http).getBytes(StandardCharsets.UTF_8)));

    /** Leaves out the date before the report's name and the recipient after it: {@code 2024-05-17-scan_smb-country-at.csv}. */
    private static final Pattern FILE_NAME = Pattern.compile("^(?:\\d{4}-\\d{2}-\\d{2}-)?(\\w+)(-\\w+)*\\.csv$", Pattern.UNICODE_CHARACTER_CLASS);
    private static final CsvDictRows ROWS = new CsvDictRows(Csv.Dialect.UNIX, CsvRecord::original, CsvRecord::original);

    private final Params params;
    private final BotContext context;
    private final Schema schema;
    private final Schema.Feed fixed;

    ShadowserverParser(Params params, BotContext context) throws Exception {
        this.params = params;
        this.context = context;
        SchemaFile file = new SchemaFile(context);
        if (params.autoUpdate() && context.isRehearsal()) {
            file.awaitUpdate();
        } else if (params.autoUpdate()) {
            file.update(context.http(params.http()));
        }
        this.schema = params.testMode() ? file.readTestSchema() : file.read();
        this.fixed = params.feedname() == null ? null : schema.byFeedName(params.feedname());
        if (fixed == null && params.feedname() != null) {
            context.log().info("The schema has no feed '" + params.feedname() + "'; the feed is taken from the reports' file names.");
        }
    }

    @Override
    public Optional<Seams> seams() {
        return ROWS.seams();
    }

    @Override
    public void process(Report report, Outbox out) throws Exception {
        new Pass(report).parser.process(report, out);
    }

    private final class Pass {

        private final Report report;
        private final RowParser<CsvRecord> parser = new RowParser<>(context, this::split, row -> mapper().map(row));
        private ReportMapper mapper;

        Pass(Report report) {
            this.report = report;
        }

        private void split(String text, Consumer<Row<CsvRecord>> rows) {
            mapper = new ReportMapper(fixed == null ? feed(report.text("extra.file_name")) : fixed, params.overwrite(), context.log());
            ROWS.split(text, rows);
        }

        private ReportMapper mapper() {
            return mapper;
        }
    }

    private Schema.Feed feed(String fileName) {
        if (fileName == null || fileName.isEmpty()) {
            throw new IllegalArgumentException("No feedname given as parameter and the processed report has no 'extra.file_name'.");
        }
        Matcher matcher = FILE_NAME.matcher(fileName);
        if (!matcher.find()) {
            throw new IllegalArgumentException("extra.file_name is '" + fileName + "', expected such as 2024-05-17-scan_smb-country-at.csv");
        }
        Schema.Feed feed = schema.byFileName(matcher.group(1));
        if (feed == null) {
            throw new IllegalArgumentException("the schema has no report '" + matcher.group(1) + "', which extra.file_name '" + fileName + "' tells");
        }
        return feed;
    }
}
