package org.intelmq.stream;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.Param;
import org.intelmq.bot.UnavailableException;
import org.intelmq.tls.Tls;

/** A server that a bot opens: where it listens, how much it takes, and from whom. */
public record ServerParams(
        @Param(value = "Address to listen on; 0.0.0.0 for all addresses of this machine.", byDefault = "127.0.0.1")
        String ip,
        @Param(value = "Maximum size of a message, in bytes.", byDefault = "16777216")
        int maxSize,
        @Param(value = "Maximum number of simultaneous connections.", byDefault = "100")
        int maxConnections,
        @Param(value = "Maximum number of messages per second; 0 for no limit.", byDefault = "0")
        int maxRate,
        @Param(value = "File with the server's certificate, in PEM format; if set, connections are encrypted.", optional = true)
        Path tlsCertificate,
        @Param(value = "File with the certificate's key, without passphrase; by default the file of the certificate.", optional = true)
        Path tlsKey,
        @Param(value = "File with the authorities of clients' certificates: only clients with a certificate from one of them are accepted.", optional = true)
        Path tlsClientAuthorities) {

    public ServerParams {
        positive("max_size", maxSize, 1);
        positive("max_connections", maxConnections, 1);
        positive("max_rate", maxRate, 0);
    }

    /** For a server that cannot be opened: no other program may listen there, and the address must be one of this machine. */
    public static UnavailableException unopened(String place, Exception failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String reason = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        return new UnavailableException("cannot listen on " + place + ": " + reason
                + (reason.startsWith("Address already in use") ? ", by another program or bot" : ""), failure);
    }

    private static void positive(String parameter, int value, int least) {
        if (value < least) {
            throw new ConfigurationException("parameter '" + parameter + "' cannot be \"" + value + "\": expected at least " + least);
        }
    }

    /** @throws ConfigurationException if there is no such address */
    public InetAddress address() {
        try {
            return InetAddress.getByName(ip);
        } catch (UnknownHostException e) {
            // not as the cause: there is no other system to wait for
            throw new ConfigurationException("parameter 'ip' cannot be \"" + ip + "\": expected an address of this machine such as 127.0.0.1, or 0.0.0.0 "
                    + "for all");
        }
    }

    /**
     * Returns {@code null} if connections are not encrypted.
     *
     * @throws ConfigurationException if a file cannot be used
     */
    public SSLContext tls() {
        if (tlsCertificate == null) {
            if (tlsKey != null || tlsClientAuthorities != null) {
                throw new ConfigurationException("parameter 'tls_certificate' is not set: expected a file with the server's certificate, as "
                        + (tlsKey != null ? "tls_key" : "tls_client_authorities") + " is set");
            }
            return null;
        }
        Path key = tlsKey == null ? tlsCertificate : tlsKey;
        try {
            return Tls.context(Tls.keys(tlsCertificate, key), tlsClientAuthorities == null ? null : Tls.authorities(tlsClientAuthorities));
        } catch (IOException e) {
            throw new ConfigurationException("parameter 'tls_certificate' cannot be \"" + tlsCertificate + '"' + with("tls_key", tlsKey)
                    + with("tls_client_authorities", tlsClientAuthorities) + ": expected files in PEM format (" + e + ')', e);
        }
    }

    private static String with(String parameter, Path value) {
        return value == null ? "" : ", " + parameter + " \"" + value + '"';
    }

    /** Whether clients have to authenticate with a certificate. */
    public boolean wantsCertificates() {
        return tlsClientAuthorities != null;
    }
}
