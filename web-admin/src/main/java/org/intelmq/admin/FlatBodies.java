package org.intelmq.admin;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.intelmq.administration.Refusal;

/** Refuses JSON that is nested so deeply that JSON-B, which recurses, would run out of stack. Texts that we parse ourselves have a limit there. */
@Provider
public class FlatBodies implements ReaderInterceptor {

    /** Objects and lists in each other: many more than anything that we are sent has. */
    static final int DEEPEST = 200;

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException, WebApplicationException {
        if (context.getType() != String.class) {
            byte[] body = context.getInputStream().readAllBytes();
            if (!isUtf8(body)) {
                throw new Refusal(Refusal.Kind.INVALID, "invalid-body", "the body has a byte 0, as in UTF-16", "Send it in UTF-8.");
            }
            if (depth(body) > DEEPEST) {
                throw new Refusal(Refusal.Kind.INVALID, "invalid-body", "the body is nested more than " + DEEPEST + " levels deep",
                        "Send it with fewer levels.");
            }
            context.setInputStream(new ByteArrayInputStream(body));
        }
        return context.proceed();
    }

    /** JSON in another encoding, which a parser would recognise and {@link #depth} would not, has a byte 0 in each of its signs. */
    static boolean isUtf8(byte[] json) {
        for (byte each : json) {
            if (each == 0) {
                return false;
            }
        }
        return true;
    }

    /** How deep it is at its deepest place; strings do not count. */
    static int depth(byte[] json) {
        int depth = 0;
        int deepest = 0;
        boolean isString = false;
        for (int i = 0; i < json.length; i++) {
            byte each = json[i];
            if (each == '"') {
                isString = !isString;
            } else if (isString) {
                if (each == '\\') {
                    i++;
                }
            } else if (each == '{' || each == '[') {
                depth++;
                deepest = Math.max(deepest, depth);
            } else if (each == '}' || each == ']') {
                depth--;
            }
        }
        return deepest;
    }
}
