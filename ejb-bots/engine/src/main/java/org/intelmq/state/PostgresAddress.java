package org.intelmq.state;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.intelmq.bot.CacheParams;
import org.intelmq.bot.UnavailableException;
import org.postgresql.Driver;

/** The PostgreSQL that keeps a bot's state. Thread-safe. */
record PostgresAddress(String bot, CacheParams params) {

    Connection connect() throws SQLException {
        Properties properties = new Properties();
        if (params.cacheUser() != null) {
            properties.setProperty("user", params.cacheUser());
        }
        if (params.cachePassword() != null) {
            properties.setProperty("password", params.cachePassword());
        }
        properties.setProperty("ApplicationName", "intelmq " + bot);
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("socketTimeout", "60");
        properties.setProperty("tcpKeepAlive", "true");
        // a server that is cut off must not hold up the others, nor two chains of bots each other
        properties.setProperty("options", "-c idle_in_transaction_session_timeout=30s -c lock_timeout=30s");
        Connection connection = new Driver().connect(params.cacheDatabase(), properties);
        if (connection == null) {
            throw new SQLException("the address is not understood");
        }
        return connection;
    }

    UnavailableException unavailable(SQLException e) {
        return new UnavailableException("PostgreSQL at " + params.cacheDatabase() + " cannot be used for what the bot remembers: " + e.getMessage(), e);
    }
}
