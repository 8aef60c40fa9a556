package org.intelmq.bot;

import java.io.IOException;

/** A report has more data than the bots that read it whole can hold in memory. */
public final class ReportTooLargeException extends IOException {

    private static final long serialVersionUID = 1L;

    ReportTooLargeException(String message) {
        super(message);
    }
}
