package org.intelmq.mail;

import jakarta.mail.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.logging.Logger;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.CacheParams;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.HttpParams;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.State;
import org.intelmq.bot.Tick;
import org.intelmq.bot.UnavailableException;
import org.intelmq.files.SharedMemory;
import org.intelmq.message.Fields;
import org.intelmq.message.IfPresent;
import org.intelmq.message.Report;
import org.intelmq.text.encoding.Base64Text;
import org.intelmq.text.pattern.UserPattern;

/**
 * Collects mails from a mailbox. A mail is marked once its reports are safe. That it was collected is remembered together with them, so that a
 * mail that could not be marked because of a crash is not collected again. An unusable mail affects no other: it is set aside, stays unread,
 * and is tried again after the bot's next start. Not thread-safe.
 */
public final class MailCollection implements AutoCloseable {

    private static final Duration KEPT = Duration.ofDays(365);

    private final MailboxParams params;
    private final BotContext context;
    private final Logger log;
    private final Mailbox mailbox;
    private final State state;
    /** The beginning of the keys of collected mails, because each folder has its own numbers. */
    private final String place;
    private final UserPattern subject;
    private final UserPattern sender;
    private final Set<String> unusable = new HashSet<>();
    private final List<String> marked = new ArrayList<>();

    /** What a bot takes from a mail. */
    public interface Contents extends AutoCloseable {

        void send(MailReports out) throws IOException;

        @Override
        default void close() throws IOException { }
    }

    /** Takes what a bot wants from a mail. */
    @FunctionalInterface
    public interface Taker {

        /** @return {@code null} if there is nothing for this bot: the mail stays unread, for others that read the same mailbox */
        Contents take(ReadMail mail) throws Exception;
    }

    /** Thrown by {@link Taker} if the mail is to be tried again at the next poll. */
    public static final class TryAgainException extends IOException {

        private static final long serialVersionUID = 1L;

        public TryAgainException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    public MailCollection(MailboxParams params, HttpParams http, BotContext context) {
        this.params = params;
        this.context = context;
        this.log = context.log();
        Trust trust = Trust.of("http_verify_cert", http.httpVerifyCert(), params.connection().sslCaCertificate());
        Login login = new Login(params.mailUser(), params.mailPassword(), params.oauth(), params.oauth().http(context, http), context.clock());
        this.mailbox = new Mailbox(params, trust, login, log);
        this.subject = pattern("subject_regex", params.subjectRegex());
        this.sender = pattern("sender_regex", params.senderRegex());
        this.place = "collected " + params.mailUser() + '@' + params.mailHost() + '/' + params.folder() + ' ';
        this.state = context.state(new CacheParams(CacheParams.Store.EMBEDDED, "", 0, 0, null, KEPT));
    }

    /** @return {@code null} if the parameter is not set */
    public static UserPattern pattern(String parameter, String regex) {
        try {
            return regex == null || regex.isEmpty() ? null : UserPattern.of(regex);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("parameter '" + parameter + "' cannot be \"" + regex + "\": expected a regular expression (" + e.getMessage()
                    + ')', e);
        }
    }

    /** Collects all unread mails that are wanted. */
    public void collect(Tick tick, Outbox out, Taker taker) throws Exception {
        marked.forEach(uid -> state.remove(place + uid));
        marked.clear();
        mailbox.open();
        List<String> collected = new ArrayList<>();
        try {
            Map<String, Message> unread = new LinkedHashMap<>();
            mailbox.unread().forEach(message -> unread.put(mailbox.uid(message), message));
            forgetOthers(unread.keySet());
            unusable.retainAll(unread.keySet());
            if (unread.isEmpty()) {
                log.fine("No unread mails to check.");
            }
            for (Map.Entry<String, Message> entry : unread.entrySet()) {
                if (isDone(entry.getKey(), entry.getValue(), tick, out, taker)) {
                    collected.add(entry.getKey());
                }
            }
        } catch (Exception | Error e) {
            mailbox.close();
            throw e;
        }
        if (collected.isEmpty()) {
            mailbox.close();
            return;
        }
        out.onUndo(mailbox::close);
        out.afterCommit(() -> mark(collected));
    }

