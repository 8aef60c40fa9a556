package org.intelmq.bot;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares a component of a parameter record as a parameter of {@code runtime.yaml}. The component gives the name ({@code filterKeys} is
 * {@code filter_keys}) and the type; this annotation gives the rest. Without a default the parameter is required, unless it is optional: then
 * it is {@code null} when not set. A component without this annotation must be a record: its parameters count as the bot's own.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Param {

    String UNSET = "\0";

    /** What the parameter means, in one sentence. */
    String value();

    /** The default as an operator would type it; lists as {@code a, b}. */
    String byDefault() default UNSET;

    boolean optional() default false;

    String example() default "";

    /** Masked wherever it is shown. */
    boolean secret() default false;

    /** Whether an empty text counts as not set, as it always does for types other than text. */
    boolean neverEmpty() default false;

    /** Whether numbers below 0 mean something; otherwise they are refused. */
    boolean mayBeNegative() default false;

    /** The form of the text, or of each text in a list; an empty one is allowed if the parameter is optional. */
    Form form() default Form.FREE;

    /** Where the value contains names of event fields. */
    FieldNames fields() default FieldNames.NONE;

    /** The name in {@code runtime.yaml} if it differs from the component's. */
    String name() default "";

    /**
     * The folder from which a relative path starts; the bot gets an absolute one. If the parameter is a text with a default, the default
     * itself is not a path.
     */
    Folder folder() default Folder.UNSAID;

    /** Former or alternative names that are accepted too. */
    String[] aliases() default {};
}
