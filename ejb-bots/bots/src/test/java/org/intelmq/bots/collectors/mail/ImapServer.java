package org.intelmq.bots.collectors.mail;

import com.icegreen.greenmail.imap.ImapHostManager;
import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.store.StoredMessage;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.icegreen.greenmail.util.ServerSetupTest;
import jakarta.mail.Flags;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Properties;
import org.intelmq.testing.Parameters;

/** A real IMAP server with the mailbox of one user. */
final class ImapServer implements AutoCloseable {

    private static final String BOUNDARY = "B";

    private final GreenMail server = new GreenMail(new ServerSetup[] {ServerSetupTest.IMAP.dynamicPort(), ServerSetupTest.IMAPS.dynamicPort()});
    private final GreenMailUser user;

    ImapServer() {
        server.start();
        user = server.setUser("cert@example.net", "cert", "secret");
    }

    /** Parameters that lead here, without encryption. */
    <P extends Record> P parameters(Class<P> type, Object... namesAndValues) {
        List<Object> all = new ArrayList<>(List.of("mail_host", "localhost", "mail_user", "cert", "mail_password", "secret"));
        if (!Arrays.asList(namesAndValues).contains("mail_ssl")) {
            all.addAll(List.of("mail_ssl", false, "mail_port", server.getImap().getPort()));
        }
        all.addAll(Arrays.asList(namesAndValues));
        return Parameters.of(type, all.toArray());
    }

    int tlsPort() {
        return server.getImaps().getPort();
    }

    MailFolder folder(String name) {
        try {
            ImapHostManager manager = server.getManagers().getImapHostManager();
            MailFolder folder = manager.getFolder(user, name);
            return folder == null ? manager.createMailbox(user, name) : folder;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    ImapServer deliver(String folder, String mail) {
        try {
            byte[] lines = mail.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
            folder(folder).appendMessage(new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(lines)), new Flags(), new Date());
            return this;
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A mail to the mailbox, with this subject and content. */
    ImapServer deliver(String subject, String type, String content) {
        return deliver("INBOX", "From: Sender <sender@example.com>\nTo: cert@example.net\nSubject: " + subject
                + "\nDate: Fri, 02 Jan 2026 03:04:05 +0100\nMessage-ID: <" + subject.hashCode() + "@example.com>\nMIME-Version: 1.0\nContent-Type: "
                + type + "\n" + content);
    }

    static String multipart(String... parts) {
        return "\n--" + BOUNDARY + "\n" + String.join("\n--" + BOUNDARY + "\n", parts) + "\n--" + BOUNDARY + "--\n";
    }

    static String mixed() {
        return "multipart/mixed; boundary=\"" + BOUNDARY + "\"";
    }

    /** Of each mail in the folder, whether it is marked as read. */
    List<Boolean> seen(String folder) {
        List<Boolean> seen = new ArrayList<>();
        for (StoredMessage message : folder(folder).getMessages()) {
            seen.add(message.isSet(Flags.Flag.SEEN));
        }
        return seen;
    }

    void markUnread() {
        try {
            for (StoredMessage message : folder("INBOX").getMessages()) {
                message.setFlag(Flags.Flag.SEEN, false);
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    void stopServing() {
        server.stop();
    }

    @Override
    public void close() {
        server.stop();
    }
}
