package org.intelmq.host;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;

import org.intelmq.jms.Delivery;

/** Runs the pipeline as long as the application is deployed. */
@Startup
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
public class BotHost {

    private final Pipeline pipeline = new Relay();

    @PostConstruct
    void start() {
        pipeline.start();
    }

    @PreDestroy
    void stop() {
        pipeline.close();
    }

    public void deliver(Delivery delivery) {
        pipeline.deliver(delivery);
    }
}
