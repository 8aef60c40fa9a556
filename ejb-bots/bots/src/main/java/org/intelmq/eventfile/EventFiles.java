package org.intelmq.eventfile;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.Outbox;
import org.intelmq.files.Writable;
import org.intelmq.message.Field;
import org.intelmq.message.Fields;
import org.intelmq.message.Message;
import org.intelmq.text.encoding.LoneSurrogates;
import org.intelmq.text.json.JsonBuffer;
import org.intelmq.text.python.FormatTemplate;

/**
 * The file that an output appends to, or files named after each event: one write per batch and file. What was written is with the operating
 * system when {@link #append} returns. It is cut off again when its delivery is rolled back, by a failure or by the end of the process, so
 * that each event is in the file once. It stays, and the log says so, if the file was replaced or others have appended since; if a bot has
 * several instances, also when the process ends. Not thread-safe.
 */
public final class EventFiles implements Closeable {

    private final FormatTemplate template;
    private final Path directory;
    private final boolean anywhere;
    private final String constantName;
    private final LoneSurrogates encodingErrors;
    private final FileBeginning beginning;
    private final Map<String, Text> texts = new LinkedHashMap<>();
    private final Path ledgerFile;
    private final OutputPlaces places;
    private final Logger log;
    private AppendedFile file;
    private AppendLedger ledger;
    private List<Addition> doubtful = List.of();
    private int uncommitted;

    private static final class Text {

        private final JsonBuffer lines;
        private String firstId;

        private Text(LoneSurrogates encodingErrors) {
            lines = new JsonBuffer(encodingErrors);
        }
    }

    /** @param defaultName below {@code file-output} in the data directory */
    public EventFiles(FileParams params, String defaultName, FileBeginning beginning, BotContext context) {
        String name = params.file() == null ? context.dataDirectory().resolve("file-output").resolve(defaultName).toString() : params.file();
        this.encodingErrors = params.encodingErrorsMode();
        this.beginning = beginning;
        this.log = context.log();
        this.ledgerFile = context.dataDirectory().resolve("file-output").resolve('.' + context.botId() + ".appended");
        this.places = OutputPlaces.of(context);
        try {
            template = params.formatFilename() ? FormatTemplate.compile(name) : null;
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("parameter 'file': " + e.getMessage(), e);
        }
        constantName = template == null ? name : null;
        String ownBeginning = name.split("\\{", 2)[0];
        anywhere = ownBeginning.isEmpty();
        directory = Path.of(ownBeginning + "x").toAbsolutePath().getParent().normalize();
        if (constantName != null && context.isRehearsal()) {
            String reason = Writable.file(Path.of(constantName));
            if (reason != null) {
                throw new ConfigurationException("parameter 'file': \"" + name + "\" cannot be opened for writing: " + reason);
            }
        } else if (constantName != null) {
            try {
                file = open(constantName);
            } catch (IOException e) {
                String reason = Writable.file(Path.of(constantName));
                throw new ConfigurationException("parameter 'file': \"" + name + "\" cannot be opened for writing: "
                        + (reason == null ? e : reason), e);
            }
        }
    }

    private AppendedFile open(String name) throws IOException {
        return AppendedFile.current(file, name, places, beginning);
    }

    /**
     * Writes nothing before everything is ready, so that an event that cannot be written leaves no trace of its batch.
     *
     * @param writer appends an event's text
     * @param out of the delivery that the events came with
     */
    public void append(List<Message> events, BiConsumer<Message, JsonBuffer> writer, Outbox out) throws IOException {
        texts.values().forEach(text -> text.lines.truncate(0));
        for (Message event : events) {
            Text text = texts.computeIfAbsent(name(event), missing -> new Text(encodingErrors));
            if (text.lines.length() == 0) {
                text.firstId = event.id();
            }
            writer.accept(event, text.lines);
        }
        claimLedger();
        takeBackWhatComesAgain(events);
        for (Map.Entry<String, Text> text : texts.entrySet()) {
            if (text.getValue().lines.length() > 0) {
                file = open(text.getKey());
                append(text.getValue(), out);
            }
        }
        if (template != null) {
            texts.clear();
        }
    }

    private void append(Text text, Outbox out) throws IOException {
        Addition addition = file.append(text.lines.toByteBuffer(), text.firstId, this::note);
        uncommitted++;
        out.afterCommit(() -> uncommitted = 0);
        out.onUndo(() -> {
            uncommitted--;
            takeBack(addition);
        });
    }

    private void note(Addition addition) throws IOException {
        if (ledger != null && addition.firstId() != null) {
            ledger.write(addition, uncommitted == 0);
        }
    }

    private void claimLedger() throws IOException {
        if (ledger == null) {
            ledger = AppendLedger.open(ledgerFile);
            doubtful = ledger == null ? List.of() : ledger.found();
        }
    }

    /** The broker delivers all of a delivery again, and first, or nothing of it. */
    private void takeBackWhatComesAgain(List<Message> events) {
        if (doubtful.isEmpty()) {
            return;
        }
        Set<String> ids = doubtful.stream().map(Addition::firstId).collect(Collectors.toSet());
        if (events.stream().anyMatch(event -> ids.contains(event.id()))) {
            for (int i = doubtful.size() - 1; i >= 0; i--) {
                takeBack(doubtful.get(i));
            }
        }
        doubtful = List.of();
    }

    private void takeBack(Addition addition) {
        try {
            if (AppendedFile.takeBack(addition)) {
                return;
            }
            log.warning("Events of a delivery that comes again may be written twice: " + addition
                    + " were left, since the file was replaced or others wrote to it.");
        } catch (IOException e) {
            log.log(Level.WARNING, "Events of a delivery that comes again may be written twice: " + addition + " cannot be taken back.", e);
        }
    }

    private String name(Message event) {
        if (template == null) {
            return constantName;
        }
        FormatTemplate.Indexed fields = key -> value(event, Field.of(key.toString()));
        String name = template.fill(argument -> {
            if (!argument.equals("event")) {
                throw new IllegalArgumentException("parameter 'file' names {" + argument + "}, expected {event[field]}");
            }
            return fields;
        });
        // without a beginning of its own the name may even be absolute
        if ((name.contains("..") || anywhere) && !Path.of(name).toAbsolutePath().normalize().startsWith(directory)) {
            throw new IllegalArgumentException("file name \"" + name + "\" made of the event leads out of " + directory);
        }
        return name;
    }

    private static Object value(Message event, Field field) {
        Object value = event.get(field);
        if (value == null) {
            throw new IllegalArgumentException("parameter 'file' names the field " + field + ", which the event does not have");
        }
        return field == Fields.TIME_OBSERVATION || field == Fields.TIME_SOURCE
                ? OffsetDateTime.parse((String) value).toZonedDateTime() : value;
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
        if (ledger != null) {
            try (AppendLedger closed = ledger) {
                ledger = null;
                if (uncommitted == 0) {
                    closed.clear();
                }
            }
        }
    }
}
