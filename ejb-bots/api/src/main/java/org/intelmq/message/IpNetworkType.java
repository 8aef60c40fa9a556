package org.intelmq.message;

import org.intelmq.text.net.IpNetwork;

/** An IP network in prefix notation; cleaning clears host bits. */
record IpNetworkType(String name) implements FieldType {

    @Override
    public Object sanitize(Object value) {
        String text = TextType.cleaned(value);
        IpNetwork network = text == null ? null : IpNetwork.parseOrNull(text, true);
        return network == null ? null : network.toString();
    }

    @Override
    public boolean isValid(Object value) {
        return value instanceof String text && IpNetwork.parseOrNull(text, false) != null;
    }
}
