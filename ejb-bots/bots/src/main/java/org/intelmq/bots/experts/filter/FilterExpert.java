package org.intelmq.bots.experts.filter;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.Temporal;
import java.util.Optional;
import java.util.function.Supplier;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.FieldNames;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.message.Field;
import org.intelmq.message.Fields;
import org.intelmq.message.Message;
import org.intelmq.message.PlainValue;
import org.intelmq.text.pattern.UserPattern;
import org.intelmq.text.python.PythonText;
import org.intelmq.text.time.FuzzyTime;
import org.intelmq.text.time.IsoTime;
import org.intelmq.text.time.RelativeTime;

public final class FilterExpert implements Bot<Message> {

    public static final BotType<Params> TYPE = BotType.expert("intelmq.bots.experts.filter.expert", "Filter",
            "Lets events pass by their time.source, or by the value of one field; matching and other events can also be sent to the paths "
                    + "filter_match, filter_no_match and action_other.", Params.class, FilterExpert::new);

    public record Params(
            @Param(value = "Events are dropped if their time.source is after this time, or more recent than this span.", optional = true, example = "1 day")
            String notAfter,
            @Param(value = "Events are dropped if their time.source is before this time, or longer ago than this span.", optional = true,
                    example = "2024-05-17T00:00:00+00:00")
            String notBefore,
            @Param(value = "Field to look at.", optional = true, example = "source.geolocation.cc", fields = FieldNames.LOOKED_AT)
            String filterKey,
            @Param(value = "Value to search for, or a regular expression if filter_regex is set.", optional = true)
            Object filterValue,
            @Param(value = "Whether filter_value is a regular expression.", optional = true)
            Object filterRegex,
            @Param(value = "What to do with events that have the value: drop or keep.", optional = true)
            String filterAction) {

        boolean hasFilter() {
            return filterKey != null && filterValue != null && ("drop".equals(filterAction) || "keep".equals(filterAction));
        }

        boolean isRegex() {
            return filterRegex != null && !filterRegex.equals(false) && !filterRegex.equals("") && !PlainValue.equal(PlainValue.of(filterRegex), 0L);
        }

        public Params {
            boolean drops = "drop".equals(filterAction) || "keep".equals(filterAction);
            if (notAfter == null && notBefore == null && !(filterKey != null && filterValue != null && drops)) {
                throw new IllegalArgumentException("nothing to filter by: expected not_after, not_before, "
                        + "or filter_key, filter_value and filter_action (drop or keep)");
            }
        }
    }

    private final BotContext context;
    private final Supplier<Instant> notAfter;
    private final Supplier<Instant> notBefore;
    private final Field key;
    private final Object value;
    private final UserPattern pattern;
    private final boolean keeps;

    private FilterExpert(Params params, BotContext context) {
        this.context = context;
        this.notAfter = limit("not_after", params.notAfter());
        this.notBefore = limit("not_before", params.notBefore());
        this.key = params.hasFilter() ? Field.of(params.filterKey()) : null;
        this.value = PlainValue.of(params.filterValue());
        this.pattern = params.isRegex() && params.filterValue() != null ? pattern(params.filterValue()) : null;
        this.keeps = "keep".equals(params.filterAction());
    }

    private static UserPattern pattern(Object regex) {
        try {
            return UserPattern.of(regex.toString(), false);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("parameter 'filter_value' cannot be \"" + regex + "\": expected a regular expression (" + e.getMessage() + ')', e);
        }
    }

    private Supplier<Instant> limit(String parameter, String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        Clock clock = context.clock();
        try {
            if (RelativeTime.isMeant(text)) {
                Duration ago = RelativeTime.parse(text);
                return () -> clock.instant().minus(ago);
            }
            Temporal time = FuzzyTime.parseZoned(text, LocalDate.now(clock.withZone(ZoneOffset.UTC)));
            if (time instanceof OffsetDateTime zoned) {
                Instant instant = zoned.toInstant();
                return () -> instant;
            }
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("parameter '" + parameter + "' cannot be \"" + text + "\": expected a time or a span such as 1 day ("
                    + e.getMessage() + ')', e);
        }
        context.log().warning("parameter '" + parameter + "' has no time zone, so no time.source can be compared with it: write " + text + " UTC");
        return () -> {
            throw new IllegalStateException("parameter '" + parameter + "' has no time zone: " + text);
        };
    }

    @Override
    public void process(Message event, Outbox out) {
        if (isOutOfTime(event)) {
            return;
        }
        if (key == null) {
            out.send(event);
            return;
        }
        boolean matches = matches(event);
        if (matches != keeps) {
            out.sendIfRouted("action_other", event);
        }
        out.sendIfRouted(matches ? "filter_match" : "filter_no_match", event);
        if (matches == keeps) {
            out.send(event);
        }
    }

    private boolean isOutOfTime(Message event) {
        if (notAfter == null && notBefore == null) {
            return false;
        }
        return time(event).filter(time -> notAfter != null && time.isAfter(notAfter.get())
                || notBefore != null && time.isBefore(notBefore.get())).isPresent();
    }

    private Optional<Instant> time(Message event) {
        String text = event.text(Fields.TIME_SOURCE);
        if (text == null) {
            return Optional.empty();
        }
        try {
            LocalDateTime time = IsoTime.isUtc(text) ? IsoTime.parse(text) : FuzzyTime.parse(text, LocalDate.now(context.clock()));
            return Optional.of(time.toInstant(ZoneOffset.UTC));
        } catch (IllegalArgumentException e) {
            context.log().severe("Could not parse time.source " + text + '.');
            return Optional.empty();
        }
    }

    private boolean matches(Message event) {
        if (!event.has(key)) {
            return false;
        }
        Object found = event.get(key);
        return pattern == null ? PlainValue.equal(found, value) : pattern.find(PythonText.str(found));
    }
}