    /** A mail that is no longer unread has been marked, by us or by somebody else; if it becomes unread again, it is meant to be collected again. */
    private void forgetOthers(Set<String> unread) {
        List<String> gone = new ArrayList<>();
        state.forEach(place, (key, value) -> {
            if (!unread.contains(key.substring(place.length()))) {
                gone.add(key);
            }
        });
        gone.forEach(state::remove);
    }

    /** Returns whether the mail is to be marked. */
    private boolean isDone(String uid, Message message, Tick tick, Outbox out, Taker taker) throws Exception {
        if (unusable.contains(uid) || !isWanted(message)) {
            return false;
        }
        if (state.get(place + uid) != null) {
            log.info("Mail " + uid + " was collected before, but could not be marked then; it is marked now.");
            return true;
        }
        ReadMail mail = null;
        try (SharedMemory.Share memory = SharedMemory.OF_SERVER.share()) {
            mail = MailReader.read(uid, mailbox.content(message, memory));
            try (Contents contents = taker.take(mail)) {
                if (contents == null) {
                    return false;
                }
                contents.send(new MailReports(out, identity(uid, tick)));
            }
        } catch (UnavailableException | InterruptedException e) {
            throw e;
        } catch (TryAgainException | SharedMemory.NoRoomException e) {
            log.severe("The " + (mail == null ? "mail " + uid : mail) + " stays unread and is tried again at the next poll: " + e.getMessage());
            return false;
        } catch (IOException | RuntimeException e) {
            setAside(uid, mail, e, out);
            return false;
        }
        log.info("Collected the " + mail + '.');
        state.put(place + uid, tick.at().toString(), KEPT);
        return true;
    }

    private boolean isWanted(Message message) {
        if (subject == null && sender == null) {
            return true;
        }
        Mailbox.Head head = mailbox.head(message);
        boolean wanted = (subject == null || subject.find(head.subject() == null ? "" : head.subject()))
                && (sender == null || sender.find(String.join(",", head.senders())));
        if (!wanted) {
            log.fine("A mail from " + head.senders() + " was skipped, because subject \"" + head.subject() + "\" or sender is not wanted.");
        }
        return wanted;
    }

    private void setAside(String uid, ReadMail mail, Exception reason, Outbox out) {
        unusable.add(uid);
        Report part = context.newReport();
        part.add("extra.email_uid", uid);
        if (mail != null) {
            mail.describe(part);
            mail.date(part);
        }
        if (reason instanceof UnusableAttachment attachment && attachment.content().length > 0) {
            part.addUnsanitized(Fields.RAW, Base64Text.encode(attachment.content()), IfPresent.REPLACE, true);
            part.add("extra.file_name", attachment.name());
        }
        out.reject(part, new IOException("the " + (mail == null ? "mail " + uid : mail) + " cannot be used: " + reason.getMessage()
                + ". It stays unread, and is tried again after the next start of the bot; mark it as read to skip it", reason));
    }

    private String identity(String uid, Tick tick) {
        return UUID.nameUUIDFromBytes((params.mailHost() + '\n' + params.mailUser() + '\n' + params.folder() + '\n' + uid + '\n' + tick.at())
                .getBytes(StandardCharsets.UTF_8)).toString();
    }

    /** Called when the reports are safe. Servers hang up on silent clients, so a second attempt is made. */
    private void mark(List<String> collected) {
        try {
            try {
                mailbox.mark(collected);
            } catch (UnavailableException e) {
                log.fine(e.getMessage());
                mailbox.close();
                mailbox.open();
                mailbox.mark(collected);
            }
            marked.addAll(collected);
        } catch (UnavailableException e) {
            log.warning(collected.size() + " mails were collected but could not be marked: " + e.getMessage()
                    + ". They are marked at the next poll, and not collected again.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            mailbox.close();
        }
    }

    @Override
    public void close() {
        mailbox.close();
    }
}
