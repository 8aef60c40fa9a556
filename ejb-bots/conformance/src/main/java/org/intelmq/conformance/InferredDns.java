package org.intelmq.conformance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.intelmq.bot.Dns;

/**
 * Answers look-ups as the case's expectation says they were answered: the expected {@code source.ip} is the address of
 * {@code source.fqdn}, the expected {@code source.reverse_dns} the name of {@code source.ip}.
 */
final class InferredDns implements Dns {

    private final List<Map<String, Object>> expected;

    private final Consumer<String> unserved;

    /** @param unserved told of look-ups whose answer cannot be known */
    InferredDns(List<Map<String, Object>> expected, Consumer<String> unserved) {
        this.expected = expected;
        this.unserved = unserved;
    }

    @Override
    public CompletableFuture<List<String>> lookup(String name, String type) {
        String plain = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        boolean addresses = type.equals("A") || type.equals("AAAA");
        if (expected.isEmpty() || !addresses && !type.equals("PTR")) {
            String missing = "DNS look-up of " + name + " (" + type + ") is not recorded";
            unserved.accept(missing);
            return CompletableFuture.failedFuture(new IOException(missing));
        }
        for (Map<String, Object> event : expected) {
            for (String side : List.of("source", "destination")) {
                Object address = event.get(side + ".ip");
                if (addresses && address != null && plain.equals(hostName(event, side))) {
                    boolean six = address.toString().contains(":");
                    return CompletableFuture.completedFuture(six == type.equals("AAAA") ? List.of(address.toString()) : List.of());
                }
                if (type.equals("PTR") && address != null && plain.equals(reverseName(address.toString())) && event.get(side + ".reverse_dns") != null) {
                    return CompletableFuture.completedFuture(List.of(event.get(side + ".reverse_dns") + "."));
                }
            }
        }
        return CompletableFuture.completedFuture(List.of());
    }

    private static Object hostName(Map<String, Object> event, String side) {
        Object name = event.get(side + ".fqdn");
        Object address = event.get(side + ".url");
        return name == null && address != null ? URI.create(address.toString()).getHost() : name;
    }

    private static String reverseName(String address) {
        try {
            byte[] bytes = InetAddress.getByName(address).getAddress();
            StringBuilder name = new StringBuilder();
            for (int i = bytes.length - 1; i >= 0; i--) {
                int octet = bytes[i] & 0xff;
                name.append(bytes.length == 4 ? octet + "." : Integer.toHexString(octet & 15) + "." + Integer.toHexString(octet >> 4) + ".");
            }
            return name.append(bytes.length == 4 ? "in-addr.arpa" : "ip6.arpa").toString();
        } catch (UnknownHostException e) {
            return "";
        }
    }
}
