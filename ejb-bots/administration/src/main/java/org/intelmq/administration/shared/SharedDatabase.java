package org.intelmq.administration.shared;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.intelmq.parameters.SecretFiles;
import org.intelmq.yaml.ConfigurationFileException;
import org.postgresql.Driver;

/**
 * Where the servers keep the configuration that they share. Immutable.
 *
 * @param address as JDBC writes it
 * @param user {@code null} for the one that the address or the system names
 * @param password {@code null} if none is needed
 */
public record SharedDatabase(String address, String user, String password) {

    private static final String VARIABLE = "INTELMQ_CONFIGURATION_DATABASE";
    private static final String USER = "INTELMQ_CONFIGURATION_USER";
    private static final String PASSWORD = "INTELMQ_CONFIGURATION_PASSWORD";
    private static final String FORM = "jdbc:postgresql:";

    /**
     * As the environment says; {@code null} if this server has a configuration of its own.
     *
     * @param root where relative paths begin
     * @throws ConfigurationFileException if that cannot be
     */
    public static SharedDatabase of(Map<String, String> environment, Path root) {
        String address = environment.getOrDefault(VARIABLE, "").strip();
        if (address.isEmpty()) {
            return null;
        }
        if (!address.startsWith(FORM)) {
            throw new ConfigurationFileException("environment variable " + VARIABLE + " cannot be \"" + address
                    + "\": expected an address such as jdbc:postgresql://db.example/intelmq", null);
        }
        if (address.toLowerCase(Locale.ROOT).contains("password=")) {
            throw new ConfigurationFileException("environment variable " + VARIABLE
                    + " cannot contain a password, which everybody could read: put it into " + PASSWORD + " or " + PASSWORD + "_FILE", null);
        }
        return new SharedDatabase(address, environment.get(USER), password(environment, root));
    }

    private static String password(Map<String, String> environment, Path root) {
        String file = environment.get(PASSWORD + "_FILE");
        String given = file == null ? environment.get(PASSWORD) : "${file:" + file + "}";
        try {
            return given == null ? null : SecretFiles.read(given, root, environment);
        } catch (IOException e) {
            throw new ConfigurationFileException("environment variable " + PASSWORD + (file == null ? "" : "_FILE") + ": " + e.getMessage(), e);
        }
    }

    /** @param who shown in the database's list of connections */
    Connection connect(String who) throws SQLException {
        Properties properties = new Properties();
        if (user != null) {
            properties.setProperty("user", user);
        }
        if (password != null) {
            properties.setProperty("password", password);
        }
        properties.setProperty("ApplicationName", "intelmq configuration " + who);
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("socketTimeout", "15");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("options", "-c lock_timeout=8s");
        Connection connection = new Driver().connect(address, properties);
        if (connection == null) {
            throw new SQLException("the address is not understood");
        }
        return connection;
    }

    /** Without the password. */
    @Override
    public String toString() {
        return address;
    }
}
