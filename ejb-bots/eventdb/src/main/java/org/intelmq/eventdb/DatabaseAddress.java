package org.intelmq.eventdb;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.intelmq.bot.ConfigurationException;

/**
 * Where a database is and who we are to it.
 *
 * @param database name, or for H2 and SQLite the file
 * @param user     what to call oneself there, {@code null} for none
 */
public record DatabaseAddress(DatabaseProduct engine, String host, int port, String database, String user, String password, String sslmode,
                              Duration connectTimeout) {

    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(5);

    String url() {
        return switch (engine) {
            // each commit reaches the operating system, so that it outlives a kill
            case H2 -> "jdbc:h2:file:" + database + ";DATABASE_TO_UPPER=FALSE;WRITE_DELAY=0;DEFRAG_ALWAYS=FALSE";
            case POSTGRESQL -> "jdbc:postgresql://" + host + ':' + port + '/' + database;
            case MYSQL, MARIADB -> "jdbc:mariadb://" + host + ':' + port + '/' + database;
            case SQLITE -> "jdbc:sqlite:" + database;
            case MSSQL -> "jdbc:sqlserver://" + host + ':' + port + ";databaseName=" + database + ";encrypt=" + !"disable".equals(sslmode)
                    + ";trustServerCertificate=" + !sslmode.startsWith("verify");
        };
    }

    private Properties properties(String applicationName) {
        Properties properties = new Properties();
        if (user != null && engine != DatabaseProduct.SQLITE) {
            properties.setProperty("user", user);
        }
        if (password != null && engine != DatabaseProduct.SQLITE) {
            properties.setProperty("password", password);
        }
        switch (engine) {
            case H2 -> { }
            case POSTGRESQL -> {
                properties.setProperty("sslmode", sslmode);
                properties.setProperty("connectTimeout", String.valueOf(connectTimeout.toSeconds()));
                properties.setProperty("socketTimeout", String.valueOf(LONGEST_SILENCE.toSeconds()));
                properties.setProperty("tcpKeepAlive", "true");
                properties.setProperty("ApplicationName", applicationName);
                // the column decides what a text means: inet, json, a time
                properties.setProperty("stringtype", "unspecified");
                properties.setProperty("reWriteBatchedInserts", "true");
            }
            case MYSQL, MARIADB -> {
                properties.setProperty("connectTimeout", String.valueOf(connectTimeout.toMillis()));
                properties.setProperty("socketTimeout", String.valueOf(LONGEST_SILENCE.toMillis()));
                properties.setProperty("tcpKeepAlive", "true");
                properties.setProperty("connectionAttributes", "program_name:" + applicationName);
            }
            case SQLITE -> {
                properties.setProperty("busy_timeout", String.valueOf(connectTimeout.toMillis()));
                // a file that is not there is an error, not an empty database
                properties.setProperty("open_mode", "2");
            }
            case MSSQL -> {
                properties.setProperty("loginTimeout", String.valueOf(connectTimeout.toSeconds()));
                properties.setProperty("socketTimeout", String.valueOf(LONGEST_SILENCE.toMillis()));
                properties.setProperty("applicationName", applicationName);
            }
        }
        return properties;
    }

    /** @throws ConfigurationException if the driver is missing */
    public Connection connect(String applicationName) throws SQLException {
        Driver driver;
        try {
            driver = Class.forName(engine.driver()).asSubclass(Driver.class).getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new ConfigurationException("engine " + name() + " needs the JDBC driver " + engine.driver() + " on the class path: put its jar into lib/", e);
        }
        Properties properties = properties(applicationName);
        if (!engine.isMysql()) {
            return driver.connect(url(), properties);
        }
        Connection connection = connectToMysql(driver, properties);
        try (Statement session = connection.createStatement()) {
            // names as in other databases, times as the events have them
            session.execute("SET SESSION sql_mode = CONCAT(@@SESSION.sql_mode, ',ANSI_QUOTES'), time_zone = '+00:00'");
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** The driver knows no way that encrypts if it can: what is only preferred is tried first. */
    private Connection connectToMysql(Driver driver, Properties properties) throws SQLException {
        List<String> ways = switch (sslmode) {
            case "disable" -> List.of("disable");
            case "allow" -> List.of("disable", "trust");
            case "prefer" -> List.of("trust", "disable");
            case "require" -> List.of("trust");
            default -> List.of(sslmode);
        };
        SQLException failure = null;
        for (String way : ways) {
            properties.setProperty("sslMode", way);
            try {
                return driver.connect(url(), properties);
            } catch (SQLException e) {
                failure = failure == null ? e : failure;
            }
        }
        throw failure;
    }

    private String name() {
        return engine.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return name() + " database " + database + (engine.isFile() ? "" : " at " + host + ':' + port);
    }
}
