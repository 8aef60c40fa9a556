package org.intelmq.mail;

import java.io.IOException;

/** A mail's attachment that cannot be used. It is set aside unchanged. */
public final class UnusableAttachment extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient byte[] content;
    private final String name;

    public UnusableAttachment(ReadMail.Attachment attachment, Exception reason) {
        super("attachment " + attachment.name() + " cannot be used: " + reason.getMessage(), reason);
        this.content = attachment.content();
        this.name = attachment.name();
    }

    byte[] content() {
        return content;
    }

    String name() {
        return name;
    }
}
