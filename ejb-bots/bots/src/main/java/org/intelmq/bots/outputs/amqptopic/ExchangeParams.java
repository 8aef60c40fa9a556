package org.intelmq.bots.outputs.amqptopic;

import java.util.List;
import org.intelmq.bot.Form;
import org.intelmq.bot.Param;

/** The exchange to publish to, and how. */
public record ExchangeParams(
        @Param(value = "Exchange to publish to, which is created if it does not exist; if empty the default one, whose routing keys are queues.",
                optional = true, example = "intelmq", form = Form.LINE)
        String exchangeName,
        @Param(value = "Type of the exchange, such as topic, fanout or direct.", byDefault = "topic")
        String exchangeType,
        @Param(value = "Whether the exchange survives a restart of the server.", byDefault = "true")
        boolean exchangeDurable,
        @Param(value = "Routing key of each event.", example = "intelmq.{ev[classification.type]}")
        String routingKey,
        @Param(value = "Whether the routing key contains placeholders for fields of the event, such as {ev[source.ip]}.", byDefault = "false")
        boolean formatRoutingKey,
        @Param(value = "Content type of the messages.", byDefault = "application/json", form = Form.LINE)
        String contentType,
        @Param(value = "Whether the server keeps messages on disk (2) or in memory only (1).", byDefault = "2")
        int deliveryMode,
        @Param(value = "Has no effect: the server must always confirm what it has accepted.", byDefault = "true")
        boolean requireConfirmation) {

    private static final List<String> TYPES = List.of("topic", "fanout", "direct", "headers");

    public ExchangeParams {
        exchangeName = exchangeName == null ? "" : exchangeName;
        if (!TYPES.contains(exchangeType) && !exchangeType.startsWith("x-")) {
            throw new IllegalArgumentException("parameter 'exchange_type' cannot be \"" + exchangeType + "\": expected one of "
                    + String.join(", ", TYPES)
                    + ", or a plug-in's that begins with x-");
        }
        if (deliveryMode != 1 && deliveryMode != 2) {
            throw new IllegalArgumentException("parameter 'delivery_mode' cannot be \"" + deliveryMode + "\": expected 1 or 2");
        }
    }

    @Override
    public String toString() {
        return exchangeName.isEmpty() ? "the default exchange" : "exchange '" + exchangeName + '\'';
    }
}
