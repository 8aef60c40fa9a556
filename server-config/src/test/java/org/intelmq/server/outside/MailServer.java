package org.intelmq.server.outside;

import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.icegreen.greenmail.util.ServerSetupTest;
import jakarta.mail.Flags;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** GreenMail: a mailbox that is read over IMAP, and mails that are handed in over SMTP. */
public final class MailServer implements AutoCloseable {

    public static final String USER = "cert";
    public static final String PASSWORD = "secret";

    private final GreenMail server = new GreenMail(new ServerSetup[] {ServerSetupTest.IMAP.dynamicPort(), ServerSetupTest.SMTP.dynamicPort()});
    private final GreenMailUser user;

    public MailServer() {
        server.start();
        user = server.setUser(USER + "@example.net", USER, PASSWORD);
    }

    public int imapPort() {
        return server.getImap().getPort();
    }

    public int smtpPort() {
        return server.getSmtp().getPort();
    }

    /** Puts a mail into the mailbox, with a text in a file in a zip archive attached. */
    public void deliver(String subject, String archive, String file, String text) throws MessagingException, IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(file));
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        MimeBodyPart attachment = new MimeBodyPart();
        attachment.setContent(bytes.toByteArray(), "application/zip");
        attachment.setFileName(archive);
        MimeBodyPart words = new MimeBodyPart();
        words.setText("Please find the report attached.");
        MimeMessage mail = new MimeMessage(Session.getInstance(new Properties()));
        mail.setContent(new MimeMultipart(words, attachment));
        deliver(subject, mail);
    }

    /** Puts a mail into the mailbox that is nothing but a text. */
    public void deliver(String subject, String text) throws MessagingException {
        MimeMessage mail = new MimeMessage(Session.getInstance(new Properties()));
        mail.setText(text);
        deliver(subject, mail);
    }

    private void deliver(String subject, MimeMessage mail) throws MessagingException {
        mail.setFrom(new InternetAddress("reports@example.com"));
        mail.setRecipient(Message.RecipientType.TO, new InternetAddress(USER + "@example.net"));
        mail.setSubject(subject);
        mail.saveChanges();
        inbox().appendMessage(mail, new Flags(), new Date());
    }

    private MailFolder inbox() throws MessagingException {
        try {
            return server.getManagers().getImapHostManager().getInbox(user);
        } catch (FolderException e) {
            throw new MessagingException(e.getMessage(), e);
        }
    }

    /** Mails of the mailbox that nobody has marked as read. */
    public long unread() throws MessagingException {
        return inbox().getMessages().stream().filter(mail -> !mail.isSet(Flags.Flag.SEEN)).count();
    }

    /** Mails that were handed in for others. */
    public List<MimeMessage> handedIn() {
        return Stream.of(server.getReceivedMessages()).filter(mail -> !isOfMailbox(mail)).toList();
    }

    private static boolean isOfMailbox(MimeMessage mail) {
        try {
            return List.of(mail.getAllRecipients()).contains(new InternetAddress(USER + "@example.net"));
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop();
    }
}
