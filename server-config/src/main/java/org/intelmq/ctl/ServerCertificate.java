package org.intelmq.ctl;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Knows the server by the certificate that it has written into {@code var/run/server.json}, and by nothing else: neither an authority
 * nor a name is asked, so that a certificate for the outside does on this machine too.
 */
final class ServerCertificate {

    private ServerCertificate() { }

    /** @param pem {@code null} if the server has written none, and is known as any other then */
    static void pin(HttpsURLConnection connection, String pem) {
        if (pem == null) {
            return;
        }
        try {
            X509Certificate expected = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Only(expected)}, null);
            connection.setSSLSocketFactory(context.getSocketFactory());
            connection.setHostnameVerifier((name, session) -> true);
        } catch (GeneralSecurityException e) {
            throw new NoServerException("The certificate in var/run/server.json cannot be used: " + e + ". Restart the server.", e);
        }
    }

    private record Only(X509Certificate expected) implements X509TrustManager {

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind) throws CertificateException {
            if (!MessageDigest.isEqual(chain[0].getEncoded(), expected.getEncoded())) {
                throw new CertificateException("this is not the certificate in var/run/server.json");
            }
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind) throws CertificateException {
            throw new CertificateException("no client is expected here");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
