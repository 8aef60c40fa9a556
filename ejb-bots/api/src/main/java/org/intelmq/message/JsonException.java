package org.intelmq.message;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.util.regex.Pattern;

/** Text that is not JSON. */
public class JsonException extends RuntimeException {

    private static final long serialVersionUID = 1L;
    /** Matches the name of one of the reader's objects. */
    private static final Pattern SOURCE = Pattern.compile("\\s*\\((?:start marker|for \\w+ starting) at \\[.*?]\\)");

    public JsonException(String message, Throwable cause) {
        super(message, cause);
    }

    /** With a message on one line that names line and column. */
    static JsonException of(IOException reason) {
        if (reason instanceof JsonProcessingException problem) {
            JsonLocation at = problem.getLocation();
            String where = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
            return new JsonException(SOURCE.matcher(problem.getOriginalMessage()).replaceAll("") + " (no JSON" + where + ")", reason);
        }
        return new JsonException(reason.getMessage(), reason);
    }
}
