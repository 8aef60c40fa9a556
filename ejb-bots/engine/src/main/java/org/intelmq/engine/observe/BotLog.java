package org.intelmq.engine.observe;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.logging.ErrorManager;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.intelmq.control.LogFile;
import org.intelmq.engine.settings.RuntimeParams;
import org.intelmq.files.PrivateFiles;
import org.intelmq.parameters.SecretFiles;
import org.intelmq.text.ControlCharacters;
import org.intelmq.text.Shortened;

/**
 * The log file of one bot, in IntelMQ's format, {@code 2024-05-17 10:20:30,123 - bot-id - INFO - text}, or as JSON. Text from a feed never
 * begins a line: only our own stack traces span several lines. A file that was moved away is created again; one that exceeds its limit is
 * renamed to {@code .1}, {@code .2} and so on. Thread-safe.
 */
public final class BotLog extends Handler {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss,SSS").withZone(ZoneId.systemDefault());
    /** In characters: what a message quotes may be as large as a report. */
    private static final int LONGEST_LINE = 10_000;
    private static final long CHECK_INTERVAL_MILLIS = 1000;

    private final String botId;
    private final Path file;
    private final long maxSize;
    private final int maxCopies;
    private final LogFile.Format form;
    private final Logger logger;
    private OutputStream out;
    private long size;
    private long nextCheck;

    /** @param file {@code null} if no file is written */
    public BotLog(String botId, Path file, RuntimeParams params) {
        this.botId = botId;
        this.file = file;
        this.maxSize = params.loggingMaxSize();
        this.maxCopies = params.loggingMaxCopies();
        this.form = params.loggingFormat();
        this.logger = Logger.getAnonymousLogger();
        logger.setUseParentHandlers(false);
        // a filter comes before all handlers, of which a live view may be one
        logger.setFilter(record -> {
            record.setMessage(Shortened.to(LONGEST_LINE, SecretFiles.hiddenAnywhere(record.getMessage())));
            return true;
        });
        logger.addHandler(this);
        logger.setLevel(level(params.loggingLevel()));
        setLevel(logger.getLevel());
    }

    private static Level level(LogFile.Level named) {
        return switch (named) {
            case DEBUG -> Level.FINE;
            case INFO -> Level.INFO;
            case WARNING -> Level.WARNING;
            case ERROR, CRITICAL -> Level.SEVERE;
        };
    }

    /** Shows the lines to a second handler too, from a level that may be lower than the file's; {@code null} for the file's. */
    public void show(Handler watcher, LogFile.Level least) {
        watcher.setLevel(least == null ? getLevel() : level(least));
        logger.setLevel(watcher.getLevel().intValue() < getLevel().intValue() ? watcher.getLevel() : getLevel());
        logger.addHandler(watcher);
    }

    public void hide(Handler watcher) {
        logger.removeHandler(watcher);
        logger.setLevel(getLevel());
    }

    public Logger logger() {
        return logger;
    }

    /** Logs the stack trace too, unless the reason's message says it all. */
    public void failure(String consequence, Throwable reason) {
        if (Trace.isExplained(reason)) {
            logger.severe(consequence + ' ' + reason.getMessage());
            logger.log(Level.FINE, "Where that happened:", reason);
        } else {
            logger.log(Level.SEVERE, consequence, reason);
        }
    }

    @Override
    public synchronized void publish(LogRecord record) {
        if (file == null || !isLoggable(record)) {
            return;
        }
        String text = form == LogFile.Format.ECS ? EcsLine.of(botId, levelName(record.getLevel()), record) : format(record);
        byte[] line = text.getBytes(StandardCharsets.UTF_8);
        // a thread that is being interrupted may still log; the interruption would close the file
        boolean interrupted = Thread.interrupted();
        try {
            write(line);
        } catch (ClosedByInterruptException e) {
            interrupted = Thread.interrupted();
            out = null;
            writeAgain(line);
        } catch (IOException e) {
            reportError("cannot write to " + file, e, ErrorManager.WRITE_FAILURE);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void writeAgain(byte[] line) {
        try {
            write(line);
        } catch (IOException e) {
            reportError("cannot write to " + file, e, ErrorManager.WRITE_FAILURE);
        }
    }

    private void write(byte[] line) throws IOException {
        reopenIfMoved();
        if (maxSize > 0 && maxCopies > 0 && size + line.length > maxSize) {
            rotate();
        }
        open();
        out.write(line);
        size += line.length;
    }

    /** A line in IntelMQ's format. */
    public String format(LogRecord record) {
        StringBuilder line = new StringBuilder(160).append(TIME.format(Instant.ofEpochMilli(record.getMillis())))
                .append(" - ").append(botId).append(" - ").append(levelName(record.getLevel())).append(" - ")
                .append(ControlCharacters.spelledOut(String.valueOf(record.getMessage()))).append('\n');
        if (record.getThrown() != null) {
            line.append(Trace.of(record.getThrown()));
        }
        return line.toString();
    }

    private static String levelName(Level level) {
        if (level.intValue() >= Level.SEVERE.intValue()) {
            return "ERROR";
        }
        if (level.intValue() >= Level.WARNING.intValue()) {
            return "WARNING";
        }
        return level.intValue() >= Level.INFO.intValue() ? "INFO" : "DEBUG";
    }

    private void open() throws IOException {
        if (out == null) {
            PrivateFiles.createDirectories(file.getParent());
            out = PrivateFiles.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            size = Files.size(file);
        }
    }

    private void reopenIfMoved() throws IOException {
        long now = System.currentTimeMillis();
        if (now >= nextCheck) {
            nextCheck = now + CHECK_INTERVAL_MILLIS;
            if (out != null && (!Files.exists(file) || Files.size(file) < size)) {
                closeFile();
            }
        }
    }

    private void rotate() throws IOException {
        closeFile();
        for (int copy = maxCopies - 1; copy > 0; copy--) {
            Path older = Path.of(file + "." + copy);
            if (Files.exists(older)) {
                Files.move(older, Path.of(file + "." + (copy + 1)), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        if (Files.exists(file)) {
            Files.move(file, Path.of(file + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private void closeFile() throws IOException {
        if (out != null) {
            out.close();
            out = null;
        }
    }

    /** Does nothing: every line is written immediately. */
    @Override
    public void flush() { }

    @Override
    public synchronized void close() {
        try {
            closeFile();
        } catch (IOException e) {
            reportError("cannot close " + file, e, ErrorManager.CLOSE_FAILURE);
        }
    }
}
