package org.intelmq.message;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Set;
import org.intelmq.text.PythonText;

/** The hash by which IntelMQ tells whether two messages say the same. */
final class MessageHash {

    /** Cannot occur in UTF-8, so no two different contents run together into the same bytes. */
    private static final byte SEPARATOR = (byte) 0xc0;

    private MessageHash() { }

    static byte[] of(Message message, Set<Field> filter, boolean whitelist) {
        Field[] fields = new Field[message.size()];
        int taken = 0;
        for (int i = 0; i < fields.length; i++) {
            Field field = message.fieldAt(i);
            if (field != Fields.TIME_OBSERVATION && filter.contains(field) == whitelist) {
                fields[taken++] = field;
            }
        }
        Arrays.sort(fields, 0, taken);
        MessageDigest digest = sha256();
        StringBuilder text = new StringBuilder(128);
        for (int i = 0; i < taken; i++) {
            digest.update(fields[i].name().getBytes(StandardCharsets.UTF_8));
            digest.update(SEPARATOR);
            text.setLength(0);
            PythonText.repr(message.valueAt(message.indexOf(fields[i])), text);
            digest.update(text.toString().getBytes(StandardCharsets.UTF_8));
            digest.update(SEPARATOR);
        }
        return digest.digest();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
