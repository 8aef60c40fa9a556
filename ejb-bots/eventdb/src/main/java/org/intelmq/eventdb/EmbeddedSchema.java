package org.intelmq.eventdb;

import java.sql.Statement;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;

/** The schema of the embedded database, brought up to date by Flyway: the ledger once, the events when their fields have changed. */
final class EmbeddedSchema {

    private EmbeddedSchema() { }

    static void migrate(DatabaseAddress address, EventTable table) {
        Flyway.configure(EmbeddedSchema.class.getClassLoader())
                .dataSource(address.url(), address.user(), address.password())
                .locations(new String[0])
                .callbackLocations(new String[0])
                .javaMigrations(new V1__Ledger(), new R__Events(table))
                .load().migrate();
    }

    private static final class V1__Ledger extends BaseJavaMigration {

        @Override
        public void migrate(Context context) throws Exception {
            Ledger.create(context.getConnection(), DatabaseProduct.H2);
        }

        @Override
        public MigrationVersion getVersion() {
            return MigrationVersion.fromVersion("1");
        }
    }

    /** Repeated whenever its checksum changes. */
    private static final class R__Events extends BaseJavaMigration {

        private final List<String> statements;

        R__Events(EventTable table) {
            this.statements = table.h2();
        }

        @Override
        public Integer getChecksum() {
            return statements.hashCode();
        }

        @Override
        public void migrate(Context context) throws Exception {
            try (Statement statement = context.getConnection().createStatement()) {
                for (String sql : statements) {
                    statement.execute(sql);
                }
            }
        }
    }
}
