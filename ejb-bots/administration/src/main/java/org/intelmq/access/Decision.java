package org.intelmq.access;

import java.time.Duration;

/** Whether a request is passed on. */
public sealed interface Decision {

    /** @param pass whose it is; {@code null} if that is not known and need not be */
    record Enter(Pass pass) implements Decision { }

    /**
     * It ends here.
     *
     * @param status of HTTP
     * @param code   stable, for programs
     * @param detail what is wrong, for people
     * @param remedy the next step
     * @param delay  before the next try; {@code null} if that need not wait
     */
    record Refuse(int status, String code, String detail, String remedy, Duration delay) implements Decision {

        Refuse(int status, String code, String detail, String remedy) {
            this(status, code, detail, remedy, null);
        }
    }
}
