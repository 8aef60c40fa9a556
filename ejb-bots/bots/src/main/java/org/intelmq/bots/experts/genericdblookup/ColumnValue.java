package org.intelmq.bots.experts.genericdblookup;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.intelmq.message.Json;
import org.intelmq.text.time.IsoTime;
import org.postgresql.util.PGInterval;
import org.postgresql.util.PGobject;

/**
 * A column's value as a value for a field. Times are converted to UTC, whatever the machine's zone; those without a zone count as UTC; JSON
 * becomes what it stands for. {@code null} for nothing, and for numbers and times that are none, such as NaN and infinity.
 */
final class ColumnValue {

    private static final int LAST_YEAR = 9999;

    private ColumnValue() { }

    static Object read(ResultSet row, int column) throws SQLException {
        String type = row.getMetaData().getColumnTypeName(column).toLowerCase(Locale.ROOT);
        Object value = row.getObject(column);
        if (value instanceof Timestamp) {
            return type.equals("timestamptz") ? plain(row.getObject(column, OffsetDateTime.class), type)
                    : plain(row.getObject(column, LocalDateTime.class), type);
        }
        if (value instanceof Date && type.equals("date")) {
            return plain(row.getObject(column, LocalDate.class), type);
        }
        if (value instanceof Time || value instanceof PGInterval) {
            // as the database writes it
            return row.getString(column);
        }
        return plain(value, type);
    }

    private static Object plain(Object value, String type) throws SQLException {
        if (value == null || value instanceof String || value instanceof Long || value instanceof Boolean) {
            return value instanceof String text && isJson(type) ? Json.parse(text) : value;
        }
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        if (value instanceof Float || value instanceof Double) {
            // through its text: 0.1 must not become 0.10000000149011612
            double number = Double.parseDouble(value.toString());
            return Double.isFinite(number) ? number : null;
        }
        if (value instanceof BigDecimal number) {
            return number(number);
        }
        if (value instanceof OffsetDateTime time) {
            return isCalendarYear(time.getYear()) ? time(time.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime()) : null;
        }
        if (value instanceof LocalDateTime time) {
            return time(time);
        }
        if (value instanceof LocalDate day) {
            return isCalendarYear(day.getYear()) ? day.toString() : null;
        }
        if (value instanceof Date day) {
            return plain(day.toLocalDate(), type);
        }
        if (value instanceof Timestamp time) {
            return time(type.contains("timestamptz") ? time.toInstant().atOffset(ZoneOffset.UTC).toLocalDateTime() : time.toLocalDateTime());
        }
        if (value instanceof byte[] bytes) {
            return isJson(type) ? Json.parse(bytes) : bytes;
        }
        if (value instanceof Blob bytes) {
            return bytes.getBytes(1, Math.toIntExact(bytes.length()));
        }
        if (value instanceof Clob text) {
            return text.getSubString(1, Math.toIntExact(text.length()));
        }
        if (value instanceof SQLXML xml) {
            return xml.getString();
        }
        if (value instanceof Array array) {
            return items(array.getArray(), type);
        }
        if (value instanceof Object[] items) {
            return items(items, type);
        }
        if (value instanceof Map<?, ?>) {
            return value;
        }
        return value instanceof PGobject object ? plain(object.getValue(), object.getType()) : value.toString();
    }

    private static boolean isJson(String type) {
        return type.equals("json") || type.equals("jsonb");
    }

    private static List<Object> items(Object array, String type) throws SQLException {
        List<Object> items = new ArrayList<>();
        for (int i = 0; i < java.lang.reflect.Array.getLength(array); i++) {
            Object item = plain(java.lang.reflect.Array.get(array, i), type.startsWith("_") ? type.substring(1) : type);
            items.add(item instanceof byte[] bytes ? text(bytes) : item);
        }
        return items;
    }

    /** As text where a floating-point number would lose digits. */
    private static Object number(BigDecimal number) {
        if (number.scale() <= 0) {
            return number.toBigInteger();
        }
        double rounded = number.doubleValue();
        boolean isExact = Double.isFinite(rounded) && new BigDecimal(Double.toString(rounded)).compareTo(number) == 0;
        return isExact ? (Object) rounded : number.toPlainString();
    }

    private static String time(LocalDateTime utc) {
        return isCalendarYear(utc.getYear()) ? IsoTime.format(utc) : null;
    }

    private static boolean isCalendarYear(int year) {
        return year >= 1 && year <= LAST_YEAR;
    }

    /** The value in the form for a field that is not a JSON object and, except for bytes, not below one. */
    static Object flat(Object value) {
        return value instanceof Map || value instanceof List ? Json.write(value) : value;
    }

    /** The text that the bytes are, or otherwise their Base64. */
    static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            return Base64.getEncoder().encodeToString(bytes);
        }
    }
}
