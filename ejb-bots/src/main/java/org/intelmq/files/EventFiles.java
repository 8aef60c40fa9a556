package org.intelmq.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.message.Field;
import org.intelmq.message.Fields;
import org.intelmq.message.Message;
import org.intelmq.text.FormatTemplate;
import org.intelmq.text.JsonBuffer;
import org.intelmq.text.LoneSurrogates;

/**
 * The file, or files named after each event, that an output appends to: one write a batch and file. What was written is with the
 * operating system when {@link #append} returns. Not thread-safe.
 */
public final class EventFiles implements Closeable {

    private final FormatTemplate template;
    private final Path directory;
    private final boolean anywhere;
    private final String constantName;
    private final LoneSurrogates encodingErrors;
    private final FileBeginning beginning;
    private final Map<String, JsonBuffer> texts = new LinkedHashMap<>();
    private AppendedFile file;

    /** @param defaultName below file-output in the data directory */
    public EventFiles(FileParams params, String defaultName, FileBeginning beginning, BotContext context) {
        String name = params.file() == null ? context.dataDirectory().resolve("file-output").resolve(defaultName).toString() : params.file();
        this.encodingErrors = params.encodingErrorsMode();
        this.beginning = beginning;
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
                file = AppendedFile.current(null, constantName, beginning);
            } catch (IOException e) {
                throw new ConfigurationException("parameter 'file': \"" + name + "\" cannot be opened for writing: " + e, e);
            }
        }
    }

    /**
     * Nothing is written before all is ready, so that an event that cannot be written leaves no trace of its batch.
     *
     * @param writer appends an event's text
     */
    public void append(List<Message> events, BiConsumer<Message, JsonBuffer> writer) throws IOException {
        texts.values().forEach(text -> text.truncate(0));
        for (Message event : events) {
            writer.accept(event, texts.computeIfAbsent(name(event), missing -> new JsonBuffer(encodingErrors)));
        }
        for (Map.Entry<String, JsonBuffer> text : texts.entrySet()) {
            if (text.getValue().length() > 0) {
                file = AppendedFile.current(file, text.getKey(), beginning);
                file.append(text.getValue().toByteBuffer());
            }
        }
        if (template != null) {
            texts.clear();
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
            throw new IllegalArgumentException("parameter 'file' names the field " + field + ", which the event has not");
        }
        return field == Fields.TIME_OBSERVATION || field == Fields.TIME_SOURCE
                ? OffsetDateTime.parse((String) value).toZonedDateTime() : value;
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
