package org.intelmq.network;

import java.io.IOException;

/** A failure that another attempt will not mend. */
final class FinalException extends IOException {

    private static final long serialVersionUID = 1L;

    FinalException(String message) {
        super(message);
    }
}
