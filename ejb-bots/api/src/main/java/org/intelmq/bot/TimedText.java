package org.intelmq.bot;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Map;
import org.intelmq.text.net.MaskedUrl;
import org.intelmq.text.python.FormatTemplate;
import org.intelmq.text.python.Strftime;

/**
 * A text, such as an address or a path, that contains the current time, or the time some span before or after, in the format of Python's
 * {@code strftime}. Thread-safe.
 */
public final class TimedText {

    private static final Map<String, Double> SECONDS = Map.of("weeks", 604_800.0, "days", 86_400.0, "hours", 3_600.0, "minutes", 60.0,
            "seconds", 1.0, "milliseconds", 1e-3, "microseconds", 1e-6);

    private final String text;
    private final FormatTemplate template;
    private final Duration offset;
    private final Clock clock;

    /**
     * @param parameter the name of the parameter that holds the text
     * @param formatter the name of the parameter that holds the formatting
     * @param formatting true, false, or a map from units of time to amounts
     * @throws ConfigurationException if there is something wrong with either
     */
    public TimedText(String parameter, String text, String formatter, Object formatting, Clock clock) {
        this.text = text;
        this.clock = clock;
        boolean isMap = formatting instanceof Map<?, ?> map && !map.isEmpty();
        this.offset = isMap ? offset(formatter, (Map<?, ?>) formatting) : Duration.ZERO;
        if (!isMap && !formatting.toString().matches("true|false|\\{\\}|")) {
            throw new ConfigurationException("parameter '" + formatter + "' cannot be \"" + formatting
                    + "\": expected true, false, or a map such as {days: -1}");
        }
        boolean formatted = isMap || formatting.toString().equals("true");
        try {
            this.template = formatted ? FormatTemplate.compile(text) : null;
            now();
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("parameter '" + parameter + "' cannot be \"" + MaskedUrl.in(text) + "\": " + MaskedUrl.in(e.getMessage()), e);
        }
    }

    private static Duration offset(String formatter, Map<?, ?> amounts) {
        double seconds = 0;
        for (Map.Entry<?, ?> amount : amounts.entrySet()) {
            Double unit = SECONDS.get(amount.getKey().toString());
            if (unit == null || !(amount.getValue() instanceof Number number)) {
                throw new ConfigurationException("parameter '" + formatter + "' cannot be " + amounts
                        + ": expected numbers of " + SECONDS.keySet());
            }
            seconds += number.doubleValue() * unit;
        }
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }

    public String now() {
        if (template == null) {
            return text;
        }
        ZonedDateTime time = ZonedDateTime.now(clock).withZoneSameInstant(ZoneId.systemDefault()).plus(offset);
        FormatTemplate.Indexed formats = format -> Strftime.format(format.toString(), time);
        return template.fill(name -> {
            if (!name.equals("time")) {
                throw new IllegalArgumentException("{" + name + "} is unknown, expected {time[%Y-%m-%d]}");
            }
            return formats;
        });
    }
}
