package org.intelmq.oidc;

import java.util.Locale;

/** Why a login with the provider fails: the details for the log, a code and a next step for whoever wanted to log in. */
public final class SignOnException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Kinds of reasons; each has a text in the console. */
    public enum Reason {

        NOT_BEGUN_HERE("Begin the login again, in this browser, and finish it within ten minutes."),
        PROVIDER_UNREACHABLE("Try again in a moment. If it does not help, see the server's log, or log in with a password."),
        PROVIDER_ANSWER_UNUSABLE("Have an administrator look at the server's log and at the settings INTELMQ_OIDC_…."),
        PROVIDER_REFUSED("Ask those who run the provider."),
        NO_ACCOUNT_NAME("Have an administrator set INTELMQ_OIDC_ACCOUNT_CLAIM to a claim that holds a name."),
        NO_ROLE("Ask for one of the groups that give a role here; an administrator sees in INTELMQ_OIDC_ROLES which these are.");

        private final String remedy;

        Reason(String remedy) {
            this.remedy = remedy;
        }

        /** Stable, for programs: {@code no-role}. */
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        public String remedy() {
            return remedy;
        }
    }

    private final Reason reason;
    private final String account;

    SignOnException(Reason reason, String detail) {
        this(reason, detail, null, null);
    }

    SignOnException(Reason reason, String detail, Throwable cause) {
        this(reason, detail, null, cause);
    }

    /** @param account whose login it is, as the provider says; {@code null} if it has not said so */
    SignOnException(Reason reason, String detail, String account, Throwable cause) {
        super(detail, cause);
        this.reason = reason;
        this.account = account;
    }

    public Reason reason() {
        return reason;
    }

    /** {@code null} if the provider has not said who it is. */
    public String account() {
        return account;
    }
}
