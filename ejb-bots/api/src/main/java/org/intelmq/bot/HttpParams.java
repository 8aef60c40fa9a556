package org.intelmq.bot;

import java.time.Duration;
import java.util.Map;

/** The HTTP parameters that many bots share. */
public record HttpParams(
        @Param(value = "Request headers, name to value. Keys, such as the Auth-Key issued by abuse.ch at https://auth.abuse.ch/, are masked where "
                + "headers are shown.", byDefault = "", example = "Accept: text/csv", secret = true)
        Map<String, Object> httpHeader,
        @Param(value = "Value of the User-Agent header.", byDefault = "IntelMQ", form = Form.HEADER)
        String httpUserAgent,
        @Param(value = "Whether server certificates are checked, or a file with the authorities to trust.", byDefault = "true", folder = Folder.ROOT)
        String httpVerifyCert,
        @Param(value = "Proxy for http addresses.", optional = true, example = "http://proxy.example:3128")
        String httpProxy,
        @Param(value = "Proxy for https addresses.", optional = true, example = "http://proxy.example:3128")
        String httpsProxy,
        @Param(value = "Number of tries of a request, including the first; 0 counts as 1.", byDefault = "3")
        int httpTimeoutMaxTries,
        @Param(value = "Time limit of one try; a reply that keeps arriving may take twenty times as long, and even "
                + "longer at 1 MB a second or more.", byDefault = "30s")
        Duration httpTimeoutSec,
        @Param(value = "User name for basic authentication.", optional = true)
        String httpUsername,
        @Param(value = "Password for basic authentication.", optional = true, secret = true)
        String httpPassword,
        @Param(value = "File with the client certificate and key, in PEM format.", optional = true, folder = Folder.ROOT, aliases = "ssl_client_cert")
        String sslClientCertificate) {

    public HttpParams {
        RequestHeaders.check("http_header", httpHeader);
        TimeLimit.check("http_timeout_sec", httpTimeoutSec);
    }

    /** The same for a service with its own kind of login. */
    public HttpParams withoutCredentials() {
        return new HttpParams(httpHeader, httpUserAgent, httpVerifyCert, httpProxy, httpsProxy, httpTimeoutMaxTries, httpTimeoutSec, null, null,
                sslClientCertificate);
    }

    /** The same with these credentials for basic authentication. */
    public HttpParams withCredentials(String username, String password) {
        return new HttpParams(httpHeader, httpUserAgent, httpVerifyCert, httpProxy, httpsProxy, httpTimeoutMaxTries, httpTimeoutSec, username, password,
                sslClientCertificate);
    }

    /** The same with another {@code http_verify_cert}. */
    public HttpParams verifying(String verifyCert) {
        return new HttpParams(httpHeader, httpUserAgent, verifyCert, httpProxy, httpsProxy, httpTimeoutMaxTries, httpTimeoutSec, httpUsername, httpPassword,
                sslClientCertificate);
    }
}
