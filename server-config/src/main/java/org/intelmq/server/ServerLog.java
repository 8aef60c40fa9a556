package org.intelmq.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/**
 * {@code var/log/server.log}: what the application server and the broker have to say, in the form of a bot's log, which is IntelMQ's
 * or, with {@value #FORMAT}, JSON. It is rotated when it has {@value #MEGABYTES} megabytes (10 unless set in the environment);
 * {@value #COPIES} older ones are kept (5).
 */
final class ServerLog {

    static final String MEGABYTES = "INTELMQ_SERVER_LOG_MEGABYTES";
    static final String COPIES = "INTELMQ_SERVER_LOG_COPIES";

    /** Also a parameter of all bots, for their own logs. */
    static final String FORMAT = "INTELMQ_LOGGING_FORMAT";

    private ServerLog() { }

    /**
     * From here on nothing but our own lines reaches the terminal.
     *
     * @return the configuration file, which the application server reads again
     * @throws ServerException if the log cannot be written, or the environment gives a size that is none
     */
    static Path open(Layout layout, Map<String, String> environment) {
        long megabytes = number(environment, MEGABYTES, 10, 1);
        long copies = number(environment, COPIES, 5, 0);
        ServerLogFile.Form form = form(environment.getOrDefault(FORMAT, "").strip());
        Path configuration = layout.run().resolve("server-log.properties");
        try {
            Files.writeString(configuration, """
                    handlers=%1$s
                    %1$s.file=%2$s
                    %1$s.bytes=%3$d
                    %1$s.copies=%4$d
                    %1$s.form=%5$s
                    .level=INFO
                    com.hazelcast.level=WARNING
                    org.apache.activemq.audit.level=OFF
                    fish.payara.nucleus.util.level=WARNING
                    org.apache.kafka.level=WARNING
                    org.apache.kafka.clients.NetworkClient.level=SEVERE
                    org.mongodb.driver.level=WARNING
                    javax.enterprise.system.security.ssl.level=SEVERE
                    """.formatted(ServerLogFile.class.getName(), layout.serverLog(), megabytes << 20, copies, form));
            try (var in = Files.newInputStream(configuration)) {
                LogManager.getLogManager().readConfiguration(in);
            }
        } catch (IOException e) {
            throw new ServerException("the log " + layout.serverLog() + " cannot be written: " + e, e);
        }
        System.setOut(new PrintStream(new PrintedLines("stdout"), true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(new PrintedLines("stderr"), true, StandardCharsets.UTF_8));
        return configuration;
    }

    private static ServerLogFile.Form form(String given) {
        return switch (given.toLowerCase(Locale.ROOT)) {
            case "", "intelmq" -> ServerLogFile.Form.INTELMQ;
            case "ecs" -> ServerLogFile.Form.ECS;
            default -> throw new ServerException("the environment's " + FORMAT + " cannot be \"" + given + "\": expected intelmq or ecs");
        };
    }

    private static long number(Map<String, String> environment, String name, long usual, long least) {
        String given = environment.getOrDefault(name, "").strip();
        long number = given.isEmpty() ? usual : given.matches("\\d{1,4}") ? Long.parseLong(given) : -1;
        if (number < least) {
            throw new ServerException("the environment's " + name + " cannot be \"" + given + "\": expected a whole number from " + least + " to 9999");
        }
        return number;
    }

    /** Libraries that print instead of logging. */
    private static final class PrintedLines extends OutputStream {

        private final Logger log;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        private PrintedLines(String name) {
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
