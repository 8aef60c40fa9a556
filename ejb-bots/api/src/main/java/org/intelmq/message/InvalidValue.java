package org.intelmq.message;

import org.intelmq.text.python.PythonText;

/** A value that its field does not accept. Such a message is not tried again. */
public class InvalidValue extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final int LONGEST_SHOWN = 200;

    public InvalidValue(String message) {
        super(message);
    }

    InvalidValue(Field field, Object value, String reason) {
        super(field.name() + " cannot be \"" + shown(value) + "\": " + reason);
    }

    private static String shown(Object value) {
        String text = PythonText.str(value);
        return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "...";
    }
}
