package org.intelmq.mail;

import java.time.Duration;
import java.util.Properties;

/**
 * The server to which mails are submitted.
 *
 * @param timeout for connecting, and for each answer
 */
public record SmtpServer(String host, int port, Encryption encryption, Trust trust, Duration timeout) {

    /** How the connection is secured. */
    public enum Encryption {
        NONE,
        /** Requested after the greeting; a server that does not offer it gets nothing. */
        STARTTLS,
        TLS
    }

    /** Of an answer; most answers are a single line. */
    private static final int MOST_BYTES = 1 << 20;
    private static final String UTF8 = "mail.mime.allowutf8";

    String protocol() {
        return encryption == Encryption.TLS ? "smtps" : "smtp";
    }

    /** @param utf8 whether addresses may contain characters outside ASCII */
    Properties properties(Login login, boolean utf8) {
        Properties properties = new Properties();
        String prefix = "mail." + protocol() + '.';
        String milliseconds = Long.toString(timeout.toMillis());
        properties.put(prefix + "connectiontimeout", milliseconds);
        properties.put(prefix + "timeout", milliseconds);
        properties.put(prefix + "writetimeout", milliseconds);
        properties.put(prefix + "starttls.enable", Boolean.toString(encryption == Encryption.STARTTLS));
        properties.put(prefix + "starttls.required", Boolean.toString(encryption == Encryption.STARTTLS));
        LimitedSockets sockets = new LimitedSockets(timeout, MOST_BYTES);
        properties.put(prefix + "socketFactory", sockets);
        properties.put(prefix + "ssl.socketFactory", sockets.below(trust.sockets()));
        // otherwise the authorities that Java trusts would be accepted too
        properties.put(prefix + "socketFactory.fallback", "false");
        properties.put(prefix + "ssl.checkserveridentity", Boolean.toString(trust.verified()));
        properties.put(prefix + "sendpartial", "true");
        properties.put(prefix + "auth", Boolean.toString(!login.isAnonymous()));
        properties.put(prefix + "auth.mechanisms", login.usesToken() ? "XOAUTH2" : "PLAIN LOGIN");
        properties.put(UTF8, Boolean.toString(utf8));
        return properties;
    }

    @Override
    public String toString() {
        return host + ':' + port;
    }
}
