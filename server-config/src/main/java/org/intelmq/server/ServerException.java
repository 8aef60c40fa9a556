package org.intelmq.server;

/** The server cannot run; the message tells an administrator why and what to do. */
class ServerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ServerException(String message) {
        super(message);
    }

    ServerException(String message, Throwable cause) {
        super(message, cause);
    }
}
