package org.intelmq.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.intelmq.jms.Parcel;
import org.intelmq.jms.RunningBroker;
import org.intelmq.server.testing.ServerProcess;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Consumers that come and go while the real archive is deployed, in the container's transactions. */
@ExtendWith(ArquillianExtension.class)
class DeliveryContainerIT {

    private static final Duration LONG_ENOUGH = Duration.ofMinutes(1);
    private static final String POOL = "scripted";

    /** The archive that is shipped, and one message-driven bean more. */
    @Deployment
    static EnterpriseArchive application() throws IOException {
        var listener = ShrinkWrap.create(JavaArchive.class, "scripted-listener.jar").addClass(ScriptedListener.class)
                .addAsManifestResource(new StringAsset("""
                        <glassfish-ejb-jar>
                            <enterprise-beans>
                                <ejb>
                                    <ejb-name>ScriptedListener</ejb-name>
                                    <mdb-resource-adapter>
                                        <resource-adapter-mid>intelmq#jms-config</resource-adapter-mid>
                                    </mdb-resource-adapter>
                                </ejb>
                            </enterprise-beans>
                        </glassfish-ejb-jar>
                        """), "glassfish-ejb-jar.xml");
        var ear = ShrinkWrap.createFromZipFile(EnterpriseArchive.class, ServerProcess.distribution().resolve("lib/intelmq.ear").toFile());
        String modules;
        try (InputStream in = ear.get("META-INF/application.xml").getAsset().openStream()) {
            modules = new String(in.readAllBytes(), UTF_8);
        }
        ear.delete("META-INF/application.xml");
        return ear.addAsModule(listener).setApplicationXML(new StringAsset(modules.replace("<library-directory>",
                "<module><ejb>scripted-listener.jar</ejb></module><library-directory>")));
    }

    @Test
    void aConsumerStartedAtRunTimeIsGivenWhatWaits() {
        ScriptedListener.script = delivery -> delivery.sender().send("started-out", delivery.parcel());
        RunningBroker.get().send("started-in", events(3));

        RunningBroker.get().startConsumer(POOL, "started-in", 1);

        await().atMost(LONG_ENOUGH).until(() -> RunningBroker.get().length("started-in") == 0);
        assertEquals(3, RunningBroker.get().length("started-out"));
    }

    @Test
    void aThrowRollsBackWithNothingSent() {
        var deliveries = new AtomicInteger();
        ScriptedListener.script = delivery -> {
            delivery.sender().send("thrown-out", delivery.parcel());
            if (deliveries.incrementAndGet() == 1) {
                assertEquals(1, delivery.deliveryCount());
                throw new IllegalStateException("the first time");
            }
            assertEquals(2, delivery.deliveryCount());
        };
        RunningBroker.get().startConsumer(POOL, "thrown-in", 1);
        RunningBroker.get().send("thrown-in", events(3));

        await().atMost(LONG_ENOUGH).until(() -> RunningBroker.get().length("thrown-in") == 0);
        assertEquals(2, deliveries.get());
        assertEquals(1, RunningBroker.get().peek("thrown-out", 10).size());
        assertEquals(3, RunningBroker.get().length("thrown-out"));
    }

    @Test
    void aConsumerIsResizedAndStoppedWhileMessagesFlow() {
        var atWork = new AtomicInteger();
        var most = new AtomicInteger();
        var all = new CountDownLatch(4);
        ScriptedListener.script = delivery -> {
            most.accumulateAndGet(atWork.incrementAndGet(), Math::max);
            all.countDown();
            try {
                assertTrue(all.await(LONG_ENOUGH.toSeconds(), TimeUnit.SECONDS));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            atWork.decrementAndGet();
        };
        RunningBroker.get().startConsumer(POOL, "resized-in", 1);
        RunningBroker.get().startConsumer(POOL, "resized-in", 4);
        for (int i = 0; i < 8; i++) {
            // larger than what a session fetches ahead
            RunningBroker.get().send("resized-in", new Parcel(Parcel.Kind.EVENTS, 1, new byte[300_000], null, 0, 0));
        }

        await().atMost(LONG_ENOUGH).until(() -> RunningBroker.get().length("resized-in") == 0);
        assertEquals(4, most.get());

        RunningBroker.get().stopConsumer("resized-in");
        RunningBroker.get().send("resized-in", events(1));
        assertEquals(1, RunningBroker.get().length("resized-in"));
    }

    private static Parcel events(int count) {
        return new Parcel(Parcel.Kind.EVENTS, count, "events".getBytes(UTF_8), null, 0, 0);
    }
}
