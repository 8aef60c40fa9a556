package org.intelmq.engine.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.intelmq.jms.Parcel;
import org.intelmq.jms.Sender;
import org.junit.jupiter.api.Test;

class TransactionTest {

    private static final Sender NOTHING_SENT = new Sender() {
        @Override
        public void send(String queue, Parcel parcel) {
            throw new IllegalStateException("nothing is sent in this test");
        }

        @Override
        public void send(String queue, Parcel parcel, InputStream data) {
            throw new IllegalStateException("nothing is sent in this test");
        }
    };

    private static IllegalStateException failure(String message) {
        return new IllegalStateException(message);
    }

    @Test
    void whatFailsAfterTheCommitKeepsNothingElseFromBeingDone() {
        List<String> done = new ArrayList<>();
        Transaction transaction = new Transaction(NOTHING_SENT);
        transaction.atEnd(() -> done.add("released"));
        transaction.afterCommit(() -> done.add("first"));
        transaction.afterCommit(() -> {
            throw failure("one");
        });
        transaction.afterCommit(() -> done.add("second"));
        transaction.afterCommit(() -> {
            throw failure("two");
        });
        IllegalStateException e = assertThrows(IllegalStateException.class, transaction::committed);
        assertEquals(List.of("released", "first", "second"), done);
        assertEquals("one", e.getMessage());
        assertEquals("two", e.getSuppressed()[0].getMessage());
    }
}
