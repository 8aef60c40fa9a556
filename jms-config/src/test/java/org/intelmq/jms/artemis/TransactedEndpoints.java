package org.intelmq.jms.artemis;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.UnavailableException;
import jakarta.resource.spi.endpoint.MessageEndpoint;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.intelmq.jms.Delivery;
import org.intelmq.jms.DeliveryListener;

/** What an application server does around a message-driven bean: a transaction a delivery, rolled back when the bean throws. */
class TransactedEndpoints implements MessageEndpointFactory {

    private static final AtomicLong TRANSACTIONS = new AtomicLong();

    private final DeliveryListener bean;

    TransactedEndpoints(DeliveryListener bean) {
        this.bean = bean;
    }

    /** Adapters must not rely on the roll-back. */
    boolean commitsWhatTheBeanRefused() {
        return false;
    }

    /** Adapters must not rely on that either. */
    boolean endsTransactions() {
        return true;
    }

    @Override
    public MessageEndpoint createEndpoint(XAResource resource) throws UnavailableException {
        return new Endpoint(resource);
    }

    @Override
    public MessageEndpoint createEndpoint(XAResource resource, long timeout) throws UnavailableException {
        return createEndpoint(resource);
    }

    @Override
    public boolean isDeliveryTransacted(Method method) {
        return true;
    }

    @Override
    public String getActivationName() {
        return "test";
    }

    @Override
    public Class<?> getEndpointClass() {
        return DeliveryListener.class;
    }

    private final class Endpoint implements MessageEndpoint, DeliveryListener {

        private final XAResource resource;
        private Xid transaction;
        private boolean thrown;

        private Endpoint(XAResource resource) {
            this.resource = resource;
        }

        @Override
        public void beforeDelivery(Method method) throws ResourceException {
            thrown = false;
            transaction = new Branch(TRANSACTIONS.incrementAndGet());
            try {
                resource.start(transaction, XAResource.TMNOFLAGS);
            } catch (XAException e) {
                throw new ResourceException(e);
            }
        }

        @Override
        public void onDelivery(Delivery delivery) {
            try {
                bean.onDelivery(delivery);
            } catch (RuntimeException e) {
                thrown = !commitsWhatTheBeanRefused();
                throw e;
            }
        }

        @Override
        public void afterDelivery() throws ResourceException {
            if (!endsTransactions()) {
                return;
            }
            try {
                resource.end(transaction, thrown ? XAResource.TMFAIL : XAResource.TMSUCCESS);
                if (thrown) {
                    resource.rollback(transaction);
                } else {
                    resource.commit(transaction, true);
                }
            } catch (XAException e) {
                throw new ResourceException(e);
            }
        }

        @Override
        public void release() { }
    }

    private record Branch(long number) implements Xid {

        @Override
        public int getFormatId() {
            return 1;
        }

        @Override
        public byte[] getGlobalTransactionId() {
            return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
        }

        @Override
        public byte[] getBranchQualifier() {
            return new byte[] {1};
        }
    }
}
