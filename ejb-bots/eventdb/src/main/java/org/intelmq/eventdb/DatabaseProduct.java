package org.intelmq.eventdb;

import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.intelmq.bot.Form;

/** The databases that can hold events. A driver is loaded when a bot uses it. */
public enum DatabaseProduct {
    H2("org.h2.Driver", "H2Platform", 0, Set.of()),
    POSTGRESQL("org.postgresql.Driver", "PostgreSQLPlatform", 5432, Set.of()),
    MYSQL("org.mariadb.jdbc.Driver", "MySQLPlatform", 3306, Numbers.OF_MYSQL),
    MARIADB("org.mariadb.jdbc.Driver", "MySQLPlatform", 3306, Numbers.OF_MYSQL),
    SQLITE("org.sqlite.JDBC", "DatabasePlatform", 0, Numbers.OF_SQLITE),
    MSSQL("com.microsoft.sqlserver.jdbc.SQLServerDriver", "SQLServerPlatform", 1433, Numbers.OF_MSSQL);

    /** Errors that any other event would meet as well, or that a second try overcomes, by the database's own numbers. */
    private static final class Numbers {

        /** Disk or table full, out of resources, not let in, not allowed, shut down, no such table or column, lock, read only. */
        private static final Set<Integer> OF_MYSQL = Set.of(1021, 1030, 1037, 1040, 1041, 1044, 1045, 1053, 1054, 1114, 1142, 1143, 1146, 1203, 1205, 1213,
                1226, 1290, 1792, 1836, 3024);
        /** Busy, locked, read only, disk trouble, full, not to be opened, changed. */
        private static final Set<Integer> OF_SQLITE = Set.of(5, 6, 8, 10, 13, 14, 17, 26);
        /** No such column or object, not allowed, full, deadlock, read only, log full, not to be opened. */
        private static final Set<Integer> OF_MSSQL = Set.of(207, 208, 229, 230, 1105, 1205, 3906, 3908, 4060, 9001, 9002, 18456, 40613);
        private static final int PRIMARY_OF_SQLITE = 0xff;
    }

    /**
     * Connection lost (08), shut down (57), out of resources (53), disk trouble (58), deadlock (40); may only be read (25006), not
     * allowed (42501), table gone (42P01), column gone (42703).
     */
    private static final Pattern AWAY = Pattern.compile("(08|57|53|58|40).*|25006|42501|42P01|42703");

    private static final List<String> SSLMODES = List.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");

    private final String driver;
    private final String platform;
    private final int defaultPort;
    private final Set<Integer> awayNumbers;

    DatabaseProduct(String driver, String platform, int defaultPort, Set<Integer> awayNumbers) {
        this.driver = driver;
        this.platform = "org.eclipse.persistence.platform.database." + platform;
        this.defaultPort = defaultPort;
        this.awayNumbers = awayNumbers;
    }

    /** Whether the database is a file, and not a server. */
    public boolean isFile() {
        return this == H2 || this == SQLITE;
    }

    /** Where its servers listen usually. */
    public int defaultPort() {
        return defaultPort;
    }

    /** How connections are encrypted if nothing is said: MySQL's servers often cannot. */
    private String defaultSslmode() {
        return isMysql() ? "prefer" : "require";
    }

    /** The one that applies where this was configured. @throws IllegalArgumentException if there is none */
    public String sslmode(String configured) {
        if (configured == null) {
            return defaultSslmode();
        }
        if (!isFile() && !SSLMODES.contains(configured)) {
            throw new IllegalArgumentException("parameter 'sslmode' cannot be \"" + configured + "\": expected one of "
                    + String.join(", ", SSLMODES));
        }
        return configured;
    }

    /** @throws IllegalArgumentException if no server can have this name */
    public void checkHost(String host) {
        if (!isFile()) {
            Form.HOST.check("host", host);
        }
    }

    boolean isMysql() {
        return this == MYSQL || this == MARIADB;
    }

    String driver() {
        return driver;
    }

    /** EclipseLink's class for the dialect. */
    String platform() {
        return platform;
    }

    /** Whether no event is to blame: any other would fail as well, or a second attempt succeeds. */
    boolean isAway(SQLException reason) {
        int number = this == SQLITE ? reason.getErrorCode() & Numbers.PRIMARY_OF_SQLITE : reason.getErrorCode();
        return awayNumbers.contains(number) || reason.getSQLState() != null && AWAY.matcher(reason.getSQLState()).matches();
    }
}
