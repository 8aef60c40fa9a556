package org.intelmq.bots.outputs.file;

import java.io.IOException;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.intelmq.bot.BatchBot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.OutputFormat;
import org.intelmq.bot.OutputParams;
import org.intelmq.bot.Param;
import org.intelmq.message.Field;
import org.intelmq.message.Fields;
import org.intelmq.message.Message;
import org.intelmq.text.FormatTemplate;
import org.intelmq.text.JsonBuffer;
import org.intelmq.text.LoneSurrogates;

/** One write a batch and file. */
public final class FileOutput implements BatchBot<Message> {

    public record Params(
            @Param(value = "File to append to; file-output/events.txt in the data directory when not set.", optional = true)
            String file,
            @Param(value = "Whether file holds places to be filled from each event, such as events-{event[time.observation]:%Y-%m-%d}.txt.", byDefault = "false")
            boolean formatFilename,
            @Param(value = "What becomes of text that is no proper Unicode.", byDefault = "strict")
            LoneSurrogates encodingErrorsMode,
            OutputParams output) { }

    public static final BotType<Params> TYPE = BotType.output("intelmq.bots.outputs.file.output", "File",
            "Appends events to a file, one JSON object a line.", Params.class, FileOutput::new);

    private final OutputFormat format;
    private final LoneSurrogates encodingErrors;
    private final FormatTemplate template;
    private final Path directory;
    private final Map<String, JsonBuffer> texts = new LinkedHashMap<>();
    private final String constantName;
    private AppendedFile file;

    FileOutput(Params params, BotContext context) {
        String name = params.file() == null ? context.dataDirectory().resolve("file-output/events.txt").toString() : params.file();
        format = new OutputFormat(params.output());
        encodingErrors = params.encodingErrorsMode();
        try {
            template = params.formatFilename() ? FormatTemplate.compile(name) : null;
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("parameter 'file': " + e.getMessage(), e);
        }
        constantName = template == null ? name : null;
        directory = Path.of(name.split("\\{", 2)[0] + "x").toAbsolutePath().getParent().normalize();
        if (constantName != null) {
            try {
                file = AppendedFile.open(constantName);
            } catch (IOException e) {
                throw new ConfigurationException("parameter 'file': \"" + name + "\" cannot be opened for writing: " + e, e);
            }
        }
    }

    @Override
    public void process(Message event, Outbox out) throws IOException {
        processAll(List.of(event), out);
    }

    /** Nothing is written before all is ready, so that an event that cannot be written leaves no trace of its batch. */
    @Override
    public void processAll(List<Message> events, Outbox out) throws IOException {
        texts.values().forEach(text -> text.truncate(0));
        for (Message event : events) {
            JsonBuffer text = texts.computeIfAbsent(name(event), missing -> new JsonBuffer(encodingErrors));
            format.write(event, text);
            text.raw('\n');
        }
        for (Map.Entry<String, JsonBuffer> text : texts.entrySet()) {
            if (text.getValue().length() > 0) {
                file = AppendedFile.current(file, text.getKey());
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
        if (name.contains("..") && !Path.of(name).toAbsolutePath().normalize().startsWith(directory)) {
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
