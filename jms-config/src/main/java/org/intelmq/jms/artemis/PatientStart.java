package org.intelmq.jms.artemis;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.logging.Logger;
import org.intelmq.jms.BrokerException;

/**
 * Waits for a broker that is not there yet, and says so: immediately, and again every minute.
 *
 * @param pause between two attempts
 * @param giveUp whether the server is to stop meanwhile
 * @param waiting told what is being waited for, to show it while the server starts
 */
record PatientStart(Duration pause, BooleanSupplier giveUp, Consumer<String> waiting) {

    private static final Logger LOG = Logger.getLogger(PatientStart.class.getName());
    private static final Duration SAY_AGAIN = Duration.ofMinutes(1);
    private static final String STEP = "intelmq.start-step";
    private static final String STOP = "intelmq.stop-wanted";

    /** For the launcher, which shows the step and says when to stop. */
    static PatientStart ofServer() {
        return new PatientStart(Duration.ofSeconds(2), () -> Boolean.getBoolean(STOP), text -> System.setProperty(STEP, text));
    }

    /** One attempt. */
    interface Try<T> {
        T run() throws Exception;
    }

    /** @throws BrokerException from the attempt itself, or when the server is to stop */
    <T> T until(String broker, Try<T> attempt) {
        long said = 0;
        boolean first = true;
        while (true) {
            try {
                return attempt.run();
            } catch (BrokerException e) {
                throw e;
            } catch (Exception e) {
                if (first || System.nanoTime() - said > SAY_AGAIN.toNanos()) {
                    LOG.severe("The broker at " + broker + " cannot be reached: " + reason(e) + ". The server waits for it and tries again every "
                            + pause.toSeconds() + " s. Is the broker running, is INTELMQ_BROKER right, does the broker accept our certificate if it "
                            + "asks for one, and does a firewall block the connection?");
                    said = System.nanoTime();
                    first = false;
                }
                waiting.accept("waiting for the broker at " + broker);
            }
            long until = System.nanoTime() + pause.toNanos();
            do {
                if (giveUp.getAsBoolean()) {
                    throw new BrokerException("the broker at " + broker + " was not reached before the server was stopped");
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            } while (System.nanoTime() - until < 0);
        }
    }

    /** What is behind it all, in words. */
    static String reason(Exception e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
