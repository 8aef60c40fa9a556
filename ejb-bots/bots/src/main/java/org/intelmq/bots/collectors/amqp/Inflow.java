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
import org.intelmq.files.SharedMemory;

/** The messages of a queue, in their order. For one thread. */
final class Inflow extends DefaultConsumer {

    /** How many messages the server sends without an acknowledgement; it keeps the rest. */
    static final int MOST_AHEAD = 50;
    /** The same if some are so large that fifty of them would not find room. */
    static final int FEW_AHEAD = 2;
    /** From this size on, a message is large: fifty smaller ones find room with their reports. */
    static final int LARGE = (int) Math.min(1 << 20, SharedMemory.OF_SERVER.most() / 8 / MOST_AHEAD);
    private static final int CLOSING_MILLIS = 1_000;

    private final BlockingQueue<Delivery> arrived = new LinkedBlockingQueue<>();
    private final int ahead;
    private volatile boolean areTooLarge;
    private volatile String end;

    /** The messages are too large for so many to be sent ahead. Nothing is lost: what is not acknowledged comes again. */
    static final class TooManyAheadException extends IOException {

        private static final long serialVersionUID = 1L;
    }

    private Inflow(Channel channel, int ahead) {
        super(channel);
        this.ahead = ahead;
    }

    /**
     * @param ahead how many messages the server sends without an acknowledgement
     * @throws UnavailableException if the server does not let us read the queue
     */
    static Inflow of(AmqpConnection connection, String queue, int ahead) {
        Channel channel = connection.channel();
        Inflow inflow = new Inflow(channel, ahead);
        try {
            channel.basicQos(ahead);
            channel.basicConsume(queue, false, inflow);
        } catch (IOException | RuntimeException e) {
            throw new UnavailableException("queue '" + queue + "' of " + connection + " cannot be read: " + AmqpConnection.reason(e), e);
        }
        return inflow;
    }

    /**
     * Waits for one or more messages.
     *
     * @throws TooManyAheadException if they are too large
     * @throws IOException if no more will come
     */
    List<Delivery> next() throws IOException, InterruptedException {
        List<Delivery> next = new ArrayList<>();
        while (next.isEmpty()) {
            Delivery first = arrived.poll(1, TimeUnit.SECONDS);
            if (areTooLarge) {
                throw new TooManyAheadException();
            }
            if (first != null) {
                next.add(first);
                arrived.drainTo(next);
            } else if (end != null) {
                throw new IOException(end);
            }
        }
        return next;
    }

    /** Whether it has ended because the messages are too large for so many ahead. */
    boolean areTooLarge() {
        return areTooLarge;
    }

    /** Acknowledges this message and all before it. */
    void acknowledge(Delivery last) throws IOException {
        getChannel().basicAck(last.getEnvelope().getDeliveryTag(), true);
    }

    @Override
    public void handleDelivery(String consumer, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
        if (body.length >= LARGE && ahead > FEW_AHEAD) {
            areTooLarge = true;
            arrived.clear();
            // at once, because whoever takes messages may be waiting for full queues while others arrive
            getChannel().getConnection().abort(CLOSING_MILLIS);
        }
        if (!areTooLarge) {
            arrived.add(new Delivery(envelope, properties, body));
        }
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
