package org.intelmq.jms.artemis;

import java.util.concurrent.locks.ReentrantLock;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientProducer;
import org.apache.activemq.artemis.api.core.client.ClientSession;

/**
 * A session's part in the container's transactions, and the only way to acknowledge and to send over it. Outside a transaction the session
 * would do both immediately and for good, and a container that is being stopped calls the adapter without beginning a transaction. So both are
 * refused unless the container has started the branch. Thread-safe.
 */
final class TransactionBranch implements XAResource {

    private final ClientSession session;
    private final ClientProducer producer;
    private final ReentrantLock use = new ReentrantLock();
    private Xid started;
    private Xid cutOff;
    private boolean doomed;

    /** There is no transaction to do it in. */
    static final class NotStartedException extends Exception {

        private static final long serialVersionUID = 1L;

        NotStartedException() {
            super("the container has begun no transaction, or has ended it");
        }
    }

    TransactionBranch(ClientSession session, ClientProducer producer) {
        this.session = session;
        this.producer = producer;
    }

    void acknowledge(ClientMessage message) throws ActiveMQException, NotStartedException {
        use.lock();
        try {
            requireStarted();
            message.individualAcknowledge();
        } finally {
            use.unlock();
        }
    }

    void send(String queue, ClientMessage message) throws ActiveMQException, NotStartedException {
        use.lock();
        try {
            requireStarted();
            producer.send(queue, message);
        } finally {
            use.unlock();
        }
    }

    private void requireStarted() throws NotStartedException {
        if (started == null) {
            throw new NotStartedException();
        }
    }

    /** Whatever the container says later, this transaction is not committed. */
    void doom() {
        use.lock();
        try {
            doomed = true;
        } finally {
            use.unlock();
        }
    }

    /** Rolls back while the bean is still working; what it does from now on is refused. Does nothing outside a transaction. */
    void cutOff() throws XAException {
        use.lock();
        try {
            Xid branch = started;
            if (branch != null) {
                started = null;
                cutOff = branch;
                session.end(branch, TMFAIL);
                session.rollback(branch);
            }
        } finally {
            use.unlock();
        }
    }

    @Override
    public void start(Xid branch, int flags) throws XAException {
        use.lock();
        try {
            session.start(branch, flags);
            started = branch;
            doomed = false;
        } finally {
            use.unlock();
        }
    }

    @Override
    public void end(Xid branch, int flags) throws XAException {
        use.lock();
        try {
            started = null;
            refuseIfCutOff(branch);
            session.end(branch, flags);
        } finally {
            use.unlock();
        }
    }

    @Override
    public int prepare(Xid branch) throws XAException {
        rollBackIfDoomed(branch);
        return session.prepare(branch);
    }

    @Override
    public void commit(Xid branch, boolean onePhase) throws XAException {
        if (onePhase) {
            rollBackIfDoomed(branch);
        }
        session.commit(branch, onePhase);
    }

    private void refuseIfCutOff(Xid branch) throws XAException {
        if (branch.equals(cutOff)) {
            throw new XAException(XAException.XA_RBROLLBACK);
        }
    }

    private void rollBackIfDoomed(Xid branch) throws XAException {
        use.lock();
        try {
            refuseIfCutOff(branch);
            if (doomed) {
                session.rollback(branch);
                throw new XAException(XAException.XA_RBROLLBACK);
            }
        } finally {
            use.unlock();
        }
    }

    @Override
    public void rollback(Xid branch) throws XAException {
        use.lock();
        try {
            started = null;
            if (!branch.equals(cutOff)) {
                session.rollback(branch);
            }
        } finally {
            use.unlock();
        }
    }

    @Override
    public void forget(Xid branch) throws XAException {
        session.forget(branch);
    }

    @Override
    public Xid[] recover(int flags) throws XAException {
        return session.recover(flags);
    }

    @Override
    public boolean isSameRM(XAResource other) throws XAException {
        return session.isSameRM(other instanceof TransactionBranch branch ? branch.session : other);
    }

    @Override
    public int getTransactionTimeout() throws XAException {
        return session.getTransactionTimeout();
    }

    @Override
    public boolean setTransactionTimeout(int seconds) throws XAException {
        return session.setTransactionTimeout(seconds);
    }
}
