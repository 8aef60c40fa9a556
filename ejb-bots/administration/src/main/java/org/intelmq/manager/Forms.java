package org.intelmq.manager;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The fields of a form in the body of a request. */
final class Forms {

    private static final Pattern BOUNDARY = Pattern.compile(";\\s*boundary=(?:\"([^\"]{1,200})\"|([^;\\s]{1,200}))", Pattern.CASE_INSENSITIVE);
    private static final Pattern NAME = Pattern.compile("(?i)content-disposition:\\s*form-data\\s*;[^\\r\\n]{0,500}?\\bname=\"([^\"\\r\\n]{0,200})\"");

    private Forms() { }

    /** Empty if the body is not a form. Of a name that is given more than once, the last counts. */
    static Map<String, String> read(Request request) {
        return switch (request.contentType()) {
            case "application/x-www-form-urlencoded" -> Request.decoded(request.text());
            case "multipart/form-data" -> multipart(request);
            default -> Map.of();
        };
    }

    /** Files in it count as text. */
    private static Map<String, String> multipart(Request request) {
        Map<String, String> fields = new LinkedHashMap<>();
        Matcher boundary = BOUNDARY.matcher(request.header("Content-Type"));
        if (!boundary.find()) {
            return fields;
        }
        String mark = "\r\n--" + (boundary.group(1) == null ? boundary.group(2) : boundary.group(1));
        String body = "\r\n" + new String(request.body(), StandardCharsets.UTF_8);
        int begin = body.indexOf(mark);
        while (begin >= 0) {
            int end = body.indexOf(mark, begin + mark.length());
            if (end < 0) {
                break;
            }
            String part = body.substring(begin + mark.length(), end);
            int content = part.indexOf("\r\n\r\n");
            Matcher name = NAME.matcher(content < 0 ? "" : part.substring(0, content));
            if (name.find()) {
                fields.put(name.group(1), part.substring(content + 4));
            }
            begin = end;
        }
        return fields;
    }
}
