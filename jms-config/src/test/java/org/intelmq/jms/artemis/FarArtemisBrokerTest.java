package org.intelmq.jms.artemis;

class FarArtemisBrokerTest extends ArtemisBrokerTest {

    @Override
    boolean isFar() {
        return true;
    }
}
