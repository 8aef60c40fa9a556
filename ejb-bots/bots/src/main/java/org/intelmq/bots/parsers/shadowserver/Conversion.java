package org.intelmq.bots.parsers.shadowserver;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.intelmq.bot.rows.CsvRecord;
import org.intelmq.message.FieldType;
import org.intelmq.message.FieldTypes;
import org.intelmq.text.python.FloatText;
import org.intelmq.text.python.IntegerText;

/** What the schema may require to be done to a cell before the event takes it; the result {@code null} means that there is no value. */
@FunctionalInterface
interface Conversion {

    Object convert(String cell, CsvRecord row);

    /** Those that need only the cell, by the schema's names. */
    static Map<String, Conversion> ofCells(Clock clock) {
        FieldType address = FieldTypes.named("IPAddress", clock);
        FieldType network = FieldTypes.named("IPNetwork", clock);
        FieldType name = FieldTypes.named("FQDN", clock);
        FieldType time = FieldTypes.named("DateTime", clock);
        Map<String, Conversion> conversions = new HashMap<>();
        conversions.put("add_UTC_to_timestamp", (cell, row) -> cell + " UTC");
        conversions.put("convert_bool", (cell, row) -> truth(cell));
        conversions.put("validate_to_none", (cell, row) -> cell.isEmpty() || cell.equals("0") || cell.equals("unknown") ? null : cell);
        conversions.put("convert_int", (cell, row) -> cell.isEmpty() ? null : IntegerText.parse(cell));
        conversions.put("convert_float", (cell, row) -> cell.isEmpty() ? null : (Object) FloatText.parse(cell));
        conversions.put("invalidate_zero", (cell, row) -> cell.isEmpty() ? null : withoutZero(IntegerText.parse(cell)));
        conversions.put("validate_ip", (cell, row) ->
                !cell.equals("0.0.0.0") && cell.indexOf('/') < 0 && address.clean(cell) != null ? cell : null);
        conversions.put("validate_network", (cell, row) -> cell.indexOf('/') >= 0 && network.clean(cell) != null ? cell : null);
        conversions.put("validate_fqdn", (cell, row) -> !cell.isEmpty() && name.clean(cell) != null ? cell : null);
        conversions.put("convert_date", (cell, row) -> time.sanitize(cell));
        conversions.put("convert_date_utc", (cell, row) -> time.sanitize(cell + "+00:00"));
        conversions.put("force_base64", (cell, row) -> base64(cell));
        conversions.put("scan_exchange_taxonomy", (cell, row) -> cell.contains("webshell") ? "intrusions" : "vulnerable");
        conversions.put("scan_exchange_type", (cell, row) -> cell.contains("webshell") ? "system-compromise" : "vulnerable-system");
        conversions.put("scan_exchange_identifier", (cell, row) ->
                cell.contains("webshell") ? "exchange-server-webshell" : "vulnerable-exchange-server");
        conversions.put("extract_cve_from_tag", (cell, row) -> vulnerabilities(cell));
        return conversions;
    }

    /** Those that need the whole row, by the schema's names. */
    static Map<String, Conversion> ofRows() {
        return Map.of(
                "convert_http_host_and_url", Conversion::address,
                "category_or_detail", (cell, row) -> "".equals(orEmpty(row, "category")) ? orEmpty(row, "detail") : row.get("category"));
    }

    private static Boolean truth(String cell) {
        return switch (cell.toLowerCase(Locale.ROOT)) {
            case "y", "yes", "true", "enabled", "1" -> Boolean.TRUE;
            case "n", "no", "false", "disabled", "0" -> Boolean.FALSE;
            default -> null;
        };
    }

    private static Number withoutZero(Number number) {
        return number.equals(0L) ? null : number;
    }

    private static String base64(String cell) {
        if (cell.isEmpty()) {
            return null;
        }
        if (!StandardCharsets.US_ASCII.newEncoder().canEncode(cell)) {
            throw new IllegalArgumentException("\"" + cell + "\" is neither Base64 nor ASCII");
        }
        return Patterns.BASE64.matcher(cell).matches() ? cell : Base64.getEncoder().encodeToString(cell.getBytes(StandardCharsets.US_ASCII));
    }

    private static String vulnerabilities(String cell) {
        Set<String> found = new TreeSet<>();
        for (String tag : cell.split(";", -1)) {
            if (Patterns.CVE.matcher(tag).matches()) {
                found.add(tag);
            }
        }
        return found.isEmpty() ? null : String.join(";", found);
    }

    /** Some reports give only the path, some the whole request; the names of the columns differ too. */
    private static String address(String cell, CsvRecord row) {
        String host = "";
        for (String column : new String[] {"cc_dns", "http_host", "hostname", "ip"}) {
            host = isEmpty(host) && row.has(column) ? row.get(column) : host;
        }
        String path = row.has("url") ? row.get("url") : orEmpty(row, "http_url");
        if (isEmpty(host) || isEmpty(path)) {
            return cell;
        }
        int slash = path.indexOf('/');
        String request = slash < 0 ? "" : path.substring(slash);
        String application = row.get("application");
        String scheme = "http".equals(application) || "https".equals(application) ? application : "http";
        return scheme + "://" + host + Patterns.AFTER_SPACE.matcher(request).replaceFirst("");
    }

    private static String orEmpty(CsvRecord row, String column) {
        return row.has(column) ? row.get(column) : "";
    }

    private static boolean isEmpty(String text) {
        return text == null || text.isEmpty();
    }

    /** Kept here because an interface's constants are public. */
    final class Patterns {

        private static final Pattern BASE64 = Pattern.compile("(?:[A-Za-z0-9+/]{4})*+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?");
        private static final Pattern CVE = Pattern.compile("cve-[0-9]+-[0-9]+");
        private static final Pattern AFTER_SPACE = Pattern.compile("\\s.*$");

        private Patterns() { }
    }
}
