package org.intelmq.eventdb;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Properties;
import org.intelmq.bot.ConfigurationException;

/**
 * Where a database is and who we are to it.
 *
 * @param database name, or for H2 and SQLite the file
 * @param user     what to call oneself there, {@code null} for none
 */
public record DatabaseAddress(Engine engine, String host, int port, String database, String user, String password, String sslmode,
                              Duration connectTimeout) {

    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(5);

    String url() {
        return switch (engine) {
            // each commit reaches the operating system, so that it outlives a kill
            case H2 -> "jdbc:h2:file:" + database + ";DATABASE_TO_UPPER=FALSE;WRITE_DELAY=0;DEFRAG_ALWAYS=FALSE";
            case POSTGRESQL -> "jdbc:postgresql://" + host + ':' + port + '/' + database;
            case SQLITE -> "jdbc:sqlite:" + database;
            case MSSQL -> "jdbc:sqlserver://" + host + ':' + port + ";databaseName=" + database + ";encrypt=" + !"disable".equals(sslmode)
                    + ";trustServerCertificate=" + !sslmode.startsWith("verify");
        };
    }

    private Properties properties(String applicationName) {
        Properties properties = new Properties();
        if (user != null) {
            properties.setProperty("user", user);
        }
        if (password != null) {
            properties.setProperty("password", password);
        }
        if (engine == Engine.POSTGRESQL) {
            properties.setProperty("sslmode", sslmode);
            properties.setProperty("connectTimeout", String.valueOf(connectTimeout.toSeconds()));
            properties.setProperty("socketTimeout", String.valueOf(LONGEST_SILENCE.toSeconds()));
            properties.setProperty("tcpKeepAlive", "true");
            properties.setProperty("ApplicationName", applicationName);
            // the column decides what a text means: inet, json, a time
            properties.setProperty("stringtype", "unspecified");
            properties.setProperty("reWriteBatchedInserts", "true");
        }
        if (engine == Engine.MSSQL) {
            properties.setProperty("loginTimeout", String.valueOf(connectTimeout.toSeconds()));
        }
        return properties;
    }

    /** @throws ConfigurationException if the driver is missing */
    public Connection connect(String applicationName) throws SQLException {
        Driver driver;
        try {
            driver = Class.forName(engine.driver()).asSubclass(Driver.class).getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new ConfigurationException("engine " + engine.name().toLowerCase(Locale.ROOT) + " needs the JDBC driver " + engine.driver()
                    + " on the class path: put its jar into lib/", e);
        }
        return driver.connect(url(), properties(applicationName));
    }

    @Override
    public String toString() {
        return engine == Engine.H2 || engine == Engine.SQLITE ? engine.name().toLowerCase(Locale.ROOT) + " database " + database
                : engine.name().toLowerCase(Locale.ROOT) + " database " + database + " at " + host + ':' + port;
    }
}
