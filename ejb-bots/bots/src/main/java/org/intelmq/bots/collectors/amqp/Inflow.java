package org.intelmq.bots.collectors.amqp;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Delivery;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.intelmq.bot.UnavailableException;
import org.intelmq.bots.amqp.AmqpConnection;

/** The messages of a queue, in their order. For one thread. */
final class Inflow extends DefaultConsumer {

    /** How many messages the server sends without an acknowledgement; it keeps the rest. */
    private static final int MOST_AHEAD = 50;

    private final BlockingQueue<Delivery> arrived = new LinkedBlockingQueue<>();
    private volatile String end;

    private Inflow(Channel channel) {
        super(channel);
    }

    /** @throws UnavailableException if the server does not let us read the queue */
    static Inflow of(AmqpConnection connection, String queue) {
        Channel channel = connection.channel();
        Inflow inflow = new Inflow(channel);
        try {
            channel.basicQos(MOST_AHEAD);
            channel.basicConsume(queue, false, inflow);
        } catch (IOException | RuntimeException e) {
            throw new UnavailableException("queue '" + queue + "' of " + connection + " cannot be read: " + AmqpConnection.reason(e), e);
        }
        return inflow;
    }

    /**
     * Waits for one or more messages.
     *
     * @throws IOException if no more will come
     */
    List<Delivery> next() throws IOException, InterruptedException {
        List<Delivery> next = new ArrayList<>();
        while (next.isEmpty()) {
            Delivery first = arrived.poll(1, TimeUnit.SECONDS);
            if (first != null) {
                next.add(first);
                arrived.drainTo(next);
            } else if (end != null) {
                throw new IOException(end);
            }
        }
        return next;
    }

    /** Acknowledges this message and all before it. */
    void acknowledge(Delivery last) throws IOException {
        getChannel().basicAck(last.getEnvelope().getDeliveryTag(), true);
    }

    @Override
    public void handleDelivery(String consumer, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
        arrived.add(new Delivery(envelope, properties, body));
    }

    @Override
    public void handleCancel(String consumer) {
        end = "the server has ended the subscription, as happens when the queue is deleted";
    }

    @Override
    public void handleShutdownSignal(String consumer, ShutdownSignalException reason) {
        end = "the connection has ended: " + AmqpConnection.reason(reason);
    }
}
