package org.intelmq.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Leaves a test, or all tests of a class, out where one of these programs is not installed, and says so in one line. Those that
 * continuous integration installs are named in {@code .ci/packages}.
 */
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(CommandCondition.class)
public @interface NeedsCommand {

    /** Names of programs, such as {@code rsync}. */
    String[] value();
}
