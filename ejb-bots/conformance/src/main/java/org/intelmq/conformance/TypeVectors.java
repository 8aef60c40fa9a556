package org.intelmq.conformance;

import org.intelmq.message.FieldType;
import org.intelmq.message.FieldTypes;
import org.intelmq.message.TimeConversion;
import org.intelmq.text.net.IpAddress;
import org.intelmq.text.net.IpNetwork;
import org.intelmq.text.net.UrlParts;
import org.intelmq.text.python.PythonText;
import org.intelmq.text.time.IsoTime;
import org.intelmq.text.time.TimeFormat;

/** The functions of the harmonization's types. */
final class TypeVectors {

    private TypeVectors() { }

    static Object call(FieldType type, String method, Call call) {
        Object value = call.first();
        return switch (method) {
            case "sanitize" -> type.sanitize(value);
            case "is_valid(sanitize=False)" -> type.isValid(value);
            case "is_valid(sanitize=True)" -> isValidAfterCleaning(type, value);
            case "sanitize_subitem" -> type.sanitizeSubitem(value);
            case "is_valid_subitem" -> type.isValidSubitem(value);
            default -> switch (type.name()) {
                case "DateTime" -> time(method, value, call);
                case "IPAddress" -> address(method, (String) value);
                case "IPNetwork" -> network(method, (String) value);
                case "ASN" -> asn(method, value);
                case "URL" -> url(method, (String) value);
                default -> throw new UnsupportedFunction();
            };
        };
    }

    /** Here, and not in messages, numbers become text before they are put in lower case. */
    private static boolean isValidAfterCleaning(FieldType type, Object value) {
        return type.clean(type.name().equals("LowercaseString") ? FieldTypes.named("String").sanitize(value) : value) != null;
    }

    private static Object time(String method, Object value, Call call) {
        String format = call.argument(1, "format") instanceof String text ? text : null;
        return switch (method) {
            case "convert" -> TimeConversion.of(format).convert(value, call.clock());
            case "from_fuzzy", "convert_fuzzy" -> TimeConversion.of("fuzzy").convert(value, call.clock());
            case "from_timestamp" -> TimeConversion.of("timestamp").convert(value, call.clock());
            case "from_windows_nt" -> TimeConversion.of("windows_nt").convert(value, call.clock());
            case "from_epoch_millis" -> TimeConversion.of("epoch_millis").convert(value, call.clock());
            case "from_format", "convert_from_format" -> IsoTime.format(TimeFormat.of(format).parse((String) value));
            case "from_format_midnight", "convert_from_format_midnight" ->
                    IsoTime.format(TimeFormat.of(format).parseDate((String) value).atStartOfDay());
            case "from_isoformat", "parse_utc_isoformat" -> {
                String text = TimeConversion.of("utc_isoformat").convert(value, call.clock());
                yield call.flag(1, "return_datetime", false) ? IsoTime.format(IsoTime.parse(text)) : text;
            }
            default -> throw new UnsupportedFunction();
        };
    }

    private static Object address(String method, String value) {
        return switch (method) {
            case "version" -> IpAddress.parse(value).version();
            case "to_reverse" -> IpAddress.parse(value).reverseName();
            case "to_int" -> {
                IpAddress address = IpAddress.parseOrNull(value);
                yield address == null || address.zone() != null ? null : address.toNumber();
            }
            default -> throw new UnsupportedFunction();
        };
    }

    private static Object network(String method, String value) {
        if (!method.equals("version")) {
            throw new UnsupportedFunction();
        }
        return IpNetwork.parse(value, false).address().version();
    }

    private static Object asn(String method, Object value) {
        if (!method.equals("check_asn")) {
            throw new UnsupportedFunction();
        }
        double number = ((Number) value).doubleValue();
        return number > 0 && number <= 4_294_967_295.0;
    }

    private static Object url(String method, String value) {
        if (!method.equals("to_domain_name")) {
            throw new UnsupportedFunction();
        }
        String netloc = UrlParts.split(value).netloc();
        return netloc.isEmpty() || IpAddress.parseOrNull(netloc) != null ? null : PythonText.str(netloc);
    }
}
