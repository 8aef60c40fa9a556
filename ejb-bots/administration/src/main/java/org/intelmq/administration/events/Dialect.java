package org.intelmq.administration.events;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.intelmq.eventdb.DatabaseProduct;

/** What databases spell in different ways. Immutable. */
record Dialect(DatabaseProduct engine) {

    private static final DateTimeFormatter WITH_ZONE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSXXX").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter WITHOUT_ZONE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter AS_TEXT = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssXXX").withZone(ZoneOffset.UTC);

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** A table, perhaps with its schema. */
    static String table(String name) {
        int dot = name.indexOf('.');
        return dot < 0 ? quoted(name) : quoted(name.substring(0, dot)) + '.' + quoted(name.substring(dot + 1));
    }

    /** A time as the columns take it. */
    String time(Instant time) {
        return switch (engine) {
            case MYSQL, MARIADB -> WITHOUT_ZONE.format(time);
            case SQLITE -> AS_TEXT.format(time).replace("Z", "+00:00");
            default -> WITH_ZONE.format(time).replace("Z", "+00:00");
        };
    }

    /** The number of steps of so many seconds since 1970. */
    String steps(String column, long seconds) {
        String name = quoted(column);
        return switch (engine) {
            case H2 -> "CAST(FLOOR(EXTRACT(EPOCH FROM " + name + ") / " + seconds + ") AS BIGINT)";
            // EXTRACT gives a decimal number, with which this takes three times as long
            case POSTGRESQL -> "CAST(FLOOR(DATE_PART('epoch', " + name + ") / " + seconds + ") AS BIGINT)";
            case MYSQL, MARIADB -> "FLOOR(UNIX_TIMESTAMP(" + name + ") / " + seconds + ")";
            case SQLITE -> "CAST(strftime('%s', " + name + ") AS INTEGER) / " + seconds;
            case MSSQL -> "DATEDIFF_BIG(second, '1970-01-01', " + name + ") / " + seconds;
        };
    }

    /** Whether the time limit of a statement ends it; SQLite takes it for how long to wait for a lock. */
    boolean endsSlowQueries() {
        return engine != DatabaseProduct.SQLITE;
    }

    /** What follows ORDER BY for so many rows. */
    String part(int limit, long offset) {
        return switch (engine) {
            case H2, POSTGRESQL, MSSQL -> " OFFSET " + offset + " ROWS FETCH NEXT " + limit + " ROWS ONLY";
            case MYSQL, MARIADB, SQLITE -> " LIMIT " + limit + " OFFSET " + offset;
        };
    }
}
