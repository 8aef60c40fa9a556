package org.intelmq.admin;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.intelmq.control.Distribution;

/** Figures as text, in Prometheus's own format or in that of OpenMetrics. For one answer, by one thread. */
final class Exposition {

    private static final Pattern QUALITY = Pattern.compile(";\\s*q=([01](?:\\.\\d{1,3})?)");
    private static final String TOTAL = "_total";

    private final boolean isOpen;
    private final StringBuilder text = new StringBuilder();

    /** @param isOpen whether the format is OpenMetrics */
    Exposition(boolean isOpen) {
        this.isOpen = isOpen;
    }

    /**
     * Whether a client prefers OpenMetrics.
     *
     * @param accept the header; may be {@code null}
     */
    static boolean prefersOpen(String accept) {
        double open = 0;
        double plain = 0;
        for (String range : accept == null ? new String[0] : accept.toLowerCase(Locale.ROOT).split(",")) {
            Matcher quality = QUALITY.matcher(range);
            double weight = quality.find() ? Double.parseDouble(quality.group(1)) : 1;
            String type = range.split(";", 2)[0].strip();
            if (type.equals("application/openmetrics-text")) {
                open = Math.max(open, weight);
            } else if (type.equals("text/plain")) {
                plain = Math.max(plain, weight);
            }
        }
        return open > plain;
    }

    String contentType() {
        return isOpen ? "application/openmetrics-text; version=1.0.0" : "text/plain; version=0.0.4";
    }

    /** @param name for counters, including {@code _total} */
    void head(String name, String type, String help) {
        String family = isOpen && name.endsWith(TOTAL) ? name.substring(0, name.length() - TOTAL.length()) : name;
        text.append("# HELP ").append(family).append(' ').append(help).append("\n# TYPE ").append(family).append(' ').append(type).append('\n');
    }

    void line(String name, String labels, double value) {
        text.append(name).append('{').append(labels).append("} ").append(number(value)).append('\n');
    }

    void histogram(String name, String labels, Distribution distribution) {
        List<Long> counts = distribution.counts();
        for (int i = 0; i < counts.size(); i++) {
            String end = i < distribution.ends().size() ? Double.toString(distribution.ends().get(i)) : "+Inf";
            line(name + "_bucket", labels + "," + label("le", end), counts.get(i));
        }
        line(name + "_sum", labels, distribution.sum());
        line(name + "_count", labels, distribution.count());
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1L << 53 ? Long.toString((long) value) : Double.toString(value);
    }

    static String label(String name, String value) {
        return name + "=\"" + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }

    String end() {
        return text.append(isOpen ? "# EOF\n" : "").toString();
    }
}
