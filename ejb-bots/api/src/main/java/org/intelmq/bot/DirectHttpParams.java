package org.intelmq.bot;

import java.time.Duration;
import java.util.Map;

/** How to reach a server of the operator's own: without the proxies for feeds, as in IntelMQ's outputs. */
public record DirectHttpParams(
        @Param(value = "Whether the server's certificate is checked, or a file with the authorities to trust.", byDefault = "true", folder = Folder.ROOT,
                aliases = "verify_cert")
        String httpVerifyCert,
        @Param(value = "File with the client certificate and key, in PEM format.", optional = true, neverEmpty = true, folder = Folder.ROOT)
        String sslClientCertificate,
        @Param(value = "Time limit of a request.", byDefault = "30s")
        Duration httpTimeoutSec) {

    public DirectHttpParams {
        TimeLimit.check("http_timeout_sec", httpTimeoutSec);
    }

    /** For {@link BotContext#http}: a request is attempted only once, because the bot knows which requests may be repeated. */
    public HttpParams http() {
        return http(null, null);
    }

    /** With basic authentication, unless the user is {@code null}. */
    public HttpParams http(String user, String password) {
        return new HttpParams(Map.of(), "IntelMQ", httpVerifyCert, null, null, 1, httpTimeoutSec, user, password, sslClientCertificate);
    }
}
