package org.intelmq.bots.outputs.amqptopic;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.ConfirmListener;
import com.rabbitmq.client.ReturnListener;
import com.rabbitmq.client.ShutdownSignalException;
import java.time.Duration;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import org.intelmq.bots.amqp.AmqpConnection;

/**
 * What the server says about the letters of one batch: taken (acknowledged), refused, or returned because no queue gets it (and then also
 * taken or refused). Told by the connection's thread, asked by the bot's. Thread-safe.
 */
final class Receipts implements ConfirmListener, ReturnListener {

    private final SortedMap<Long, Integer> waiting = new TreeMap<>();
    private final Map<String, Integer> indices = new HashMap<>();
    private final BitSet taken = new BitSet();
    private final BitSet refused = new BitSet();
    private final BitSet returned = new BitSet();
    private String failure;

    synchronized void begin(List<Letter> letters) {
        waiting.clear();
        indices.clear();
        taken.clear();
        refused.clear();
        returned.clear();
        for (int i = 0; i < letters.size(); i++) {
            indices.put(letters.get(i).id(), i);
        }
    }

    synchronized void expect(long number, int index) {
        waiting.put(number, index);
    }

    @Override
    public void handleAck(long number, boolean andAllBefore) {
        settle(number, andAllBefore, taken);
    }

    @Override
    public void handleNack(long number, boolean andAllBefore) {
        settle(number, andAllBefore, refused);
    }

    private synchronized void settle(long number, boolean andAllBefore, BitSet fate) {
        SortedMap<Long, Integer> settled = andAllBefore ? waiting.headMap(number + 1) : waiting.subMap(number, number + 1);
        settled.values().forEach(fate::set);
        settled.clear();
        notifyAll();
    }

    @Override
    public synchronized void handleReturn(int code, String text, String exchange, String routingKey, AMQP.BasicProperties properties, byte[] body) {
        Integer index = indices.get(properties.getMessageId());
        if (index != null) {
            returned.set(index);
        }
    }

    void end(ShutdownSignalException reason) {
        fail(AmqpConnection.reason(reason));
    }

    synchronized void fail(String reason) {
        failure = failure == null ? reason : failure;
        notifyAll();
    }

    synchronized void await(Duration patience) throws InterruptedException, TimeoutException {
        long end = System.nanoTime() + patience.toNanos();
        while (!waiting.isEmpty() && failure == null) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                throw new TimeoutException("no confirmation within " + patience.toSeconds() + " s");
            }
            wait(left / 1_000_000 + 1);
        }
    }

    synchronized boolean isAnyRefused() {
        return !refused.isEmpty();
    }

    synchronized boolean isTaken(int index) {
        return taken.get(index) && !returned.get(index);
    }

    /** The first letter that no queue gets; -1 for none. */
    synchronized int firstReturned() {
        return returned.nextSetBit(0);
    }

    /** Why any others are not known to be taken; {@code null} if all others are. */
    synchronized String failure() {
        refused.andNot(returned);
        return failure != null ? failure : refused.isEmpty() ? null : "it refused " + refused.cardinality() + " messages, as when a queue is full";
    }
}
