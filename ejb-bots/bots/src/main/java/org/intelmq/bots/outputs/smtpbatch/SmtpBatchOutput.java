package org.intelmq.bots.outputs.smtpbatch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.intelmq.bot.BatchBot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.FieldNames;
import org.intelmq.bot.Folder;
import org.intelmq.bot.Form;
import org.intelmq.bot.HttpParams;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.bot.RuleText;
import org.intelmq.mail.Addresses;
import org.intelmq.mail.ConnectionParams;
import org.intelmq.mail.OauthParams;
import org.intelmq.message.Message;

/** The bot keeps events in Redis, one list per contact, as IntelMQ does; its tool turns them into mails. */
public final class SmtpBatchOutput implements BatchBot<Message> {

    public record Params(
            @Param(value = "File of replacements, one per line: the address of a contact, a comma, and "
                    + "the address that gets its mails instead.", optional = true,
                    folder = Folder.ROOT)
            Path alternativeMails,
            @Param(value = "Addresses that get a blind copy of each mail.", byDefault = "", example = "archive@example.com")
            List<String> bcc,
            @Param(value = "Sender of the mails.", byDefault = "", example = "cert@example.com")
            String emailFrom,
            @Param(value = "Fingerprint of the OpenPGP key that signs the mails; if not set, they are not signed.", optional = true)
            String gpgKey,
            @Param(value = "Passphrase of the key.", optional = true, secret = true)
            String gpgPass,
            @Param(value = "File with the secret key, as gpg --export-secret-keys writes it.", optional = true, folder = Folder.ROOT)
            Path gpgSecretKeys,
            @Param(value = "File with the text of the mails.", optional = true, folder = Folder.ROOT)
            Path mailTemplate,
            @Param(value = "Events observed more than this many days ago are left out of mails; 0 to leave none out.", optional = true)
            Integer ignoreOlderThanDays,
            @Param(value = "Maximum number of mails to send.", optional = true)
            Integer limitResults,
            RedisParams redis,
            @Param(value = "Mail server: its host, or a map of host, port, user, password, and security (starttls or tls; by default it depends on "
                    + "the port).",
                    byDefault = "localhost", example = "host: mail.example.com, port: 587", secret = true)
            Object smtpServer,
            @Param(value = "Subject of the mails, with times in the format of strftime.", byDefault = "IntelMQ warning (%Y-%m-%d)")
            String subject,
            @Param(value = "Name of the attached archive, without .zip, with times in the format of strftime.", byDefault = "intelmq_%Y-%m-%d")
            String attachmentName,
            @Param(value = "Address that test mails are sent to.", optional = true)
            String testingTo,
            @Param(value = "Fields of the table, in order.", fields = FieldNames.LOOKED_AT, byDefault = "time.source, source.ip, classification.taxonomy, "
                    + "classification.type, time.observation, source.geolocation.cc, source.asn, event_description.text, malware.name, "
                    + "feed.name, feed.url, raw")
            List<String> allowedFieldnames,
            @Param(value = "Headings of the fields in the table; fields that are not listed keep their names.", byDefault = "time.source: time_detected, "
                    + "source.ip: ip, classification.taxonomy: class, classification.type: type, time.observation: time_delivered, "
                    + "source.geolocation.cc: country_code, source.asn: asn, event_description.text: description, malware.name: malware, "
                    + "feed.name: feed_name, feed.url: feed_url, raw: raw", fields = FieldNames.KEYS_LOOKED_AT)
            Map<String, Object> fieldnamesTranslation,
            @Param(value = "Fields by which the events of a contact are divided into separate mails.", byDefault = "", fields = FieldNames.LOOKED_AT)
            List<String> additionalGroupingKeys,
            @Param(value = "Which texts are Jinja templates: subject, body, attachment. They see the additional_grouping_keys, dots as underscores, "
                    + "and current_time.", byDefault = "", example = "subject: true")
            Map<String, Object> templating,
            ConnectionParams connection,
            OauthParams oauth,
            HttpParams http) { }

    /** Where events are kept until they are sent. */
    public record RedisParams(
            @Param(value = "Host of the Redis server, or the path of its Unix socket.", byDefault = "127.0.0.1", neverEmpty = true,
                    form = Form.HOST_OR_SOCKET)
            String redisCacheHost,
            @Param(value = "Port of the Redis server.", byDefault = "6379")
            int redisCachePort,
            @Param(value = "Number of the Redis database.", byDefault = "15")
            int redisCacheDb,
            @Param(value = "Password of the Redis server.", optional = true, secret = true)
            String redisCachePassword,
            @Param(value = "How long to remember which events of an interrupted delivery are already stored; the events stay until they are sent.",
                    byDefault = "1728000")
            Duration redisCacheTtl) { }

    public static final BotType<Params> TYPE = BotType.output("intelmq.bots.outputs.smtp_batch.output", "SMTP Batch",
            "Stores events by contact, for 'intelmqctl tool' to send together.", Params.class, SmtpBatchOutput::new)
            .connecting().withTool(BatchTool::run).withRules(RuleText.plain("template", Params::mailTemplate));

    private final BatchStore store;

    SmtpBatchOutput(Params params, BotContext context) {
        params.bcc().forEach(address -> Addresses.check("bcc", address));
        check("email_from", params.emailFrom());
        check("testing_to", params.testingTo());
        warn("alternative_mails", params.alternativeMails(), context);
        warn("mail_template", params.mailTemplate(), context);
        warn("gpg_secret_keys", params.gpgSecretKeys(), context);
        store = new BatchStore(params.redis(), params.additionalGroupingKeys(), context.botId(), context.clock());
    }

    private static void check(String parameter, String addresses) {
        if (addresses != null && !addresses.isBlank()) {
            Addresses.check(parameter, addresses);
        }
    }

    /** Events are kept meanwhile; only sending needs the file. */
    private static void warn(String parameter, Path file, BotContext context) {
        if (file != null && !Files.isReadable(file)) {
            context.log().warning("Parameter '" + parameter + "' is \"" + file + "\", which is not a readable file: no mails can be sent with it.");
        }
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
