package org.intelmq.jms.artemis;

import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.intelmq.jms.BrokerException;
import org.intelmq.jms.OwnTransaction;
import org.intelmq.jms.Parcel;

/** Sends over one session, within its transaction. */
final class SessionSender implements OwnTransaction {

    private final QueueStore queues;
    private final Way way;
    private final Map<String, Integer> sent = new HashMap<>();

    /** Over the session. */
    interface Way {
        void send(String queue, ClientMessage message) throws ActiveMQException, TransactionBranch.NotStartedException;
    }

    SessionSender(QueueStore queues, Way way) {
        this.queues = queues;
        this.way = way;
    }

    @Override
    public void send(String queue, Parcel parcel) {
        send(queue, parcel, ParcelMessage.of(parcel));
    }

    @Override
    public void send(String queue, Parcel parcel, InputStream data) {
        send(queue, parcel, ParcelMessage.of(parcel, data));
    }

    /** To be told when the session has committed. */
    void committed() {
        sent.forEach(queues::sent);
    }

    @Override
    public void remember(String ledger, String id) {
        queues.ensureLedger(ledger);
        over(ledger, RememberedId.entry(id));
    }

    private void send(String queue, Parcel parcel, ClientMessage message) {
        queues.ensure(queue);
        over(queue, message);
        sent.merge(queue, parcel.count(), Integer::sum);
    }

    private void over(String address, ClientMessage message) {
        try {
            way.send(address, message);
        } catch (ActiveMQException | TransactionBranch.NotStartedException e) {
            throw new BrokerException("queue " + address + " does not accept the message: " + e.getMessage(), e);
        }
    }
}
