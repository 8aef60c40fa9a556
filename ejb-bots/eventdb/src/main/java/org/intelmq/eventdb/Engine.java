package org.intelmq.eventdb;

/** The databases that can hold events. The drivers of the first two come with the application. */
public enum Engine {
    H2("org.h2.Driver", "H2Platform"),
    POSTGRESQL("org.postgresql.Driver", "PostgreSQLPlatform"),
    SQLITE("org.sqlite.JDBC", "DatabasePlatform"),
    MSSQL("com.microsoft.sqlserver.jdbc.SQLServerDriver", "SQLServerPlatform");

    private final String driver;
    private final String platform;

    Engine(String driver, String platform) {
        this.driver = driver;
        this.platform = "org.eclipse.persistence.platform.database." + platform;
    }

    String driver() {
        return driver;
    }

    /** EclipseLink's class for the dialect. */
    String platform() {
        return platform;
    }
}
