package org.intelmq.jms.artemis;

import java.nio.charset.StandardCharsets;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.apache.activemq.artemis.api.core.ActiveMQDuplicateIdException;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQExceptionType;
import org.apache.activemq.artemis.core.transaction.impl.XidImpl;
import org.apache.activemq.artemis.utils.UUIDGenerator;

/**
 * Asks a broker far away whether it remembers an id. It has no question for that, but it does not prepare a transaction that would
 * remember an id twice; one that it has prepared is rolled back, so that nothing is remembered by asking.
 */
final class LedgerProbe {

    private static final int FORMAT = 0x494d51;

    private LedgerProbe() { }

    static boolean isKnown(Connection connection, String ledger, String id) throws ActiveMQException {
        Xid question = new XidImpl(UUIDGenerator.getInstance().generateStringUUID().getBytes(StandardCharsets.US_ASCII), FORMAT,
                new byte[] {1});
        try (var session = connection.inContainerTransactions(); var producer = session.createProducer(ledger)) {
            session.start(question, XAResource.TMNOFLAGS);
            producer.send(RememberedId.entry(id));
            session.end(question, XAResource.TMSUCCESS);
            try {
                session.prepare(question);
            } catch (XAException e) {
                if (!(e.getCause() instanceof ActiveMQDuplicateIdException)) {
                    throw e;
                }
                session.rollback(question);
                return true;
            }
            session.rollback(question);
            return false;
        } catch (XAException e) {
            throw new ActiveMQException("XA error " + e.errorCode + " " + e.getCause(), e, ActiveMQExceptionType.GENERIC_EXCEPTION);
        }
    }
}
