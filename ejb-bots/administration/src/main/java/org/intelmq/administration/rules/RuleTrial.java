package org.intelmq.administration.rules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.logging.Logger;
import org.intelmq.administration.Refusal;
import org.intelmq.administration.Site;
import org.intelmq.administration.configuration.Edit;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.RuleText;
import org.intelmq.message.Harmonization;
import org.intelmq.message.Json;
import org.intelmq.message.Message;
import org.intelmq.message.MessageJson;
import org.intelmq.message.Report;
import org.intelmq.parameters.ParameterSchema;
import org.intelmq.pipeline.Problem;
import org.intelmq.pipeline.Severity;

/** Rules made by the bot's own code, tried on events. For one use. */
final class RuleTrial {

    private final RuleText.Rules rules;
    private final Harmonization harmonization;

    private RuleTrial(RuleText.Rules rules, Harmonization harmonization) {
        this.rules = rules;
        this.harmonization = harmonization;
    }

    /** @throws Refusal {@code mistaken-rules} if the bot would not start with them */
    static RuleTrial of(Site site, String kind, String text) {
        RuleText.Reading reading = read(site, kind, text);
        requireUsable(reading, null);
        if (reading.rules() == null) {
            throw new Refusal(Refusal.Kind.INVALID, "no-rules", "files of the kind " + kind + " cannot be tried out",
                    "Save it and look at the bot.");
        }
        return new RuleTrial(reading.rules(), site.workbench().harmonization());
    }

    /** @param bot that problems are told of, {@code null} for none */
    static void requireUsable(RuleText.Reading reading, String bot) {
        List<Problem> fatal = reading.mistakes().stream().filter(RuleText.Mistake::fatal).map(mistake -> new Problem(bot, null, Severity.REFUSED,
                "line " + mistake.line() + ", column " + mistake.column() + ": " + mistake.text())).toList();
        if (!fatal.isEmpty()) {
            throw new Refusal(Refusal.Kind.UNACCEPTABLE, "mistaken-rules", "the bot would not start with these rules: " + fatal.get(0).text(),
                    "Fix the rules.", fatal);
        }
    }

    static RuleText.Reading read(Site site, String kind, String text) {
        if (text == null) {
            throw new Refusal(Refusal.Kind.INVALID, "missing-text", "there is no text", "Send the rules in 'text'.");
        }
        Set<String> kinds = new LinkedHashSet<>();
        for (BotType<?> type : site.catalogue().types()) {
            if (type.rules() != null && type.rules().kind().equals(kind)) {
                return read(type, text, site.workbench().context("trial", silent()));
            }
            if (type.rules() != null) {
                kinds.add(type.rules().kind());
            }
        }
        throw new Refusal(Refusal.Kind.INVALID, "unknown-kind", "kind cannot be \"" + kind + "\": expected one of " + String.join(", ", kinds),
                "Send one of these.");
    }

    private static <P extends Record> RuleText.Reading read(BotType<P> type, String text, BotContext context) {
        return type.rules().reader().read(text, ParameterSchema.of(type.params()).read(Map.of(), Set.of()).value(), context);
    }

    private static Logger silent() {
        Logger log = Logger.getAnonymousLogger();
        log.setUseParentHandlers(false);
        return log;
    }

    List<TryRules.Way> ways(List<Map<String, Object>> events) {
        return events.stream().map(this::way).toList();
    }

    private TryRules.Way way(Map<String, Object> fields) {
        Map<String, Object> typed = new LinkedHashMap<>();
        fields.forEach((name, value) -> typed.put(name, Edit.plain(value)));
        typed.put("__type", "Event");
        Message event;
        try {
            event = MessageJson.parse(Json.write(typed), harmonization, "Event");
        } catch (RuntimeException e) {
            return new TryRules.Way(List.of(), null, List.of(), false, fields, "this is not an event: " + e.getMessage());
        }
        Way way = new Way(event);
        String error = null;
        try {
            rules.process(event, way, way);
        } catch (Exception e) {
            error = e.getMessage() == null ? e.toString() : e.getMessage();
        }
        boolean isDropped = error == null && way.paths.isEmpty();
        return new TryRules.Way(way.steps, way.paths.isEmpty() ? null : way.paths.get(0), way.paths, isDropped, fields(event), error);
    }

    private static Map<String, Object> fields(Message event) {
        Map<String, Object> fields = new LinkedHashMap<>();
        ((Map<?, ?>) Json.parse(MessageJson.serialize(event))).forEach((name, value) -> fields.put(String.valueOf(name), value));
        fields.remove("__type");
        return fields;
    }

    /** What one event meets. */
    private static final class Way implements Outbox, RuleText.Trace {

        private final Message event;
        private final List<TryRules.Step> steps = new ArrayList<>();
        private final List<String> paths = new ArrayList<>();
        private Map<String, Object> last;

        Way(Message event) {
            this.event = event;
            this.last = fields(event);
        }

        @Override
        public void condition(int line, boolean holds) {
            steps.add(new TryRules.Step(line, holds, Map.of()));
        }

        @Override
        public void action(int line) {
            Map<String, Object> now = fields(event);
            Map<String, TryRules.Difference> changed = new LinkedHashMap<>();
            Set<String> names = new LinkedHashSet<>(last.keySet());
            names.addAll(now.keySet());
            names.stream().filter(name -> !Objects.equals(last.get(name), now.get(name)))
                    .forEach(name -> changed.put(name, new TryRules.Difference(last.get(name), now.get(name))));
            steps.add(new TryRules.Step(line, null, changed));
            last = now;
        }

        @Override
        public void send(String path, Message message) {
            paths.add(path);
        }

        @Override
        public void sendIfRouted(String path, Message message) {
            send(path, message);
        }

        @Override
        public void reject(Report part, Exception reason) {
            throw new IllegalStateException("rules refuse no reports", reason);
        }

        @Override
        public void afterCommit(Runnable action) {
            // nothing is committed
        }
    }
}
