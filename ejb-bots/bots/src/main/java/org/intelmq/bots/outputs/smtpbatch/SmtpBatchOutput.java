package org.intelmq.bots.outputs.smtpbatch;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.intelmq.bot.BatchBot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.FieldNames;
import org.intelmq.bot.Folder;
import org.intelmq.bot.HttpParams;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.bot.RuleText;
import org.intelmq.mail.ConnectionParams;
import org.intelmq.mail.OauthParams;
import org.intelmq.message.Message;

/** The bot keeps events in a Redis, a list a contact, as IntelMQ does; its tool makes mails of them. */
public final class SmtpBatchOutput implements BatchBot<Message> {

    public record Params(
            @Param(value = "File with a line a replacement: the address of a contact, a comma, and the address that gets its mails instead.", optional = true,
                    folder = Folder.ROOT)
            Path alternativeMails,
            @Param(value = "Addresses that get a blind copy of each mail.", byDefault = "", example = "archive@example.com")
            List<String> bcc,
            @Param(value = "Sender of the mails.", byDefault = "", example = "cert@example.com")
            String emailFrom,
            @Param(value = "Fingerprint of the OpenPGP key that signs the mails; they are not signed when not set.", optional = true)
            String gpgKey,
            @Param(value = "Passphrase of the key.", optional = true, secret = true)
            String gpgPass,
            @Param(value = "File with the secret key, as gpg --export-secret-keys writes it.", optional = true, folder = Folder.ROOT)
            Path gpgSecretKeys,
            @Param(value = "File with the text of the mails.", optional = true, folder = Folder.ROOT)
            Path mailTemplate,
            @Param(value = "Events that were observed more than so many days ago are left out of mails; 0 for none.", optional = true)
            Integer ignoreOlderThanDays,
            @Param(value = "How many mails are sent at most.", optional = true)
            Integer limitResults,
            RedisParams redis,
            @Param(value = "Mail server: its host, or a map of host, port, user, password, and security as starttls or tls, which else follows the port.",
                    byDefault = "localhost", example = "host: mail.example.com, port: 587", secret = true)
            Object smtpServer,
            @Param(value = "Subject of the mails, with times in the format of strftime.", byDefault = "IntelMQ warning (%Y-%m-%d)")
            String subject,
            @Param(value = "Name of the attached archive, without .zip, with times in the format of strftime.", byDefault = "intelmq_%Y-%m-%d")
            String attachmentName,
            @Param(value = "Address that gets mails that are to be tried.", optional = true)
            String testingTo,
            @Param(value = "Fields of the table, in order.", fields = FieldNames.LOOKED_AT, byDefault = "time.source, source.ip, classification.taxonomy, "
                    + "classification.type, time.observation, source.geolocation.cc, source.asn, event_description.text, malware.name, "
                    + "feed.name, feed.url, raw")
            List<String> allowedFieldnames,
            @Param(value = "What the fields are called in the table; those that are not here keep their names.", byDefault = "time.source: time_detected, "
                    + "source.ip: ip, classification.taxonomy: class, classification.type: type, time.observation: time_delivered, "
                    + "source.geolocation.cc: country_code, source.asn: asn, event_description.text: description, malware.name: malware, "
                    + "feed.name: feed_name, feed.url: feed_url, raw: raw", fields = FieldNames.KEYS_LOOKED_AT)
            Map<String, Object> fieldnamesTranslation,
            @Param(value = "Fields by which the events of a contact come into mails of their own.", byDefault = "", fields = FieldNames.LOOKED_AT)
            List<String> additionalGroupingKeys,
            @Param(value = "Which texts are Jinja templates: subject, body, attachment. They see the additional_grouping_keys, dots as underscores, "
                    + "and current_time.", byDefault = "", example = "subject: true")
            Map<String, Object> templating,
            ConnectionParams connection,
            OauthParams oauth,
            HttpParams http) { }

    /** Where events are kept until they are sent. */
    public record RedisParams(
            @Param(value = "Host of the Redis, or the path of its Unix socket.", byDefault = "127.0.0.1", neverEmpty = true)
            String redisCacheHost,
            @Param(value = "Port of the Redis.", byDefault = "6379")
            int redisCachePort,
            @Param(value = "Number of the Redis database.", byDefault = "15")
            int redisCacheDb,
            @Param(value = "Password of the Redis.", optional = true, secret = true)
            String redisCachePassword,
            @Param(value = "How long it is known which events were kept already, where a delivery was cut short; events stay until they are sent.",
                    byDefault = "1728000")
            Duration redisCacheTtl) { }

    public static final BotType<Params> TYPE = BotType.output("intelmq.bots.outputs.smtp_batch.output", "SMTP Batch",
            "Keeps events by their contacts, to be sent together by 'intelmqctl tool'.", Params.class, SmtpBatchOutput::new)
            .connecting().withTool(BatchTool::run).withRules(RuleText.plain("template", Params::mailTemplate));

    private final BatchStore store;

    SmtpBatchOutput(Params params, BotContext context) {
        store = new BatchStore(params.redis(), params.additionalGroupingKeys(), context.botId(), context.clock());
    }

    @Override
    public void process(Message event, Outbox out) {
        processAll(List.of(event), out);
    }

    @Override
    public void processAll(List<Message> events, Outbox out) {
        List<String> kept = store.keep(events);
        if (!kept.isEmpty()) {
            out.afterCommit(() -> store.settle(kept));
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
