package org.intelmq.bots.outputs.touch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.message.Message;

public final class TouchOutput implements Bot<Message> {

    public record Params(
            @Param("File to touch; it must exist.")
            Path path) { }

    public static final BotType<Params> TYPE = BotType.output("intelmq.bots.outputs.touch.output", "Touch",
            "Sets the time of a file's last change for each event.", Params.class, TouchOutput::new);

    private final Path path;
    private final BotContext context;

    TouchOutput(Params params, BotContext context) {
        this.path = params.path();
        this.context = context;
    }

    @Override
    public void process(Message event, Outbox out) throws IOException {
        Files.setLastModifiedTime(path, FileTime.from(context.clock().instant()));
    }
}
