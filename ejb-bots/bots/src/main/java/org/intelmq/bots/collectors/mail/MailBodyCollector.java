package org.intelmq.bots.collectors.mail;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.HttpParams;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.bot.Tick;
import org.intelmq.mail.MailCollection;
import org.intelmq.mail.MailboxParams;
import org.intelmq.mail.ReadMail;
import org.intelmq.message.Fields;
import org.intelmq.message.Report;

/** One report per text part of a mail. */
public final class MailBodyCollector implements Bot<Tick> {

    public record Params(
            MailboxParams mailbox,
            @Param(value = "Kinds of text that become reports, in this order: plain, html.", optional = true, byDefault = "plain, html")
            Object contentTypes,
            @Param(value = "Polling interval.", byDefault = "60")
            Duration rateLimit,
            HttpParams http) { }

    public static final BotType<Params> TYPE = BotType.collector("intelmq.bots.collectors.mail.collector_mail_body", "Generic Mail Body Fetcher",
            "Collects the text of mails.", Params.class, MailBodyCollector::new).connecting().remembering();

    private static final String PLAIN = "plain";
    private static final String HTML = "html";

    private final MailCollection mails;
    private final BotContext context;
    private final List<String> kinds;

    MailBodyCollector(Params params, BotContext context) {
        this.context = context;
        kinds = kinds(params.contentTypes());
        mails = new MailCollection(params.mailbox(), params.http(), context);
    }

    private static List<String> kinds(Object given) {
        Stream<?> kinds = given == null || given instanceof Boolean ? Stream.of(PLAIN, HTML)
                : given instanceof List<?> list ? list.stream() : Arrays.stream(given.toString().split(","));
        List<String> names = kinds.map(kind -> kind.toString().strip()).toList();
        if (names.isEmpty() || !List.of(PLAIN, HTML).containsAll(names)) {
            throw new ConfigurationException("parameter 'content_types' cannot be \"" + given + "\": expected plain, html or both");
        }
        return names;
    }

    @Override
    public void process(Tick tick, Outbox out) throws Exception {
        mails.collect(tick, out, this::take);
    }

    private MailCollection.Contents take(ReadMail mail) {
        List<Report> reports = new ArrayList<>();
        Set<ReadMail.Text> taken = new HashSet<>();
        for (String kind : kinds) {
            for (ReadMail.Text text : mail.texts()) {
                // in IntelMQ a mail that is nothing but HTML is plain
                boolean fits = text.html() == kind.equals(HTML) || text.whole();
                if (fits && !text.content().isEmpty() && taken.add(text)) {
                    reports.add(report(mail, text));
                }
            }
        }
        return reports.isEmpty() ? null : out -> reports.forEach(out::send);
    }

    private Report report(ReadMail mail, ReadMail.Text text) {
        Report report = context.newReport();
        report.add(Fields.RAW, text.content());
        mail.describe(report);
        mail.date(report);
        return report;
    }

    @Override
    public void close() {
        mails.close();
    }
}
