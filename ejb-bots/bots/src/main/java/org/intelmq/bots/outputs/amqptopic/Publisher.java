package org.intelmq.bots.outputs.amqptopic;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.intelmq.bot.UnavailableException;
import org.intelmq.bots.amqp.AmqpConnection;
import org.intelmq.bots.amqp.AmqpParams;

/** Publishes letters, and waits until the server has said what became of each. Not thread-safe. */
final class Publisher implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ExchangeParams exchange;
    private final AmqpConnection connection;
    private final Receipts receipts = new Receipts();

    /** @throws UnavailableException if the server cannot be reached, or refuses the exchange */
    Publisher(AmqpParams server, ExchangeParams exchange, String name) {
        this.exchange = exchange;
        connection = AmqpConnection.open(server, name);
        Channel channel = connection.channel();
        try {
            if (!exchange.exchangeName().isEmpty()) {
                channel.exchangeDeclare(exchange.exchangeName(), exchange.exchangeType(), exchange.exchangeDurable());
            }
            channel.confirmSelect();
        } catch (IOException | RuntimeException e) {
            connection.close();
            throw new UnavailableException(server + " refuses " + exchange + " of type '" + exchange.exchangeType() + "', exchange_durable "
                    + exchange.exchangeDurable() + ": " + AmqpConnection.reason(e), e);
        }
        channel.addConfirmListener(receipts);
        channel.addReturnListener(receipts);
        channel.addShutdownListener(receipts::end);
    }

    boolean isOpen() {
        return connection.isOpen();
    }

    /**
     * Returns what became of each.
     *
     * @throws UnavailableException if nothing was sent because the server accepts nothing now
     */
    Receipts publish(List<Letter> letters) throws InterruptedException {
        if (connection.blocked() != null) {
            throw new UnavailableException(connection + " accepts nothing at the moment: " + connection.blocked());
        }
        receipts.begin(letters);
        Channel channel = connection.channel();
        try {
            for (int i = 0; i < letters.size(); i++) {
                Letter letter = letters.get(i);
                receipts.expect(channel.getNextPublishSeqNo(), i);
                channel.basicPublish(exchange.exchangeName(), letter.routingKey(), true, properties(letter), letter.body());
            }
            receipts.await(PATIENCE);
            if (receipts.isAnyRefused()) {
                // a letter may be reported as returned after it was refused: the answer to this call comes after all of that
                channel.basicQos(0);
            }
        } catch (TimeoutException | AlreadyClosedException | IOException e) {
            receipts.fail(AmqpConnection.reason(e));
        }
        return receipts;
    }

    private AMQP.BasicProperties properties(Letter letter) {
        return new AMQP.BasicProperties.Builder().contentType(exchange.contentType()).deliveryMode(exchange.deliveryMode()).messageId(letter.id()).build();
    }

    @Override
    public void close() {
        connection.close();
    }

    @Override
    public String toString() {
        return connection.toString();
    }
}
