package org.intelmq.bots.outputs.file;

import java.io.IOException;
import java.util.List;
import org.intelmq.bot.BatchBot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.OutputFormat;
import org.intelmq.bot.OutputParams;
import org.intelmq.eventfile.EventFiles;
import org.intelmq.eventfile.FileBeginning;
import org.intelmq.eventfile.FileParams;
import org.intelmq.message.Message;

public final class FileOutput implements BatchBot<Message> {

    public record Params(FileParams file, OutputParams output) { }

    public static final BotType<Params> TYPE = BotType.output("intelmq.bots.outputs.file.output", "File",
            "Appends events to a file, one JSON object per line.", Params.class, FileOutput::new);

    private final OutputFormat format;
    private final EventFiles files;

    FileOutput(Params params, BotContext context) {
        format = new OutputFormat(params.output());
        files = new EventFiles(params.file(), "events.txt", FileBeginning.NONE, context);
    }

    @Override
    public void process(Message event, Outbox out) throws IOException {
        processAll(List.of(event), out);
    }

    @Override
    public void processAll(List<Message> events, Outbox out) throws IOException {
        files.append(events, (event, text) -> {
            format.write(event, text);
            text.raw('\n');
        }, out);
    }

    @Override
    public void close() throws IOException {
        files.close();
    }
}
