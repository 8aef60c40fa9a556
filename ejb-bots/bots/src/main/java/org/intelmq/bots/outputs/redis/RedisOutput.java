package org.intelmq.bots.outputs.redis;

import java.util.List;
import org.intelmq.bot.BatchBot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.Form;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.bots.redis.RedisLink;
import org.intelmq.message.Message;
import org.intelmq.message.MessageJson;

/** A batch is pushed with one command. */
public final class RedisOutput implements BatchBot<Message> {

    public record Params(
            @Param(value = "Name of the list, such as the source queue of another IntelMQ's bot.", form = Form.LINE)
            String redisQueue,
            @Param(value = "Host of the Redis server.", byDefault = "127.0.0.1", form = Form.HOST_OR_SOCKET)
            String redisServerIp,
            @Param(value = "Port of the Redis server.", byDefault = "6379")
            int redisServerPort,
            @Param(value = "Number of the Redis database.", byDefault = "2")
            int redisDb,
            @Param(value = "Password of the Redis server.", optional = true, secret = true)
            String redisPassword,
            @Param(value = "Time limit of a command, in milliseconds if it has no unit.", byDefault = "5000ms")
            String redisTimeout,
            @Param(value = "Whether names are split at their dots into objects within objects.", byDefault = "false")
            boolean hierarchicalOutput,
            @Param(value = "Whether to write the message's type, too, as __type.", byDefault = "true")
            boolean withType) { }

    public static final BotType<Params> TYPE = BotType.output("intelmq.bots.outputs.redis.output", "Redis",
            "Pushes events onto a list in Redis.", Params.class, RedisOutput::new).waiting();

    private final Params params;
    private final RedisLink redis;

    RedisOutput(Params params, BotContext context) {
        this.params = params;
        redis = new RedisLink(params.redisServerIp(), params.redisServerPort(), params.redisDb(), params.redisPassword(), timeout(params.redisTimeout()),
                connection -> { });
    }

    private static int timeout(String milliseconds) {
        try {
            return Integer.parseInt(milliseconds.replace("ms", "").strip());
        } catch (NumberFormatException e) {
            throw new ConfigurationException("parameter 'redis_timeout' cannot be \"" + milliseconds + "\": expected milliseconds such as 5000", e);
        }
    }

    @Override
    public void process(Message event, Outbox out) {
        processAll(List.of(event), out);
    }

    @Override
    public void processAll(List<Message> events, Outbox out) {
        String[] texts = events.stream().map(event -> MessageJson.toJson(event, params.hierarchicalOutput(), params.withType())).toArray(String[]::new);
        redis.ask(connection -> connection.lpush(params.redisQueue(), texts));
    }

    @Override
    public void close() {
        redis.close();
    }
}
