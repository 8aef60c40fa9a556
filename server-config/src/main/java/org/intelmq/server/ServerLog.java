package org.intelmq.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/** {@code var/log/server.log}: what the application server and the broker have to say, in the form of a bot's log. */
final class ServerLog {

    private static final long LARGEST_OLD_LOG = 10 << 20;

    private ServerLog() { }

    /**
     * From here on nothing but our own lines reaches the terminal.
     *
     * @return the configuration file, for the application server reads it again
     */
    static Path open(Layout layout) {
        Path configuration = layout.run().resolve("server-log.properties");
        try {
            keepOld(layout.serverLog());
            Files.writeString(configuration, """
                    handlers=java.util.logging.FileHandler
                    java.util.logging.FileHandler.pattern=%s
                    java.util.logging.FileHandler.append=true
                    java.util.logging.FileHandler.encoding=UTF-8
                    java.util.logging.FileHandler.formatter=%s
                    .level=INFO
                    com.hazelcast.level=WARNING
                    org.apache.activemq.audit.level=OFF
                    fish.payara.nucleus.util.level=WARNING
                    javax.enterprise.system.security.ssl.level=SEVERE
                    """.formatted(layout.serverLog().toString().replace("%", "%%"), LogLines.class.getName()));
            try (var in = Files.newInputStream(configuration)) {
                LogManager.getLogManager().readConfiguration(in);
            }
        } catch (IOException e) {
            throw new ServerException("the log " + layout.serverLog() + " cannot be written: " + e, e);
        }
        System.setOut(new PrintStream(new Lines("stdout"), true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(new Lines("stderr"), true, StandardCharsets.UTF_8));
        return configuration;
    }

    private static void keepOld(Path log) throws IOException {
        if (Files.exists(log) && Files.size(log) > LARGEST_OLD_LOG) {
            Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Libraries that print instead of logging. */
    private static final class Lines extends OutputStream {

        private final Logger log;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        private Lines(String name) {
            log = Logger.getLogger(name);
        }

        @Override
        public synchronized void write(int b) {
            if (b != '\n') {
                line.write(b);
                return;
            }
            String text = line.toString(StandardCharsets.UTF_8).stripTrailing();
            line.reset();
            if (!text.isEmpty()) {
                log.info(text);
            }
        }
    }
}
