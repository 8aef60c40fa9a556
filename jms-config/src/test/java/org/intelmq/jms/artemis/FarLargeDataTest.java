package org.intelmq.jms.artemis;

class FarLargeDataTest extends LargeDataTest {

    @Override
    boolean isFar() {
        return true;
    }
}
