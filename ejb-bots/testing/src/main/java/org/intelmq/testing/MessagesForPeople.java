package org.intelmq.testing;

import java.util.regex.Pattern;

/** Tells what is said to an operator from what the JDK says to programmers. */
public final class MessagesForPeople {

    /** In what the JDK says. */
    private static final Pattern FOR_PROGRAMMERS = Pattern.compile(
            "Cannot (invoke|read|load|throw|store|enter)|cannot be cast|class java\\.|For input string|out of bounds"
            + "|index out of range|No value present|^(begin|Index|Range|Text) |^null$|^-?\\d+$|toIndex|Illegal (base64|character)|"
            + "Input byte|newPosition|no hexadecimal|NumberFormat"
            + "|Zero length|\\[Source");

    private MessagesForPeople() { }

    public static boolean isForProgrammers(String message) {
        return message == null || message.isBlank() || FOR_PROGRAMMERS.matcher(message).find();
    }
}
