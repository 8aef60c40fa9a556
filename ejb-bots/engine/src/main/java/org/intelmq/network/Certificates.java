package org.intelmq.network;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.HttpParams;
import org.intelmq.tls.Tls;

/** Which servers are trusted, and how this client identifies itself, from PEM files. */
final class Certificates {

    private Certificates() { }

    static SSLContext context(HttpParams params) {
        return Tls.context(keys(params.sslClientCertificate()), trust(params.httpVerifyCert()));
    }

    private static TrustManager[] trust(String verify) {
        String choice = verify == null ? "true" : verify.strip();
        switch (choice.toLowerCase(Locale.ROOT)) {
            case "true", "1", "yes", "on", "" -> {
                return null;
            }
            case "false", "0", "no", "off" -> {
                return Tls.anybody();
            }
            default -> { }
        }
        try {
            return Tls.authorities(Path.of(choice));
        } catch (IOException | IllegalArgumentException e) {
            throw unusable("http_verify_cert", choice, "true, false or a file of authorities in PEM format", e);
        }
    }

    private static KeyManager[] keys(String file) {
        if (file == null || file.isBlank()) {
            return null;
        }
        try {
            return Tls.keys(Path.of(file), Path.of(file));
        } catch (IOException | IllegalArgumentException e) {
            throw unusable("ssl_client_certificate", file, "a file with certificate and key in PEM format", e);
        }
    }

    private static ConfigurationException unusable(String parameter, String value, String expected, Exception reason) {
        return new ConfigurationException("parameter '" + parameter + "' cannot be \"" + value + "\": expected " + expected + " ("
                + reason.getMessage() + ')', reason);
    }
}
