package org.intelmq.mail;

import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.intelmq.bot.UnavailableException;

/** A connection to an SMTP server, opened when needed and kept for the next mail. Not thread-safe. */
public final class MailSender implements AutoCloseable {

    private static final Pattern REPLY = Pattern.compile("^([245])\\d\\d[ -]");
    private static final long IDLE_NANOS = 5_000_000_000L;

    private final SmtpServer server;
    private final Login login;
    private final Logger log;
    private Session session;
    private Transport transport;
    private boolean utf8;
    private long lastUsed;

    public MailSender(SmtpServer server, Login login, Logger log) {
        this.server = server;
        this.login = login;
        this.log = log;
    }

    /**
     * Submits the mail. Recipients that the server refuses are named in the log, if it accepts the mail for others.
     *
     * @throws UnavailableException if the server cannot be reached, or refuses the login
     * @throws IOException if it refuses the mail
     */
    public void send(OutgoingMail mail) throws IOException, InterruptedException {
        connect(mail);
        try {
            MimeMessage message = new MimeMessage(session, new ByteArrayInputStream(mail.content()));
            transport.sendMessage(message, mail.recipients().toArray(Address[]::new));
            lastUsed = System.nanoTime();
        } catch (SendFailedException e) {
            if (e.getValidSentAddresses() == null || e.getValidSentAddresses().length == 0) {
                throw refused(mail, e);
            }
            lastUsed = System.nanoTime();
            log.warning("Mail server " + server + " refused " + refusedOnes(e) + " (" + reasons(e) + "); the mail " + mail.id() + " went to "
                    + Arrays.toString(e.getValidSentAddresses()) + " alone.");
        } catch (MessagingException e) {
            throw refused(mail, e);
        }
    }

    private IOException refused(OutgoingMail mail, MessagingException e) {
        close();
        if (isConnection(e)) {
            throw new UnavailableException("The connection to mail server " + server + " broke while mail " + mail.id() + " was sent to "
                    + mail.addressees() + ": " + reasons(e), e);
        }
        return new IOException("mail server " + server + " refused the mail to " + mail.addressees() + ": " + reasons(e), e);
    }

    /** The first step of {@link #send}; nothing of the mail has left yet. */
    void connect(OutgoingMail mail) throws IOException, InterruptedException {
        boolean withUtf8 = mail.needsUtf8();
        boolean usable = transport != null && utf8 == withUtf8 && (System.nanoTime() - lastUsed < IDLE_NANOS || transport.isConnected());
        if (usable) {
            return;
        }
        close();
        String secret = login.secret();
        utf8 = withUtf8;
        try {
            Properties properties = server.properties(login, withUtf8);
            session = Session.getInstance(properties);
            transport = session.getTransport(server.protocol());
            transport.connect(server.host(), server.port(), login.isAnonymous() ? null : login.user(), login.isAnonymous() ? null : secret);
            lastUsed = System.nanoTime();
        } catch (AuthenticationFailedException e) {
            close();
            login.forgetToken();
            throw new UnavailableException("Mail server " + server + " does not let user '" + login.user() + "' log in: " + reasons(e), e);
        } catch (MessagingException e) {
            close();
            throw new UnavailableException("Mail server " + server + " cannot be reached: " + reasons(e), e);
        }
        if (!login.isAnonymous() && !offers("AUTH") && !offers("AUTH=LOGIN")) {
            close();
            throw new UnavailableException("Mail server " + server + " offers no login, but a user is configured"
                    + (server.encryption() == SmtpServer.Encryption.NONE ? "; it may offer one only over STARTTLS" : ""));
        }
        if (withUtf8 && !offers("SMTPUTF8")) {
            close();
            throw new IOException("mail server " + server + " accepts only addresses in ASCII characters");
        }
    }

    /** Only the implementation of the mail API knows this; the API leaves it out. */
    private boolean offers(String extension) {
        try {
            return (boolean) transport.getClass().getMethod("supportsExtension", String.class).invoke(transport, extension);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether the connection failed, or the server accepts no mail at all now, so that this mail is not the cause. */
    private static boolean isConnection(MessagingException e) {
        return chain(e).anyMatch(each -> each instanceof IOException) || e.getClass() == MessagingException.class && !REPLY.matcher(message(e)).find()
                || message(e).startsWith("421");
    }

    private static String message(Throwable e) {
        return e.getMessage() == null ? "" : e.getMessage();
    }

    private static String refusedOnes(SendFailedException e) {
        return Stream.of(e.getInvalidAddresses(), e.getValidUnsentAddresses()).filter(some -> some != null).flatMap(Arrays::stream)
                .map(Address::toString).collect(Collectors.joining(", "));
    }

    /** All reasons, with line ends removed from the server's replies. */
    private static String reasons(Exception e) {
        List<String> said = chain(e).map(each -> each.getMessage() == null ? each.getClass().getSimpleName() : each.getMessage().strip()).distinct().toList();
        List<String> replies = said.stream().filter(text -> {
            Matcher reply = REPLY.matcher(text);
            return reply.find();
        }).toList();
        List<String> told = replies.isEmpty() ? said : replies;
        return told.stream().filter(text -> told.stream().noneMatch(other -> other.length() > text.length() && other.contains(text)))
                .collect(Collectors.joining("; ")).replaceAll("\\s*[\\r\\n]+\\s*", " ");
    }

    /** The mail API has two ways to give the cause of an exception. */
    private static Stream<Throwable> chain(Throwable e) {
        return Stream.iterate(e, each -> each != null,
                each -> each instanceof MessagingException mail && mail.getNextException() != null ? mail.getNextException() : each.getCause()).limit(20);
    }

    @Override
    public void close() {
        if (transport != null) {
            try {
                transport.close();
            } catch (MessagingException e) {
                log.fine("The connection to mail server " + server + " was closed unexpectedly: " + e.getMessage());
            }
            transport = null;
        }
    }
}
