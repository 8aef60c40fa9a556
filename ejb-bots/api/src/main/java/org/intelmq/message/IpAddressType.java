package org.intelmq.message;

import java.math.BigInteger;
import org.intelmq.text.net.IpAddress;
import org.intelmq.text.net.IpNetwork;
import org.intelmq.text.python.IntegerText;

/**
 * An IP address other than 0.0.0.0. Cleaning also accepts an address written as a number, drops an IPv6 zone and the prefix length of a
 * network with a single address, and shortens IPv6.
 */
record IpAddressType(String name) implements FieldType {

    @Override
    public Object sanitize(Object value) {
        if (value instanceof Boolean truth) {
            return ofNumber(truth ? 1L : 0L);
        }
        if (value instanceof Long || value instanceof BigInteger) {
            return ofNumber((Number) value);
        }
        String text = TextType.cleaned(value);
        if (text == null) {
            return null;
        }
        if (IpAddress.isV4(text)) {
            return text;
        }
        if (text.indexOf('.') < 0 && text.indexOf(':') < 0) {
            Number number = IntegerText.parseOrNull(text);
            return number != null && number.toString().equals(text) ? ofNumber(number) : null;
        }
        int zone = text.indexOf('%');
        IpNetwork network = IpNetwork.parseOrNull(zone < 0 ? text : text.substring(0, zone), false);
        return network != null && network.isSingleAddress() ? network.address().toString() : null;
    }

    private static String ofNumber(Number number) {
        IpAddress address = IpAddress.ofNumber(number instanceof BigInteger big ? big : BigInteger.valueOf(number.longValue()));
        return address == null ? null : address.toString();
    }

    @Override
    public boolean isValid(Object value) {
        if (!(value instanceof String text) || text.indexOf('%') >= 0) {
            return false;
        }
        IpAddress address = IpAddress.parseOrNull(text);
        return address != null && !(address.isV4() && address.lower() == 0);
    }

    @Override
    public Object clean(Object value) {
        Object address = sanitize(value);
        return address == null || address.equals("0.0.0.0") ? null : address;
    }
}
