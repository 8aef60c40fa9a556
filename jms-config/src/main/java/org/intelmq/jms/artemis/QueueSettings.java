package org.intelmq.jms.artemis;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/** The settings that a broker has to keep for our queues, wherever it runs. */
final class QueueSettings {

    static final String DEAD_LETTERS = "DLQ";
    static final String EXPIRED = "ExpiryQueue";
    private static final int MEBIBYTE = 1 << 20;
    /** The number of messages whose events are counted; those behind them are assumed to hold as many on average. */
    private static final int COUNTED_MESSAGES = 10_000;

    private QueueSettings() { }

    static AddressSettings of(BrokerSettings settings) {
        return new AddressSettings()
                .setDeadLetterAddress(SimpleString.of(DEAD_LETTERS))
                .setExpiryAddress(SimpleString.of(EXPIRED))
                // the pipeline decides what has failed too often; the broker never gives up by itself
                .setMaxDeliveryAttempts(-1)
                .setRedeliveryDelay(TimeUnit.SECONDS.toMillis(1))
                .setRedeliveryMultiplier(2)
                .setMaxRedeliveryDelay(TimeUnit.MINUTES.toMillis(1))
                .setAddressFullMessagePolicy(settings.whenFull())
                .setMaxSizeBytes(settings.queueMemory())
                .setPageSizeBytes(4 * MEBIBYTE)
                .setMaxReadPageBytes(8 * MEBIBYTE)
                .setPrefetchPageBytes(4 * MEBIBYTE)
                .setDefaultQueueRoutingType(RoutingType.ANYCAST)
                .setDefaultAddressRoutingType(RoutingType.ANYCAST)
                .setAutoCreateQueues(false)
                .setAutoCreateAddresses(false)
                .setAutoDeleteQueues(false)
                .setAutoDeleteAddresses(false);
    }

    /** The same for a queue of a broker that others may use too. */
    static AddressSettings ofExternal(BrokerSettings settings) {
        return of(settings).setIDCacheSize(settings.knownIds()).setManagementBrowsePageSize(COUNTED_MESSAGES);
    }

    /** Settings that an operator of the broker has changed in such a way that messages could be lost or stuck; one line each. */
    static List<String> lacks(AddressSettings actual) {
        List<String> lacks = new ArrayList<>();
        if (actual.getMaxDeliveryAttempts() != -1) {
            lacks.add("max-delivery-attempts is " + actual.getMaxDeliveryAttempts() + ", expected -1: the broker would move away messages that fail "
                    + "for a while");
        }
        AddressFullMessagePolicy whenFull = actual.getAddressFullMessagePolicy();
        if (whenFull != AddressFullMessagePolicy.PAGE && whenFull != AddressFullMessagePolicy.BLOCK) {
            lacks.add("address-full-policy is " + whenFull + ", expected PAGE or BLOCK: the broker would refuse or drop events");
        }
        if (actual.isAutoDeleteQueues()) {
            lacks.add("auto-delete-queues is true, expected false");
        }
        if (actual.isAutoDeleteAddresses()) {
            lacks.add("auto-delete-addresses is true, expected false: the broker would forget what a collector has already taken");
        }
        if (actual.getDeadLetterAddress() == null) {
            lacks.add("dead-letter-address is not set: the broker would delete messages that it gives up");
        }
        if (actual.getExpiryAddress() == null) {
            lacks.add("expiry-address is not set: the broker would delete messages that expire");
        }
        return lacks;
    }
}
