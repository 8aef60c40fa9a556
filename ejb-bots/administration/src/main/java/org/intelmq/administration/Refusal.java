package org.intelmq.administration;

import java.util.List;
import org.intelmq.pipeline.Problem;

/** Refuses a request, in words for an operator and with a code for programs. */
public final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why, roughly: the HTTP status is in the name's documentation. */
    public enum Kind {
        /** 400: the arguments are wrong. */
        INVALID,
        /** 403: the role does not allow it. */
        FORBIDDEN,
        /** 404: there is no such thing. */
        UNKNOWN,
        /** 409: something else has changed or is under way. */
        CONFLICT,
        /** 422: understood, but the result would be wrong; see {@link Refusal#problems()}. */
        UNACCEPTABLE,
        /** 503: later, perhaps. */
        UNAVAILABLE
    }

    private final Kind kind;
    private final String code;
    private final String remedy;
    private final transient List<Problem> problems;
    private final transient Object difference;

    /**
     * @param code    stable, in lower case with hyphens: {@code unknown-bot}
     * @param message what was asked, what is wrong with it, what was expected
     * @param remedy  the next step
     */
    public Refusal(Kind kind, String code, String message, String remedy) {
        this(kind, code, message, remedy, List.of());
    }

    public Refusal(Kind kind, String code, String message, String remedy, List<Problem> problems) {
        this(kind, code, message, remedy, problems, null);
    }

    /** @param difference what has changed meanwhile, as answers have it; {@code null} for nothing */
    public Refusal(Kind kind, String code, String message, String remedy, List<Problem> problems, Object difference) {
        super(message);
        this.difference = difference;
        this.kind = kind;
        this.code = code;
        this.remedy = remedy;
        this.problems = List.copyOf(problems);
    }

    public Kind kind() {
        return kind;
    }

    public String code() {
        return code;
    }

    public String remedy() {
        return remedy;
    }

    /** What somebody else has changed meanwhile; {@code null} if it is not about that. */
    public Object difference() {
        return difference;
    }

    /** Each with its bot and parameter; empty unless a configuration was refused. */
    public List<Problem> problems() {
        return problems;
    }
}
