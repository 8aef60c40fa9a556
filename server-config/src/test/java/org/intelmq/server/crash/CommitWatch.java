package org.intelmq.server.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Sees at once that events have arrived, when the broker has not yet been told that they were taken. */
final class CommitWatch {

    private static final long LONG_ENOUGH_NANOS = 60_000_000_000L;

    private final Path file;
    private final Postgres postgres;

    CommitWatch(Path file, Postgres postgres) {
        this.file = file;
        this.postgres = postgres;
    }

    /** @param inDatabase whether to look there, or at the file */
    void awaitCommit(boolean inDatabase) throws IOException, SQLException {
        try (Connection connection = postgres.connect(); PreparedStatement last = connection.prepareStatement("SELECT max(id) FROM events")) {
            long before = inDatabase ? lastId(last) : size();
            long since = System.nanoTime();
            while ((inDatabase ? lastId(last) : size()) == before && System.nanoTime() - since < LONG_ENOUGH_NANOS) {
                Thread.onSpinWait();
            }
        }
    }

    private long size() throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    private static long lastId(PreparedStatement last) throws SQLException {
        try (ResultSet result = last.executeQuery()) {
            result.next();
            return result.getLong(1);
        }
    }
}
