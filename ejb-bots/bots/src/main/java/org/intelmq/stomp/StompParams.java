package org.intelmq.stomp;

import java.io.IOException;
import java.nio.file.Path;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.Folder;
import org.intelmq.bot.Form;
import org.intelmq.bot.Param;
import org.intelmq.tls.Tls;

/** How to reach a STOMP server. */
public record StompParams(
        @Param(value = "Host of the server.", byDefault = "n6stream.cert.pl", form = Form.HOST)
        String server,
        @Param(value = "Port of the server.", byDefault = "61614")
        int port,
        @Param(value = "Interval in milliseconds at which each side sends a heartbeat; 0 for never.", byDefault = "6000")
        int heartbeat,
        @Param(value = "Whether the connection is encrypted.", byDefault = "true")
        boolean useSsl,
        @Param(value = "File with the authorities to trust; if empty, those that Java trusts.", byDefault = "ca.pem", optional = true, folder = Folder.ROOT)
        String sslCaCertificate,
        @Param(value = "Whether a client certificate takes the place of user and password.", byDefault = "true")
        boolean authBySslClientCertificate,
        @Param(value = "File with the client certificate.", byDefault = "client.pem", folder = Folder.ROOT)
        String sslClientCertificate,
        @Param(value = "File with the client certificate's key.", byDefault = "client.key", folder = Folder.ROOT)
        String sslClientCertificateKey,
        @Param(value = "User name.", byDefault = "guest")
        String username,
        @Param(value = "Password.", byDefault = "guest", secret = true)
        String password) {

    /** @throws ConfigurationException if one of the files cannot be used */
    public void check() {
        tls();
    }

    /**
     * Returns {@code null} if the connection is not encrypted.
     *
     * @throws ConfigurationException if a file cannot be used
     */
    SSLContext tls() {
        if (!useSsl) {
            return null;
        }
        boolean javaKnows = sslCaCertificate == null || sslCaCertificate.isBlank();
        TrustManager[] trusted = javaKnows ? null : using("ssl_ca_certificate", sslCaCertificate,
                "a file with authorities in PEM format, or nothing to trust those that Java trusts", Tls::authorities);
        KeyManager[] keys = !authBySslClientCertificate ? null : using("ssl_client_certificate", sslClientCertificate,
                "a file with a certificate in PEM format, and its key without passphrase in that of ssl_client_certificate_key",
                file -> Tls.keys(file, Path.of(sslClientCertificateKey)));
        return Tls.context(keys, trusted);
    }

    private interface Reading<T> {

        T read(Path file) throws IOException;
    }

    private static <T> T using(String parameter, String value, String expected, Reading<T> reading) {
        try {
            return reading.read(Path.of(value));
        } catch (IOException | IllegalArgumentException e) {
            throw new ConfigurationException("parameter '" + parameter + "' cannot be \"" + value + "\": expected " + expected + " (" + e + ')', e);
        }
    }

    @Override
    public String toString() {
        return server + ':' + port;
    }
}
