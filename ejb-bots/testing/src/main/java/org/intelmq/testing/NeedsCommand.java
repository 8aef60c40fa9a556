package org.intelmq.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Leaves out a test, or all tests of a class, where one of these programs is not installed, and says so in one line. Those that
 * continuous integration installs are named in {@code .ci/packages}.
 */
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsCommand.Condition.class)
public @interface NeedsCommand {

    /** Names of programs, such as {@code rsync}. */
    String[] value();

    /** Looks whether they are there. */
    final class Condition implements ExecutionCondition {

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            List<String> missing = context.getElement().flatMap(element -> AnnotationSupport.findAnnotation(element, NeedsCommand.class))
                    .map(needs -> Arrays.stream(needs.value()).filter(name -> Commands.find(name).isEmpty()).toList()).orElse(List.of());
            if (missing.isEmpty()) {
                return ConditionEvaluationResult.enabled("all programs are there");
            }
            String reason = context.getRequiredTestClass().getSimpleName() + context.getTestMethod().map(method -> "." + method.getName()).orElse("")
                    + " is left out: not installed: " + String.join(", ", missing);
            System.err.println(reason);
            return ConditionEvaluationResult.disabled(reason);
        }
    }
}
