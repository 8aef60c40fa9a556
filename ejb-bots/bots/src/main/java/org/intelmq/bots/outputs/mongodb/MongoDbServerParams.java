package org.intelmq.bots.outputs.mongodb;

import java.io.IOException;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.Folder;
import org.intelmq.bot.Form;
import org.intelmq.bot.Param;
import org.intelmq.bot.PortNumber;
import org.intelmq.tls.Tls;

/** The address of MongoDB, and which collection to write to. */
public record MongoDbServerParams(
        @Param(value = "Host of the server, or an address mongodb://… with options such as replicaSet and tls.", byDefault = "localhost")
        String host,
        @Param(value = "Port of the server; ignored if host is an address with mongodb://.", byDefault = "27017")
        int port,
        @Param(value = "Database to write to.", example = "intelmq", form = Form.LINE)
        String database,
        @Param(value = "Collection to write to.", example = "events", form = Form.LINE)
        String collection,
        @Param(value = "User name; without user name and password, the bot does not log in.", optional = true, neverEmpty = true, aliases = "username")
        String dbUser,
        @Param(value = "Password of the user.", optional = true, secret = true, neverEmpty = true, aliases = "password")
        String dbPass,
        @Param(value = "File with the authorities to trust, in PEM format, if the address says tls=true; by default those that Java trusts.",
                optional = true, neverEmpty = true, folder = Folder.ROOT)
        Path sslCaCertificate) {

    public MongoDbServerParams {
        PortNumber.check("port", port);
        if (!isAddress(host)) {
            Form.HOST.check("host", host);
        }
        if (database.isBlank() || database.chars().anyMatch(c -> "/\\. \"$\0".indexOf(c) >= 0)) {
            throw new IllegalArgumentException("parameter 'database' cannot be \"" + database + "\": expected a name without blanks and /\\.\"$");
        }
        if (collection.isBlank() || collection.startsWith(".") || collection.endsWith(".") || collection.indexOf('$') >= 0) {
            throw new IllegalArgumentException("parameter 'collection' cannot be \"" + collection
                    + "\": expected a name that begins and ends with no dot and has no $");
        }
    }

    boolean isAddress() {
        return isAddress(host);
    }

    private static boolean isAddress(String host) {
        return host.startsWith("mongodb://") || host.startsWith("mongodb+srv://");
    }

    boolean logsIn() {
        return dbUser != null && dbPass != null;
    }

    /**
     * Whom to trust.
     *
     * @throws ConfigurationException if the file of authorities cannot be used
     */
    SSLContext trust() {
        try {
            return Tls.context(null, sslCaCertificate == null ? null : Tls.authorities(sslCaCertificate));
        } catch (IOException e) {
            throw new ConfigurationException("parameter 'ssl_ca_certificate' cannot be \"" + sslCaCertificate + "\": expected a file with the "
                    + "certificates of authorities in PEM format (" + e + ')', e);
        }
    }

    /** Without user and password, which an address may contain. */
    @Override
    public String toString() {
        return "MongoDB at " + (isAddress() ? host.replaceFirst("//[^@/]*@", "//") : host + ':' + port);
    }
}
