package org.intelmq.testing;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Decides for {@link NeedsCommand}. */
final class CommandCondition implements ExecutionCondition {

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
