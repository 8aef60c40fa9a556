package org.intelmq.mail;

import java.nio.file.Path;
import java.time.Duration;
import org.intelmq.bot.Folder;
import org.intelmq.bot.Param;
import org.intelmq.bot.TimeLimit;

/** Parameters that all connections to mail servers share. */
public record ConnectionParams(
        @Param(value = "File with the certificates of the authorities to trust, in PEM format; by default those that Java trusts.", optional = true,
                folder = Folder.ROOT)
        Path sslCaCertificate,
        @Param(value = "Time limit for connecting to the mail server, and for each of its answers.", byDefault = "60s")
        Duration mailTimeout) {

    public ConnectionParams {
        TimeLimit.check("mail_timeout", mailTimeout);
    }
}
