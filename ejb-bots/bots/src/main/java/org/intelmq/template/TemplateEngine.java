package org.intelmq.template;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.LegacyOverrides;
import com.hubspot.jinjava.el.JinjavaProcessors;
import com.hubspot.jinjava.interpret.Context;
import com.hubspot.jinjava.interpret.Context.Library;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.Importable;
import com.hubspot.jinjava.lib.tag.SetTag;
import com.hubspot.jinjava.loader.ResourceNotFoundException;
import com.hubspot.jinjava.tree.parse.TagToken;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Jinjava, restricted to Jinja's features that need nothing but the event: no files, no classes, no network, and every rendering ends. */
final class TemplateEngine {

    private static final Set<String> TAGS = Set.of("for", "endfor", "if", "elif", "else", "endif", "set", "endset", "raw", "endraw", "macro",
            "endmacro", "call", "endcall", "block", "endblock", "autoescape", "endautoescape", "do", "enddo", "break", "continue");
    private static final Set<String> FUNCTIONS = Set.of(":range", ":namespace");
    private static final int LONGEST_RANGE = 100_000;
    private static final int DEEPEST = 20;

    private final Jinjava jinjava;
    private final Map<Library, Set<String>> notAllowed = notAllowed();

    TemplateEngine(TemplateBudget budget) {
        LegacyOverrides asInPython = LegacyOverrides.newBuilder().withUseNaturalOperatorPrecedence(true).withIterateOverMapKeys(true)
                .withEvaluateMapKeys(true).withParseWhitespaceControlStrictly(true).withAllowAdjacentTextNodes(true)
                .withUseTrimmingForNotesAndExpressions(true).withKeepNullableLoopValues(true).build();
        JinjavaConfig config = JinjavaConfig.newBuilder().withLegacyOverrides(asInPython).withNestedInterpretationEnabled(false)
                .withElResolver(new EventResolver(budget)).withLocale(Locale.ROOT).withTimeZone(ZoneOffset.UTC)
                .withMaxOutputSize(TemplateBudget.LARGEST).withMaxStringLength(TemplateBudget.LARGEST)
                .withMaxListSize(TemplateBudget.LARGEST).withMaxMapSize(TemplateBudget.LARGEST)
                .withRangeLimit(LONGEST_RANGE).withMaxRenderDepth(DEEPEST)
                .withProcessors(JinjavaProcessors.newBuilder().withNodePreProcessor((node, interpreter) -> budget.spend(1)).build()).build();
        jinjava = made(config);
        jinjava.setResourceLocator((name, charset, interpreter) -> {
            throw new ResourceNotFoundException("a template cannot load " + name);
        });
        Context context = jinjava.getGlobalContext();
        PythonFilters.ALL.forEach(context::registerFilter);
        context.registerTag(new PythonFor(budget));
        context.registerTag(new LimitedSet(budget));
        context.getAllFunctions().stream().filter(function -> !FUNCTIONS.contains(function.getName())).map(MissingFunction::inPlaceOf)
                .forEach(context::registerFunction);
        PythonFunctions.ALL.forEach(context::registerFunction);
    }

    JinjavaInterpreter newInterpreter() {
        return new JinjavaInterpreter(jinjava, new Context(jinjava.getGlobalContext(), Map.of(), notAllowed), jinjava.getGlobalConfig());
    }

    /** Jinjava looks for its own classes with the class loader of the thread, which may be one that does not know them. */
    private static Jinjava made(JinjavaConfig config) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(TemplateEngine.class.getClassLoader());
        try {
            return new Jinjava(config);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Everything that Jinjava has except what is named here, so that additions in new versions are not allowed either. */
    private static Map<Library, Set<String>> notAllowed() {
        Context all = made(new JinjavaConfig()).getGlobalContext();
        return Map.of(Library.TAG, others(all.getAllTags(), TAGS), Library.FILTER, others(all.getAllFilters(), FilterLimits.ALLOWED));
    }

    private static Set<String> others(Collection<? extends Importable> all, Set<String> allowed) {
        return all.stream().map(Importable::getName).filter(name -> !allowed.contains(name)).collect(Collectors.toSet());
    }

    private static final class LimitedSet extends SetTag {

        private static final long serialVersionUID = 1L;

        private final transient TemplateBudget budget;

        private LimitedSet(TemplateBudget budget) {
            this.budget = budget;
        }

        @Override
        public void executeSet(TagToken token, JinjavaInterpreter interpreter, String[] names, List<?> values, boolean deferred) {
            super.executeSet(token, interpreter, names, budget.checked(values), deferred);
            for (int i = 0; values != null && i < Math.min(names.length, values.size()); i++) {
                if (values.get(i) instanceof PythonFunctions.Joiner joiner) {
                    joiner.callableAs(names[i], interpreter);
                }
            }
        }
    }
}
