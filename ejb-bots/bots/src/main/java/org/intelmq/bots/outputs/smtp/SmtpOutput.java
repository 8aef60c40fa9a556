package org.intelmq.bots.outputs.smtp;

import java.util.ArrayList;
import java.util.List;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.FieldNames;
import org.intelmq.bot.Form;
import org.intelmq.bot.HttpParams;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.mail.Addresses;
import org.intelmq.mail.ConnectionParams;
import org.intelmq.mail.Login;
import org.intelmq.mail.MailComposer;
import org.intelmq.mail.MailOutput;
import org.intelmq.mail.MailSender;
import org.intelmq.mail.OauthParams;
import org.intelmq.mail.OutgoingMail;
import org.intelmq.mail.SmtpServer;
import org.intelmq.mail.SmtpServer.Encryption;
import org.intelmq.mail.Trust;
import org.intelmq.message.Field;
import org.intelmq.message.Message;
import org.intelmq.text.csv.Csv.Dialect;
import org.intelmq.text.csv.CsvWriter;
import org.intelmq.text.python.FormatTemplate;

/** Texts are Python format strings, in which the event is called ev. */
public final class SmtpOutput implements Bot<Message> {

    public record Params(
            @Param(value = "Fields in the attached table; if empty, there is no table.", optional = true, fields = FieldNames.LOOKED_AT,
                    byDefault = "classification.taxonomy,classification.type,classification.identifier,source.ip,source.asn,source.port")
            List<String> fieldnames,
            @Param(value = "Sender; {ev[field]} stands for a field of the event.", byDefault = "cert@localhost")
            String mailFrom,
            @Param(value = "Recipients, separated by commas; {ev[field]} stands for a field of the event.", byDefault = "{ev[source.abuse_contact]}")
            String mailTo,
            @Param(value = "Host of the mail server.", byDefault = "localhost", form = Form.HOST_OR_LOCAL)
            String smtpHost,
            @Param(value = "Port of the mail server.", byDefault = "25")
            int smtpPort,
            @Param(value = "User to log in as; without a password or a token, the bot does not log in.", optional = true)
            String smtpUsername,
            @Param(value = "The user's password.", optional = true, secret = true)
            String smtpPassword,
            @Param(value = "Whether the connection is encrypted from the start (SMTPS).", byDefault = "false")
            boolean ssl,
            @Param(value = "Whether to require encryption with STARTTLS; not needed with ssl.", byDefault = "true")
            boolean starttls,
            @Param(value = "Subject; {ev[field]} stands for a field of the event.", byDefault = "Incident in your AS {ev[source.asn]}")
            String subject,
            @Param(value = "Text; {ev[field]} stands for a field of the event. No text if null.", optional = true, byDefault = "Dear network owner,\n\n"
                    + "We have been informed that the following device might have security problems.\n\nYour localhost CERT")
            String text,
            ConnectionParams connection,
            OauthParams oauth,
            HttpParams http) { }

    public static final BotType<Params> TYPE = BotType.output("intelmq.bots.outputs.smtp.output", "SMTP",
            "Sends a mail about each event, with a table of its fields attached.", Params.class, SmtpOutput::new).connecting();

    private static final Dialect TABLE = Dialect.EXCEL.withDelimiter(';').withLineEnd("\n");
    private static final String EVENT = "ev";

    private final List<Field> fields;
    private final FormatTemplate from;
    private final FormatTemplate to;
    private final FormatTemplate subject;
    private final FormatTemplate text;
    private final MailOutput mails;

    SmtpOutput(Params params, BotContext context) throws Exception {
        fields = params.fieldnames() == null ? List.of() : params.fieldnames().stream().map(Field::of).toList();
        Addresses.check("mail_from", params.mailFrom());
        Addresses.check("mail_to", params.mailTo());
        from = template("mail_from", params.mailFrom());
        to = template("mail_to", params.mailTo());
        subject = template("subject", params.subject());
        text = params.text() == null ? null : template("text", params.text());
        Trust trust = Trust.of("http_verify_cert", params.http().httpVerifyCert(), params.connection().sslCaCertificate());
        SmtpServer server = new SmtpServer(params.smtpHost(), params.smtpPort(),
                params.ssl() ? Encryption.TLS : params.starttls() ? Encryption.STARTTLS : Encryption.NONE, trust, params.connection().mailTimeout());
        Login login = new Login(params.smtpUsername(), params.smtpPassword(), params.oauth(), params.oauth().http(context, params.http()), context.clock());
        mails = new MailOutput(new MailSender(server, login, context.log()), context);
    }

    private static FormatTemplate template(String parameter, String text) {
        try {
            return FormatTemplate.compile(text);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("parameter '" + parameter + "' cannot be \"" + text + "\": " + e.getMessage(), e);
        }
    }

    @Override
    public void process(Message event, Outbox out) throws Exception {
        mails.send(event, composer -> compose(event, composer), out);
    }

    private OutgoingMail compose(Message event, MailComposer mail) throws Exception {
        mail.subject(fill(subject, event, "None")).from(Addresses.single("parameter 'mail_from'", fill(from, event, "")))
                .to(Addresses.list("parameter 'mail_to'", fill(to, event, "")));
        if (text != null) {
            mail.text(fill(text, event, "None"), null);
        }
        if (!fields.isEmpty()) {
            mail.textFile(table(event), "text/csv", "events.csv");
        }
        return mail.compose();
    }

    private String table(Message event) {
        List<Object> row = new ArrayList<>();
        fields.forEach(field -> row.add(event.get(field)));
        return CsvWriter.write(fields.stream().map(Field::name).toList(), TABLE) + CsvWriter.write(row, TABLE);
    }

    /** @param missing replaces fields that the event does not have */
    private static String fill(FormatTemplate template, Message event, String missing) {
        return template.fill(name -> {
            if (!name.equals(EVENT)) {
                throw new IllegalArgumentException("template: there is no " + name + ", expected " + EVENT + "[field]");
            }
            return (FormatTemplate.Indexed) key -> {
                Object value = event.get(Field.of(key.toString()));
                return value == null ? missing : value;
            };
        });
    }

    @Override
    public void close() throws Exception {
        mails.close();
    }
}
