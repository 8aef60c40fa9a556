package org.intelmq.engine.failure;

import java.time.Duration;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.UndecodableException;
import org.intelmq.engine.settings.RuntimeParams;
import org.intelmq.message.InvalidValue;

/** The one place that decides what follows from a failure; others carry it out. */
public final class FailurePolicy {

    private FailurePolicy() { }

    /**
     * Decides about one message that a bot was given.
     *
     * @param attempt how many times it has failed before
     * @param stopping whether the bot is being stopped
     */
    public static Verdict ofMessage(Exception reason, int attempt, boolean stopping, RuntimeParams params, Patience patience) {
        if (stopping) {
            return new Verdict.GoBack();
        }
        if (Away.isService(reason)) {
            return new Verdict.Wait(false);
        }
        boolean doubtful = Away.isConnection(reason);
        if (doubtful && !patience.worked()) {
            // several messages in a row have failed in this way, so the messages are not the cause
            return new Verdict.Wait(true);
        }
        if (reason instanceof ConfigurationException) {
            return new Verdict.Stop();
        }
        boolean hopeless = reason instanceof InvalidValue || reason instanceof UndecodableException;
        int tries = doubtful ? Math.max(1, params.errorMaxRetries()) : params.errorMaxRetries();
        return !hopeless && attempt < tries ? new Verdict.RetryAfter(params.errorRetryDelay()) : giveUp(params);
    }

    /** Decides about a collector's run; the parameters are those of {@link #ofMessage}. */
    public static Verdict ofRun(Exception reason, int attempt, boolean stopping, RuntimeParams params) {
        if (stopping) {
            return new Verdict.GoBack();
        }
        if (Away.isService(reason) || Away.isConnection(reason)) {
            return new Verdict.Wait(false);
        }
        if (reason instanceof ConfigurationException) {
            return new Verdict.Stop();
        }
        return attempt < params.errorMaxRetries() ? new Verdict.RetryAfter(params.errorRetryDelay()) : giveUp(params);
    }

    /** Decides about a stream whose run has ended: it is run again after this pause. */
    public static Verdict ofStream(Exception reason, Duration pause, RuntimeParams params) {
        if (reason instanceof ConfigurationException) {
            return new Verdict.Stop();
        }
        if (Away.keepsFromStarting(reason)) {
            return new Verdict.Wait(false);
        }
        return params.errorProcedure() == RuntimeParams.ErrorProcedure.STOP ? giveUp(params) : new Verdict.RetryAfter(pause);
    }

    private static Verdict giveUp(RuntimeParams params) {
        return new Verdict.GiveUp(params.errorProcedure() == RuntimeParams.ErrorProcedure.STOP);
    }

    /** Decides about a bot that could not be created: it waits, or does not start. */
    public static Verdict ofStart(Exception reason) {
        return Away.keepsFromStarting(reason) ? new Verdict.Wait(false) : new Verdict.Stop();
    }
}
