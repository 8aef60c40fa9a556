package org.intelmq.bots.outputs.smtpbatch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.files.WholeFile;
import org.intelmq.mail.Addresses;
import org.intelmq.mail.MailComposer;
import org.intelmq.mail.OutgoingMail;
import org.intelmq.mail.PgpSigner;
import org.intelmq.message.Json;
import org.intelmq.template.Templates;
import org.intelmq.text.csv.Csv.Dialect;
import org.intelmq.text.csv.CsvWriter;
import org.intelmq.text.encoding.Base64Text;
import org.intelmq.text.python.Strftime;

/** Creates mails from the events in a store: a text, and a table in an archive. */
final class BatchMails {

    private static final int PAGE = 1000;
    private static final int SECONDS_OF_TIME = 19;
    private static final String RAW = "raw";
    private static final String OBSERVED = "time.observation";
    private static final String CONTACT = "source.abuse_contact";
    private static final CsvWriter TABLE = new CsvWriter(Dialect.EXCEL);

    private final SmtpBatchOutput.Params params;
    private final BatchStore store;
    private final String botId;
    private final ZonedDateTime now;
    private final String oldest;
    private final String text;
    private final Map<String, String> alternatives;
    private final PgpSigner signer;

    /** The archive, and the number of events in it. */
    private record Archive(byte[] content, int events, Map<String, Object> first) { }

    /** @param ignoreOlderThanDays 0 for none */
    BatchMails(SmtpBatchOutput.Params params, int ignoreOlderThanDays, PgpSigner signer, BatchStore store, String botId, Clock clock) {
        this.params = params;
        this.store = store;
        this.botId = botId;
        this.now = clock.instant().atZone(ZoneId.systemDefault());
        Instant from = clock.instant().minus(Duration.ofDays(ignoreOlderThanDays));
        this.oldest = ignoreOlderThanDays == 0 ? "" : from.toString().substring(0, SECONDS_OF_TIME);
        this.signer = signer;
        this.text = read("mail_template", params.mailTemplate());
        this.alternatives = alternatives();
    }

    private static String read(String parameter, Path file) {
        if (file == null) {
            throw new ConfigurationException("parameter '" + parameter + "' is not set: expected a file");
        }
        try {
            return WholeFile.text(file);
        } catch (IOException e) {
            throw new ConfigurationException("parameter '" + parameter + "' cannot be \"" + file + "\": expected a file that can be read (" + e + ')', e);
        }
    }

    private Map<String, String> alternatives() {
        Map<String, String> found = new HashMap<>();
        if (params.alternativeMails() != null) {
            for (String line : read("alternative_mails", params.alternativeMails()).lines().filter(each -> !each.isBlank()).toList()) {
                String[] parts = line.split(",", 3);
                if (parts.length < 2) {
                    throw new ConfigurationException("parameter 'alternative_mails': the line \"" + line + "\" in " + params.alternativeMails()
                            + " has no comma: expected an address, a comma, and the address that gets its mails");
                }
                found.put(parts[0].strip(), parts[1].strip());
            }
        }
        return found;
    }

    /** Made of the oldest events of a list. */
    Batch batch(String key, long read) {
        Archive archive = archive(key, read);
        String contact = contact(key, archive);
        String to = archive.events() == 0 ? contact : alternatives.getOrDefault(contact, contact);
        return new Batch(key, to, rendered("subject", params.subject(), archive), read, archive.events(), archive.content().length);
    }

    private String contact(String key, Archive archive) {
        String named = store.contact(key);
        return named != null ? named : String.valueOf(archive.first().getOrDefault(CONTACT, key));
    }

