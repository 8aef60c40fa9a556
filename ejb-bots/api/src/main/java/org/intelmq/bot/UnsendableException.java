package org.intelmq.bot;

/** A message that the next bot could not read. It is refused when it is sent, before anything of it leaves. Not tried again. */
public final class UnsendableException extends UndecodableException {

    private static final long serialVersionUID = 1L;

    public UnsendableException(String message) {
        super(message);
    }
}
