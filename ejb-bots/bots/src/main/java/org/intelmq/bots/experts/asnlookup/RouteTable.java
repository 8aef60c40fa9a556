package org.intelmq.bots.experts.asnlookup;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.intelmq.files.WholeFile;
import org.intelmq.text.net.IpAddress;
import org.intelmq.text.net.IpNetwork;

/**
 * Networks and their AS numbers; the smallest network that contains an address counts. Addresses are divided into ranges with one answer each,
 * which are found by binary search: a million routes take some 60 MB, a tenth of what a trie of objects would. Immutable, thread-safe.
 */
final class RouteTable {

    /** @param asn 0 for none */
    record Route(IpNetwork network, long asn) { }

    private final Stretches v4;
    private final Stretches v6;

    private RouteTable(List<Route> routes) {
        this.v4 = new Stretches(routes.stream().filter(route -> route.network().address().isV4()).toList());
        this.v6 = new Stretches(routes.stream().filter(route -> !route.network().address().isV4()).toList());
    }

    /** Reads lines {@code network TAB asn}, with comments after {@code ;} or {@code #}; compressed if the file's name ends in {@code .gz}. */
    static RouteTable read(Path file) throws IOException {
        List<Route> routes = new ArrayList<>();
        try (InputStream raw = Files.newInputStream(WholeFile.require(file));
                BufferedReader in = new BufferedReader(new InputStreamReader(file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw,
                        StandardCharsets.US_ASCII))) {
            int number = 1;
            for (String line = in.readLine(); line != null; line = in.readLine(), number++) {
                String text = line.strip();
                if (!text.isEmpty() && text.charAt(0) != ';' && text.charAt(0) != '#') {
                    routes.add(route(text, number));
                }
            }
        }
        return new RouteTable(routes);
    }

    private static Route route(String text, int line) {
        String[] parts = text.split("\\s+");
        IpNetwork network = IpNetwork.parseOrNull(parts[0], true);
        boolean isAsn = parts.length == 2 && parts[1].length() <= 10 && parts[1].chars().allMatch(c -> c >= '0' && c <= '9');
        if (network == null || !isAsn) {
            throw new IllegalArgumentException("line " + line + " is \"" + text + "\": expected a network and a number");
        }
        return new Route(network, Long.parseLong(parts[1]));
    }

    /** Returns {@code null} if no network contains the address. */
    Route find(IpAddress address) {
        return (address.isV4() ? v4 : v6).find(address.upper(), address.lower());
    }

    /** Where each range starts, and the route that it belongs to. */
    private static final class Stretches {

        private static final Comparator<Route> OUTER_FIRST = Comparator
                .<Route>comparingLong(route -> route.network().address().upper() ^ Long.MIN_VALUE)
                .thenComparingLong(route -> route.network().address().lower() ^ Long.MIN_VALUE)
                .thenComparingInt(route -> route.network().prefix());

        private final Route[] routes;
        private long[] upper;
        private long[] lower;
        private int[] owner;
        private int size;

        Stretches(List<Route> unsorted) {
            routes = unsorted.toArray(Route[]::new);
            Arrays.sort(routes, OUTER_FIRST);
            upper = new long[2 * routes.length + 1];
            lower = new long[2 * routes.length + 1];
            owner = new int[2 * routes.length + 1];
            Deque<Integer> open = new ArrayDeque<>();
            for (int i = 0; i < routes.length; i++) {
                IpAddress start = routes[i].network().address();
                while (!open.isEmpty() && !routes[open.peek()].network().contains(start)) {
                    close(open);
                }
                add(start.upper(), start.lower(), i);
                open.push(i);
            }
            while (!open.isEmpty()) {
                close(open);
            }
            upper = Arrays.copyOf(upper, size);
            lower = Arrays.copyOf(lower, size);
            owner = Arrays.copyOf(owner, size);
        }

        /** Ends the innermost network; after it, the enclosing one continues, unless it ends there too. */
        private void close(Deque<Integer> open) {
            IpNetwork ended = routes[open.pop()].network();
            IpAddress start = ended.address();
            int hostBits = start.bits() - ended.prefix();
            long nextLower = start.lower() + (hostBits < 64 ? 1L << hostBits : 0);
            boolean carries = hostBits < 64 && nextLower == 0 && !start.isV4();
            long nextUpper = start.upper() + (hostBits >= 64 && hostBits < 128 ? 1L << hostBits - 64 : carries ? 1 : 0);
            boolean atEnd = start.isV4() ? nextLower >= 1L << 32 : hostBits >= 128 || nextUpper == 0 && (carries || hostBits >= 64);
            if (!atEnd) {
                add(nextUpper, nextLower, open.isEmpty() ? -1 : open.peek());
            }
        }

        private void add(long startUpper, long startLower, int route) {
            if (size > 0 && upper[size - 1] == startUpper && lower[size - 1] == startLower) {
                size--;
            }
            upper[size] = startUpper;
            lower[size] = startLower;
            owner[size++] = route;
        }

        Route find(long addressUpper, long addressLower) {
            int from = 0;
            int to = size;
            while (from < to) {
                int middle = from + to >>> 1;
                int order = Long.compareUnsigned(upper[middle], addressUpper);
                if (order == 0) {
                    order = Long.compareUnsigned(lower[middle], addressLower);
                }
                if (order <= 0) {
                    from = middle + 1;
                } else {
                    to = middle;
                }
            }
            return from == 0 || owner[from - 1] < 0 ? null : routes[owner[from - 1]];
        }
    }
}