    /** The mail; the same each time, except for its date. */
    OutgoingMail mail(Batch batch, String to, String note, boolean withCopies) throws Exception {
        Archive archive = archive(batch.key(), batch.read());
        MailComposer composer = new MailComposer(identity(batch, to, archive), now.toInstant());
        composer.from(Addresses.single("parameter 'email_from'", params.emailFrom())).to(Addresses.list("the contact", to)).subject(batch.subject() + note)
                .text(rendered("body", text, archive), null)
                .file(archive.content(), "application/zip", rendered("attachment", params.attachmentName(), archive) + ".zip").signed(signer);
        OutgoingMail mail = composer.compose();
        return withCopies && !params.bcc().isEmpty() ? mail.alsoTo(Addresses.list("parameter 'bcc'", String.join(", ", params.bcc()))) : mail;
    }

    private String identity(Batch batch, String to, Archive archive) {
        try {
            MessageDigest hash = MessageDigest.getInstance("SHA-256");
            for (String part : List.of(botId, batch.key(), to)) {
                hash.update(part.getBytes(StandardCharsets.UTF_8));
                hash.update((byte) 0);
            }
            hash.update(archive.content());
            return MailComposer.identity(hash.digest()).substring(0, 40);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Rendered as a template if it is meant as one, otherwise as a time format; the body is neither. */
    private String rendered(String kind, String format, Archive archive) {
        if (!Boolean.parseBoolean(String.valueOf(params.templating().get(kind)))) {
            return kind.equals("body") ? format : Strftime.format(format, now);
        }
        Map<String, Object> values = new HashMap<>(Map.of("current_time", Templates.view(now)));
        for (String field : params.additionalGroupingKeys()) {
            values.put(field.replace('.', '_'), archive.first().getOrDefault(field, ""));
        }
        Templates engine = new Templates(values);
        try {
            return engine.render(engine.compile(format), values);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("the template of the " + kind + ' ' + e.getMessage(), e);
        }
    }

    private Archive archive(String key, long read) {
        StringBuilder table = new StringBuilder();
        TABLE.write(params.allowedFieldnames().stream().map(this::title).toList(), table);
        int count = 0;
        Map<String, Object> first = Map.of();
        for (long from = 0; from < read; from += PAGE) {
            for (String json : store.events(key, from, Math.min(read, from + PAGE))) {
                Map<String, Object> event = event(json);
                first = first.isEmpty() ? event : first;
                if (isOld(event)) {
                    continue;
                }
                List<Object> row = new ArrayList<>();
                params.allowedFieldnames().forEach(field -> row.add(field.equals(RAW) ? raw(event.get(RAW)) : event.get(field)));
                TABLE.write(row, table);
                count++;
            }
        }
        return new Archive(zip(Strftime.format("%y%m%d", now) + '_' + count + "_events.csv", table), count, first);
    }

    private boolean isOld(Map<String, Object> event) {
        return event.get(OBSERVED) instanceof String time && time.length() >= SECONDS_OF_TIME && time.substring(0, SECONDS_OF_TIME).compareTo(oldest) < 0;
    }

    private String title(String field) {
        return String.valueOf(params.fieldnamesTranslation().getOrDefault(field, field));
    }

    private static Map<String, Object> event(String json) {
        Map<String, Object> event = new LinkedHashMap<>();
        if (Json.parse(json) instanceof Map<?, ?> fields) {
            fields.forEach((name, value) -> event.put(name.toString(), value));
        }
        return event;
    }

    /** Decoded and on one line, if it is text. */
    private static Object raw(Object base64) {
        if (!(base64 instanceof String text)) {
            return base64;
        }
        try {
            String decoded = Base64Text.decode(text);
            return decoded.indexOf('\ufffd') >= 0 ? text : decoded.strip().replace("\n", "\\n").replace("\r", "\\r");
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    private byte[] zip(String name, CharSequence content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes); Writer writer = new OutputStreamWriter(zip, StandardCharsets.UTF_8)) {
            ZipEntry entry = new ZipEntry(name);
            // so that the same events make the same archive
            entry.setTimeLocal(now.toLocalDate().atStartOfDay());
            zip.putNextEntry(entry);
            writer.append(content);
            writer.flush();
            zip.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
