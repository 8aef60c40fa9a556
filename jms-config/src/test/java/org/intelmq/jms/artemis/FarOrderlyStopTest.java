package org.intelmq.jms.artemis;

class FarOrderlyStopTest extends OrderlyStopTest {

    @Override
    boolean isFar() {
        return true;
    }
}
