package org.intelmq.bots.experts.wait;

import java.time.Duration;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.message.Message;

public final class WaitExpert implements Bot<Message> {

    public static final BotType<Params> TYPE = BotType.expert("intelmq.bots.experts.wait.expert", "Wait",
            "Holds each event for some time, or until a queue of the pipeline is short enough.", Params.class, WaitExpert::new).waiting();

    public record Params(
            @Param(value = "Queue to look at.", optional = true, example = "file-output-queue")
            String queueName,
            @Param(value = "Length at which the queue is short enough.", byDefault = "0")
            long queueSize,
            @Param(value = "Polling interval of the queue.", byDefault = "0.05")
            Duration queuePollingInterval,
            @Param(value = "How long each event is held if no queue is named.", optional = true, example = "0.5")
            Duration sleepTime) { }

    private final Params params;
    private final BotContext context;

    private WaitExpert(Params params, BotContext context) {
        this.params = params;
        this.context = context;
    }

    @Override
    public void process(Message event, Outbox out) throws InterruptedException {
        if (params.queueName() != null && !params.queueName().isEmpty()) {
            while (context.queueLength(params.queueName()) > params.queueSize()) {
                Thread.sleep(params.queuePollingInterval().toMillis());
            }
        } else if (params.sleepTime() != null) {
            Thread.sleep(params.sleepTime().toMillis());
        }
        out.send(event);
    }
}
