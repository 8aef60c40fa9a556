package org.intelmq.bots.amqp;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.Folder;
import org.intelmq.bot.Form;
import org.intelmq.bot.Param;
import org.intelmq.bot.PortNumber;
import org.intelmq.tls.Tls;

/** The address of an AMQP server and how to log in. */
public record AmqpParams(
        @Param(value = "Host of the server.", byDefault = "127.0.0.1", form = Form.HOST)
        String connectionHost,
        @Param(value = "Port of the server; usually 5671 with use_ssl.", byDefault = "5672")
        int connectionPort,
        @Param(value = "Virtual host at the server.", byDefault = "/", neverEmpty = true, form = Form.LINE)
        String connectionVhost,
        @Param(value = "User name; guest if user name or password is not set.", optional = true, neverEmpty = true)
        String username,
        @Param(value = "Password of the user.", optional = true, secret = true, neverEmpty = true)
        String password,
        @Param(value = "Whether the connection is encrypted; the server's certificate must be valid for connection_host.", byDefault = "false")
        boolean useSsl,
        @Param(value = "File with the authorities to trust, in PEM format; by default those that Java trusts.", optional = true, neverEmpty = true,
                folder = Folder.ROOT)
        Path sslCaCertificate,
        @Param(value = "Time without a heartbeat after which the server is considered gone.", byDefault = "1h", example = "60s")
        Duration connectionHeartbeat,
        @Param(value = "Has no effect: the bot waits for an unreachable server.", byDefault = "3")
        int connectionAttempts) {

    public AmqpParams {
        PortNumber.check("connection_port", connectionPort);
    }

    /** @throws ConfigurationException if a file cannot be used */
    public void check() {
        tls();
    }

    /**
     * Returns {@code null} if the connection is not encrypted.
     *
     * @throws ConfigurationException if the file of authorities cannot be used
     */
    SSLContext tls() {
        if (!useSsl) {
            return null;
        }
        try {
            return Tls.context(null, sslCaCertificate == null ? null : Tls.authorities(sslCaCertificate));
        } catch (IOException e) {
            throw new ConfigurationException("parameter 'ssl_ca_certificate' cannot be \"" + sslCaCertificate + "\": expected a file with the "
                    + "certificates of authorities in PEM format (" + e + ')', e);
        }
    }

    @Override
    public String toString() {
        return "AMQP server " + connectionHost + ':' + connectionPort;
    }
}
