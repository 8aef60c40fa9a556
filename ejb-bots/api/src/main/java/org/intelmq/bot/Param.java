package org.intelmq.bot;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares a component of a parameter record as a parameter of {@code runtime.yaml}. The component gives name
 * ({@code filterKeys} is {@code filter_keys}) and type; this gives the rest. Without a default the parameter is required, unless
 * optional: then it is {@code null} when not set. A component without annotation must be a record: its parameters count as the bot's own.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Param {

    String UNSET = "\0";

    /** What it means, in one sentence. */
    String value();

    /** The default as an operator would type it; lists as {@code a, b}. */
    String byDefault() default UNSET;

    boolean optional() default false;

    String example() default "";

    /** Masked wherever it is shown. */
    boolean secret() default false;

    /** Whether an empty text says nothing, so that it counts as not set. For other than texts that is always so. */
    boolean neverEmpty() default false;

    /** Where in the value names of event fields stand. */
    FieldNames fields() default FieldNames.NONE;

    /** The name in {@code runtime.yaml} where it is not the component's. */
    String name() default "";

    /** Where a relative path is meant from: the bot gets it absolute. Of a text with a default, the default's words are no path. */
    Folder folder() default Folder.UNSAID;

    /** Former or other names that are understood too. */
    String[] aliases() default {};
}
