package org.intelmq.mail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.logging.Logger;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.Outbox;
import org.intelmq.message.Message;
import org.intelmq.message.MessageJson;
import org.intelmq.sent.SentLedger;

/**
 * Sends the mail of each event once, even if its delivery is rolled back or the process ends. If the connection or the process ends before the
 * server's last answer is recorded, it is unknown whether the mail was accepted: then it is sent again, with the same Message-ID, and the log
 * says so. Not thread-safe.
 */
public final class MailOutput implements AutoCloseable {

    private final MailSender sender;
    private final BotContext context;
    private final Logger log;
    private final SentLedger ledger;

    /** Creates the mail of an event. */
    @FunctionalInterface
    public interface Mails {

        /** @param composer has the mail's identity and time */
        OutgoingMail of(MailComposer composer) throws Exception;
    }

    public MailOutput(MailSender sender, BotContext context) throws IOException {
        this.sender = sender;
        this.context = context;
        this.log = context.log();
        this.ledger = context.isRehearsal() ? null : SentLedger.of(context, "mail-output");
    }

    /** @throws org.intelmq.bot.UnavailableException if the server cannot be reached, or refuses the login */
    public void send(Message event, Mails mails, Outbox out) throws Exception {
        String identity = identity(event);
        SentLedger.Known known = ledger.known(identity);
        if (known == SentLedger.Known.SENT) {
            log.info("The mail of event " + event.id() + " was sent before its delivery was interrupted; it is not sent again.");
            out.afterCommit(() -> ledger.forget(identity));
            return;
        }
        OutgoingMail mail = mails.of(new MailComposer(identity, context.clock().instant()));
        sender.connect(mail);
        if (known == SentLedger.Known.BEGUN) {
            log.warning("The mail " + mail.id() + " to " + mail.addressees() + " may have been sent already: sending it was interrupted before the "
                    + "mail server's last answer was recorded. It is sent again; recipients can recognise it by its Message-ID.");
        }
        ledger.begun(identity);
        try {
            sender.send(mail);
        } catch (IOException e) {
            ledger.forget(identity);
            throw e;
        }
        ledger.sent(identity);
        log.info("Sent mail " + mail.id() + " to " + mail.addressees() + '.');
        out.afterCommit(() -> ledger.forget(identity));
    }

    /** The same for an event that comes again. An event without an identity is identified by its content. */
    private String identity(Message event) {
        try {
            MessageDigest hash = MessageDigest.getInstance("SHA-256");
            hash.update(context.botId().getBytes(StandardCharsets.UTF_8));
            hash.update((byte) 0);
            hash.update((event.id() != null ? event.id() : MessageJson.serialize(event)).getBytes(StandardCharsets.UTF_8));
            return MailComposer.identity(hash.digest()).substring(0, 40);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        sender.close();
        if (ledger != null) {
            ledger.close();
        }
    }
}
