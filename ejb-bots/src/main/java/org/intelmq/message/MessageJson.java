package org.intelmq.message;

/** Messages as JSON text, spelled exactly as IntelMQ spells them. Thread-safe. */
public final class MessageJson {

    private MessageJson() { }

    /** All fields in order of adding and {@code __type} last, non-ASCII escaped: the form on IntelMQ's queues. */
    public static String serialize(Message message) {
        throw new UnsupportedOperationException();
    }

    /**
     * Reads the serialised form; every field is checked, and cleaned where it must be.
     *
     * @param defaultType {@code Event} or {@code Report}, taken where the text has no {@code __type}; {@code null} to demand one
     * @throws InvalidArgument for an unknown type
     */
    public static Message parse(String text, Harmonization harmonization, String defaultType) {
        throw new UnsupportedOperationException();
    }

    static String subitemsAsText(Message message, Field field) {
        throw new UnsupportedOperationException();
    }
}
