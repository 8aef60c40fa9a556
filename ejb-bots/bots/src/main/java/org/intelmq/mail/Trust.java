package org.intelmq.mail;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.intelmq.bot.ConfigurationException;

/**
 * Which mail servers are believed to be what they say.
 *
 * @param verified whether certificates are checked, and with them the server's name
 */
public record Trust(SSLSocketFactory sockets, boolean verified) {

    /**
     * @param name        of the parameter that says whether certificates are checked
     * @param verify      its value: true, false, or a file with the authorities to trust
     * @param authorities the file of {@code ssl_ca_certificate}; {@code null} for those that Java trusts
     * @throws ConfigurationException if a file is none of authorities
     */
    public static Trust of(String name, String verify, Path authorities) {
        return switch (verify == null ? "true" : verify.strip().toLowerCase(Locale.ROOT)) {
            case "false", "0", "no", "off" -> new Trust(sockets(new TrustManager[] {new TrustAll()}), false);
            case "true", "1", "yes", "on", "" -> new Trust(sockets(authorities == null ? null : managers("ssl_ca_certificate", authorities)), true);
            default -> new Trust(sockets(managers(name, Path.of(verify))), true);
        };
    }

    private static SSLSocketFactory sockets(TrustManager[] trusted) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trusted, new SecureRandom());
            return context.getSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static TrustManager[] managers(String parameter, Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore authorities = KeyStore.getInstance(KeyStore.getDefaultType());
            authorities.load(null, null);
            int count = 0;
            for (Certificate authority : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                authorities.setCertificateEntry("authority-" + count++, authority);
            }
            if (count == 0) {
                throw new IOException("there is no certificate in the file");
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(authorities);
            return factory.getTrustManagers();
        } catch (IOException | GeneralSecurityException e) {
            throw new ConfigurationException("parameter '" + parameter + "' cannot be \"" + file + "\": expected a file with the certificates of"
                    + " authorities in PEM form (" + e + ')', e);
        }
    }

    /** Being of the extended kind it also keeps the JDK from comparing host names. */
    private static final class TrustAll extends X509ExtendedTrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) { }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) { }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) { }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) { }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) { }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) { }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
