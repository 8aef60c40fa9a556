package org.intelmq.bots.outputs.elasticsearch;

import java.time.Duration;
import java.util.Map;
import org.intelmq.bot.Folder;
import org.intelmq.bot.Form;
import org.intelmq.bot.HttpParams;
import org.intelmq.bot.Param;

/** The address of Elasticsearch and how to log in. As in IntelMQ, the proxies for feeds are not used. */
record ElasticsearchServerParams(
        @Param(value = "Host of the server.", byDefault = "127.0.0.1", form = Form.HOST)
        String elasticHost,
        @Param(value = "Port of the server.", byDefault = "9200")
        int elasticPort,
        @Param(value = "User name.", optional = true, neverEmpty = true)
        String httpUsername,
        @Param(value = "Password of the user.", optional = true, secret = true, neverEmpty = true)
        String httpPassword,
        @Param(value = "API key in its encoded form, instead of user and password.", optional = true, secret = true, neverEmpty = true,
                form = Form.KEY)
        String elasticApiKey,
        @Param(value = "Whether to use https.", byDefault = "false")
        boolean useSsl,
        @Param(value = "Whether the server's certificate is checked, or a file with the authorities to trust. Not set: only if ssl_ca_certificate is.",
                optional = true, neverEmpty = true, folder = Folder.ROOT)
        String httpVerifyCert,
        @Param(value = "File with the authorities to trust.", optional = true, neverEmpty = true, folder = Folder.ROOT)
        String sslCaCertificate,
        @Param(value = "Whether to log a warning at the start if the certificate is not checked.", byDefault = "true")
        boolean sslShowWarnings,
        @Param(value = "File with the client certificate and key, in PEM format.", optional = true, neverEmpty = true, folder = Folder.ROOT)
        String sslClientCertificate,
        @Param(value = "Time limit of a request.", byDefault = "30s")
        Duration httpTimeoutSec) {

    ElasticsearchServerParams {
        if (elasticApiKey != null && httpUsername != null) {
            throw new IllegalArgumentException("parameters 'elastic_api_key' and 'http_username' are both set: expected one of them");
        }
    }

    String address() {
        return (useSsl ? "https://" : "http://") + elasticHost + ':' + elasticPort + '/';
    }

    HttpParams http() {
        return new HttpParams(Map.of(), "IntelMQ", verification(), null, null, 1, httpTimeoutSec, httpUsername, httpPassword, sslClientCertificate);
    }

    boolean isUnchecked() {
        return useSsl && "false".equals(verification());
    }

    private String verification() {
        boolean isChecked = httpVerifyCert == null ? sslCaCertificate != null : "true".equalsIgnoreCase(httpVerifyCert);
        if (isChecked) {
            return sslCaCertificate == null ? "true" : sslCaCertificate;
        }
        return httpVerifyCert == null ? "false" : httpVerifyCert;
    }
}
