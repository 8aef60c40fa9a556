package org.intelmq.mail;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.FetchProfile;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.FolderNotFoundException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.UIDFolder;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.search.AndTerm;
import jakarta.mail.search.FlagTerm;
import jakarta.mail.search.FromStringTerm;
import jakarta.mail.search.RecipientStringTerm;
import jakarta.mail.search.SearchTerm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.logging.Logger;
import org.intelmq.bot.UnavailableException;
import org.intelmq.files.SharedMemory;

/** A folder of an IMAP server, kept open from reading it until what was collected is marked. Not thread-safe. */
final class Mailbox implements AutoCloseable {

    private static final int PIECE = 1 << 20;
    /** Bytes of an answer: a piece of a mail, the numbers of all mails found, or data about many at once. */
    private static final int MOST_BYTES = (int) Math.max(16L << 20, Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 32));
    /** The timeout applies to each sign of life; a whole answer may take this many times as long. */
    private static final int TIMES_PATIENT = 10;
    /** The rest remains for the next poll. */
    private static final int MOST_AT_ONCE = 1000;

    private final MailboxParams params;
    private final Trust trust;
    private final Login login;
    private final Logger log;
    private Store store;
    private Folder folder;

    Mailbox(MailboxParams params, Trust trust, Login login, Logger log) {
        this.params = params;
        this.trust = trust;
        this.login = login;
        this.log = log;
    }

    private Properties properties(String protocol) {
        Properties properties = new Properties();
        String prefix = "mail." + protocol + '.';
        String milliseconds = Long.toString(params.connection().mailTimeout().toMillis());
        for (String limit : List.of("connectiontimeout", "timeout", "writetimeout")) {
            properties.put(prefix + limit, milliseconds);
        }
        boolean starttls = params.mailStarttls() && !params.mailSsl();
        properties.put(prefix + "starttls.enable", Boolean.toString(starttls));
        properties.put(prefix + "starttls.required", Boolean.toString(starttls));
        LimitedSockets sockets = new LimitedSockets(params.connection().mailTimeout().multipliedBy(TIMES_PATIENT), MOST_BYTES);
        properties.put(prefix + "socketFactory", sockets);
        properties.put(prefix + "ssl.socketFactory", sockets.below(trust.sockets()));
        // otherwise the authorities that Java trusts would be accepted too
        properties.put(prefix + "socketFactory.fallback", "false");
        properties.put(prefix + "ssl.checkserveridentity", Boolean.toString(trust.verified()));
        // reading a mail does not mark it
        properties.put(prefix + "peek", "true");
        properties.put(prefix + "fetchsize", Integer.toString(PIECE));
        if (login.usesToken()) {
            properties.put(prefix + "auth.mechanisms", "XOAUTH2");
        }
        return properties;
    }

    /** @throws UnavailableException if the server cannot be reached, refuses the login, or has no such folder */
    void open() throws InterruptedException {
        String protocol = params.mailSsl() ? "imaps" : "imap";
        String secret = login.secret();
        try {
            store = Session.getInstance(properties(protocol)).getStore(protocol);
            store.connect(params.mailHost(), params.port(), login.user(), secret);
            folder = store.getFolder(params.folder());
            folder.open(Folder.READ_WRITE);
        } catch (AuthenticationFailedException e) {
            close();
            login.forgetToken();
            throw new UnavailableException("IMAP server " + this + " does not let user '" + login.user() + "' log in: " + e.getMessage(), e);
        } catch (FolderNotFoundException e) {
            close();
            throw new UnavailableException("IMAP server " + this + " has no folder '" + params.folder() + "' of user '" + login.user()
                    + "' (parameter 'folder')", e);
        } catch (MessagingException e) {
            close();
            throw unavailable(e);
        }
    }

    private UnavailableException unavailable(MessagingException e) {
        return new UnavailableException("IMAP server " + this + " cannot be reached: " + e.getMessage(), e);
    }

    /** Mails that are unread and, according to the server's search, wanted; in order, and no more than can be handled at once. */
    List<Message> unread() {
        List<SearchTerm> terms = new ArrayList<>(List.of(new FlagTerm(new Flags(Flags.Flag.SEEN), false)));
        if (params.sentTo() != null) {
            terms.add(new RecipientStringTerm(Message.RecipientType.TO, params.sentTo()));
        }
        if (params.sentFrom() != null) {
            terms.add(new FromStringTerm(params.sentFrom()));
        }
        try {
            Message[] found = folder.search(new AndTerm(terms.toArray(SearchTerm[]::new)));
            Message[] first = found.length > MOST_AT_ONCE ? Arrays.copyOf(found, MOST_AT_ONCE) : found;
            FetchProfile known = new FetchProfile();
            known.add(UIDFolder.FetchProfileItem.UID);
            known.add(FetchProfile.Item.SIZE);
            known.add("Subject");
            known.add("From");
            folder.fetch(first, known);
            return List.of(first);
        } catch (MessagingException e) {
            throw unavailable(e);
        }
    }

    /** Identifies the mail on the server: the folder's number, which changes if its mails are numbered again, and the mail's number. */
    String uid(Message message) {
        try {
            return ((UIDFolder) folder).getUIDValidity() + "." + ((UIDFolder) folder).getUID(message);
        } catch (MessagingException e) {
            throw unavailable(e);
        }
    }

    /** Subject and senders, which do not require the mail itself. */
    Head head(Message message) {
        try {
            return new Head(MailReader.decoded((MimeMessage) message, "Subject"), MailReader.senders((MimeMessage) message));
        } catch (MessagingException e) {
            throw unavailable(e);
        }
    }

    /** A mail's subject and senders; the subject is {@code null} if it has none. */
    record Head(String subject, List<String> senders) { }

    /**
     * The mail as it was sent.
     *
     * @param memory that it takes, including when it is parsed
     * @throws IOException if it is too large
     */
    byte[] content(Message message, SharedMemory.Share memory) throws IOException {
        try {
            requireSize(message.getSize());
            ByteArrayOutputStream content = new ByteArrayOutputStream(Math.max(1024, message.getSize()));
            message.writeTo(new OutputStream() {
                @Override
                public void write(int b) throws IOException {
                    requireSize(content.size() + 1L);
                    memory.takeWithReport(1);
                    content.write(b);
                }

                @Override
                public void write(byte[] bytes, int start, int length) throws IOException {
                    requireSize(content.size() + (long) length);
                    memory.takeWithReport(length);
                    content.write(bytes, start, length);
                }
            });
            return content.toByteArray();
        } catch (MessagingException e) {
            throw unavailable(e);
        }
    }

    private static void requireSize(long bytes) throws IOException {
        if (bytes > MailReader.LARGEST) {
            throw new IOException("it has more than the " + MailReader.LARGEST + " bytes that can be read: give the server more memory (INTELMQ_HEAP)");
        }
    }

    /**
     * Treats the mails as collected mails are to be treated.
     *
     * @throws UnavailableException if the connection is gone
     */
    void mark(List<String> uids) {
        try {
            UIDFolder numbers = (UIDFolder) folder;
            String validity = numbers.getUIDValidity() + ".";
            Message[] messages = numbers.getMessagesByUID(uids.stream().filter(uid -> uid.startsWith(validity))
                    .mapToLong(uid -> Long.parseLong(uid.substring(validity.length()))).toArray());
            messages = Arrays.stream(messages).filter(message -> message != null).toArray(Message[]::new);
            folder.setFlags(messages, new Flags(Flags.Flag.SEEN), true);
            if (params.mailAfterwards() == MailboxParams.Afterwards.MOVE) {
                Folder target = store.getFolder(params.mailMoveTo());
                if (!target.exists()) {
                    target.create(Folder.HOLDS_MESSAGES);
                }
                folder.copyMessages(messages, target);
            }
            if (params.mailAfterwards() != MailboxParams.Afterwards.SEEN) {
                folder.setFlags(messages, new Flags(Flags.Flag.DELETED), true);
                folder.expunge();
            }
        } catch (IllegalStateException e) {
            // the folder was closed with the connection
            throw unavailable(new MessagingException(e.getMessage(), e));
        } catch (MessagingException e) {
            throw unavailable(e);
        }
    }

    @Override
    public void close() {
        if (store == null) {
            return;
        }
        try {
            if (folder != null && folder.isOpen()) {
                folder.close(false);
            }
            store.close();
        } catch (MessagingException e) {
            log.fine("The connection to IMAP server " + this + " was closed unexpectedly: " + e.getMessage());
        }
        folder = null;
        store = null;
    }

    @Override
    public String toString() {
        return params.mailHost() + ':' + params.port();
    }
}
