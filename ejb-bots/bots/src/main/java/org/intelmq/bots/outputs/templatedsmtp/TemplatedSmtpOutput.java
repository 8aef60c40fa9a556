package org.intelmq.bots.outputs.templatedsmtp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.Folder;
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
import org.intelmq.message.Message;
import org.intelmq.template.Templates;
import org.intelmq.template.Templates.Template;

/** Texts are Jinja templates, in which the event is called event. */
public final class TemplatedSmtpOutput implements Bot<Message> {

    public record Params(
            @Param(value = "Host of the mail server.", byDefault = "localhost", form = Form.HOST_OR_LOCAL)
            String smtpHost,
            @Param(value = "Port of the mail server.", byDefault = "25")
            int smtpPort,
            @Param(value = "Whether the connection is encrypted from the start (SMTPS).", byDefault = "false")
            boolean ssl,
            @Param(value = "Whether to require encryption with STARTTLS; not needed with ssl.", byDefault = "false")
            boolean starttls,
            @Param(value = "User to log in as.", optional = true)
            String username,
            @Param(value = "The user's password.", optional = true, secret = true)
            String password,
            @Param(value = "Whether the mail server's certificate is checked, or a file with the authorities to trust.", byDefault = "true",
                    folder = Folder.ROOT)
            String verifyCert,
            @Param(value = "Files to attach, each a map of content-type, text and name, all of them templates.", byDefault = "",
                    example = "[{content-type: application/json, name: event.json, text: '{{ event | tojson }}'}]")
            List<Object> attachments,
            @Param(value = "Template of the sender.", optional = true, example = "cert@example.com")
            String mailFrom,
            @Param(value = "Template of the recipients, separated by commas.", optional = true, example = "{{ event['source.abuse_contact'] }}")
            String mailTo,
            @Param(value = "Template of the subject.", byDefault = "IntelMQ event")
            String subject,
            @Param(value = "Template of the text.", byDefault = "{%- for field in event %}\n    {%- if field != 'raw' %}\n"
                    + "{{ field }}: {{ event[field] }}\n    {%- endif %}\n{%- endfor %}\n")
            String body,
            ConnectionParams connection,
            OauthParams oauth,
            HttpParams http) {

        public Params {
            require(mailFrom, "mail_from", "the sender of mails");
            require(mailTo, "mail_to", "the recipients of mails");
            boolean hasPassword = password != null && !password.isEmpty();
            boolean hasUser = username != null && !username.isEmpty();
            if (hasPassword && !hasUser) {
                throw new IllegalArgumentException("parameter 'username' is not set: expected the user to whom 'password' belongs");
            }
            if (hasUser && !hasPassword && !oauth.isUsed()) {
                throw new IllegalArgumentException("parameter 'password' is not set: expected the password of the user in username");
            }
        }

        private static void require(String value, String name, String expected) {
            if (value == null || value.isEmpty()) {
                throw new IllegalArgumentException("parameter '" + name + "' is not set: expected " + expected);
            }
        }
    }

    public static final BotType<Params> TYPE = BotType.output("intelmq.bots.outputs.templated_smtp.output", "Templated SMTP",
            "Sends a mail about each event, written by templates.", Params.class, TemplatedSmtpOutput::new).connecting();

    private static final String EVENT = "event";

    private final Templates engine;
    private final Template from;
    private final Template to;
    private final Template subject;
    private final Template body;
    private final List<Attachment> attachments = new ArrayList<>();
    private final MailOutput mails;

    private record Attachment(Template type, Template text, Template name) { }

    TemplatedSmtpOutput(Params params, BotContext context) throws Exception {
        engine = new Templates(Map.of(EVENT, Templates.view(context.newEvent())));
        Addresses.check("mail_from", params.mailFrom());
        Addresses.check("mail_to", params.mailTo());
        from = compile("mail_from", params.mailFrom());
        to = compile("mail_to", params.mailTo());
        subject = compile("subject", params.subject());
        body = compile("body", params.body());
        for (Object attachment : params.attachments()) {
            addAttachment(attachment, context);
        }
        Trust trust = Trust.of("verify_cert", params.verifyCert(), params.connection().sslCaCertificate());
        SmtpServer server = new SmtpServer(params.smtpHost(), params.smtpPort(),
                params.ssl() ? Encryption.TLS : params.starttls() ? Encryption.STARTTLS : Encryption.NONE, trust, params.connection().mailTimeout());
        Login login = new Login(params.username(), params.password(), params.oauth(), params.oauth().http(context, params.http()), context.clock());
        mails = new MailOutput(new MailSender(server, login, context.log()), context);
    }

    private void addAttachment(Object given, BotContext context) {
        if (!(given instanceof Map<?, ?> map)) {
            throw new ConfigurationException("parameter 'attachments' cannot hold " + given + ": expected a map of content-type, text and name");
        }
        for (String key : List.of("content-type", "text", "name")) {
            if (map.get(key) == null) {
                context.log().severe("Attachment does not have a " + key + ", ignoring: " + given + '.');
                return;
            }
        }
        attachments.add(new Attachment(compile("attachments", map.get("content-type").toString()), compile("attachments", map.get("text").toString()),
                compile("attachments", map.get("name").toString())));
    }

    private Template compile(String parameter, String template) {
        try {
            return engine.compile(template);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("parameter '" + parameter + "': the template " + e.getMessage(), e);
        }
    }

    @Override
    public void process(Message event, Outbox out) throws Exception {
        mails.send(event, composer -> compose(event, composer), out);
    }

    private OutgoingMail compose(Message event, MailComposer mail) throws Exception {
        Map<String, Object> values = Map.of(EVENT, Templates.view(event));
        String text = engine.render(body, values);
        mail.subject(engine.render(subject, values)).from(Addresses.single("parameter 'mail_from'", engine.render(from, values)))
                .to(Addresses.list("parameter 'mail_to'", engine.render(to, values)))
                .text(text.endsWith("\n") ? text : text + '\n', "inline");
        for (Attachment attachment : attachments) {
            mail.file(engine.render(attachment.text(), values).getBytes(StandardCharsets.UTF_8), engine.render(attachment.type(), values),
                    engine.render(attachment.name(), values));
        }
        return mail.compose();
    }

    @Override
    public void close() throws Exception {
        mails.close();
    }
}
