package org.intelmq.jms.artemis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class WaitingNumbersTest {

    private long messages;
    private Runnable meanwhile = () -> { };
    private final WaitingNumbers numbers = new WaitingNumbers(new WaitingNumbers.Questions() {

        @Override
        public Object server(String operation, Object... arguments) {
            String answer = "{\"data\": [{\"name\": \"in\", \"internalQueue\": false, \"temporary\": false, \"routingType\": \"ANYCAST\", \"messageCount\": "
                    + messages + ", \"scheduledCount\": 0}]}";
            meanwhile.run();
            return answer;
        }

        @Override
        public Object queue(String queue, String operation, Object... arguments) {
            return operation.equals("countMessages") ? "{\"5\": " + messages + "}" : "{}";
        }
    }, () -> true);

    @Test
    void addsWhatWasSentSinceTheBrokerWasAsked() {
        messages = 2;
        numbers.sent("in", 10);
        assertEquals(10, numbers.events("in"));
        numbers.sent("in", 1);
        assertEquals(11, numbers.events("in"));
    }

    @Test
    void knowsWhatIsSentWhileTheBrokerIsAsked() {
        meanwhile = () -> numbers.sent("in", 7);
        assertEquals(7, numbers.events("in"));
    }
}
