package org.intelmq.ctl;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import org.intelmq.eventdb.EventTable;
import org.intelmq.files.WholeFile;
import org.intelmq.message.Harmonization;
import org.intelmq.message.InvalidHarmonization;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bin/intelmq_psql_initdb}: writes the statements that create a table of events. */
@Command(name = "intelmq_psql_initdb", mixinStandardHelpOptions = true, description = "Writes a file with the SQL statements that create "
        + "the table of events in PostgreSQL or another database, with a column for each field of harmonization.conf.")
public final class IntelmqPsqlInitdb implements Callable<Integer> {

    @Option(names = {"-o", "--outputfile"}, defaultValue = "/tmp/initdb.sql", paramLabel = "FILE",
            description = "File to write; if it exists, a temporary file is used. Default: ${DEFAULT-VALUE}")
    private Path file;

    @Option(names = "--no-events", description = "Leave out the table of events.")
    private boolean noEvents;

    @Option(names = "--separate-raws", description = "Store raw in a table of its own, with a view over both to insert into.")
    private boolean separateRaws;

    @Option(names = "--partition-key", paramLabel = "FIELD", description = "Make this field part of the primary key, which partitioned tables "
            + "require.")
    private String partitionKey;

    @Option(names = "--harmonization", paramLabel = "FILE", description = "The file with the fields. Default: etc/harmonization.conf")
    private Path harmonization;

    @Option(names = "--skip-or-replace", description = "Skip or replace what already exists.")
    private boolean repeatable;

    @Option(names = "--jsonb", description = "Store JSON as jsonb.")
    private boolean jsonb;

    @Option(names = "--engine", defaultValue = "postgresql", paramLabel = "ENGINE",
            description = "Kind of database: ${COMPLETION-CANDIDATES}. All other options except "
                    + "--skip-or-replace are for postgresql only. Default: ${DEFAULT-VALUE}")
    private Dialect engine;

    /** Databases whose statements can be written, named as the engine of the sql output. */
    enum Dialect {
        postgresql, mysql, mariadb, sqlite
    }

    private final Session session;

    IntelmqPsqlInitdb(Session session) {
        this.session = session;
    }

    public static void main(String[] arguments) {
        StandardOutput output = StandardOutput.ofProcess();
        Session session = new Session(new Output(System.out, System.err, false), System.getenv());
        System.exit(output.codeAfter(new CommandLine(new IntelmqPsqlInitdb(session)).execute(arguments), "intelmq_psql_initdb", System.err));
    }

    private String statements(EventTable table) {
        return switch (engine) {
            case postgresql -> table.postgresql(new EventTable.Options(noEvents, separateRaws, partitionKey, repeatable, jsonb));
            case mysql, mariadb -> table.mysql(repeatable);
            case sqlite -> table.sqlite(repeatable);
        };
    }

    @Override
    public Integer call() throws IOException {
        if (engine != Dialect.postgresql && (noEvents || separateRaws || partitionKey != null || jsonb)) {
            System.err.println("ERROR - --no-events, --separate-raws, --partition-key and --jsonb are for --engine=postgresql");
            return 2;
        }
        Path source = harmonization == null ? session.installation().harmonization() : harmonization;
        System.out.println("INFO - Reading " + source + " file");
        String statements;
        try {
            Harmonization fields = Harmonization.parse(WholeFile.text(source));
            if (partitionKey != null && fields.eventFields().stream().noneMatch(field -> field.name().equals(partitionKey))) {
                System.err.println("WARNING - " + source + " has no field \"" + partitionKey + "\": add the column before you use --partition-key with it");
            }
            statements = statements(EventTable.of(fields));
        } catch (NoSuchFileException e) {
            System.err.println("ERROR - Could not find " + source);
            return 2;
        } catch (IOException e) {
            System.err.println("ERROR - Could not read " + e.getMessage());
            return 2;
        } catch (InvalidHarmonization e) {
            System.err.println("ERROR - " + source + " cannot be used: " + e.getMessage());
            return 2;
        }
        try {
            System.out.println("INFO - Writing " + write(statements) + " file");
            return 0;
        } catch (IOException e) {
            System.err.println("ERROR - Could not write " + e.getMessage());
            return 2;
        }
    }

    /** Where it was written. The usual place is a folder of everybody: what stands there is not written over, nor followed if it is a link. */
    private Path write(String statements) throws IOException {
        try {
            return Files.writeString(file, statements, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            System.out.println("INFO - File " + file + " exists, generating temporary file.");
            return Files.writeString(Files.createTempFile("intelmq-", ".initdb.sql"), statements);
        }
    }
}
