package org.intelmq.mail;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.tls.Tls;

/**
 * Which mail servers are trusted.
 *
 * @param verified whether certificates, and with them the server's name, are checked
 */
public record Trust(SSLSocketFactory sockets, boolean verified) {

    /**
     * @param name of the parameter that says whether certificates are checked
     * @param verify its value: true, false, or a file with the authorities to trust
     * @param authorities the file of {@code ssl_ca_certificate}; {@code null} for those that Java trusts
     * @throws ConfigurationException if a file contains no authorities
     */
    public static Trust of(String name, String verify, Path authorities) {
        return switch (verify == null ? "true" : verify.strip().toLowerCase(Locale.ROOT)) {
            case "false", "0", "no", "off" -> new Trust(Tls.context(null, Tls.anybody()).getSocketFactory(), false);
            case "true", "1", "yes", "on", "" -> new Trust(sockets("ssl_ca_certificate", authorities), true);
            default -> new Trust(sockets(name, Path.of(verify)), true);
        };
    }

    private static SSLSocketFactory sockets(String parameter, Path authorities) {
        try {
            TrustManager[] trusted = authorities == null ? null : Tls.authorities(authorities);
            return Tls.context(null, trusted).getSocketFactory();
        } catch (IOException e) {
            throw new ConfigurationException("parameter '" + parameter + "' cannot be \"" + authorities + "\": expected a file with the certificates "
                    + "of authorities in PEM format (" + e + ')', e);
        }
    }
}
