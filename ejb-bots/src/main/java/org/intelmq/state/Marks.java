package org.intelmq.state;

import java.util.Arrays;

/**
 * Keys that are remembered, each as a 128-bit hash with the second it expires: 20 bytes a place, at most three of four places
 * taken. Not thread-safe. An expiry of {@link #GONE} stands for a key that was taken back.
 */
final class Marks {

    static final int NEVER = -1;
    static final int GONE = 1;

    /** Tables are grown one by one, so that no call waits for all of them. */
    private final Table[] tables = new Table[256];

    interface Visitor {
        void mark(long high, long low, int expires);
    }

    private static final class Table {
        long[] hashes = new long[2 * 16];
        int[] expiries = new int[16];
        int taken;

        /** The place of the hash, or the complement of the free place it would take. */
        int find(long high, long low) {
            int mask = expiries.length - 1;
            for (int place = (int) low & mask; ; place = place + 1 & mask) {
                if (expiries[place] == 0) {
                    return ~place;
                }
                if (hashes[2 * place] == high && hashes[2 * place + 1] == low) {
                    return place;
                }
            }
        }

        void put(long high, long low, int expires, int now) {
            int place = find(high, low);
            if (place >= 0) {
                expiries[place] = expires;
                return;
            }
            if (4 * (taken + 1) > 3 * expiries.length) {
                rebuild(now);
                place = find(high, low);
            }
            hashes[2 * ~place] = high;
            hashes[2 * ~place + 1] = low;
            expiries[~place] = expires;
            taken++;
        }

        int live(int now) {
            int live = 0;
            for (int expires : expiries) {
                live += isLive(expires, now) ? 1 : 0;
            }
            return live;
        }

        private void rebuild(int now) {
            long[] oldHashes = hashes;
            int[] oldExpiries = expiries;
            int size = Math.max(16, 2 * Integer.highestOneBit(Math.max(2 * live(now) - 1, 1)));
            hashes = new long[2 * size];
            expiries = new int[size];
            taken = 0;
            for (int i = 0; i < oldExpiries.length; i++) {
                if (isLive(oldExpiries[i], now)) {
                    put(oldHashes[2 * i], oldHashes[2 * i + 1], oldExpiries[i], now);
                }
            }
        }
    }

    Marks() {
        Arrays.setAll(tables, i -> new Table());
    }

    static boolean isLive(int expires, int now) {
        return Integer.compareUnsigned(expires, now) > 0;
    }

    private Table table(long high) {
        return tables[(int) (high >>> 56)];
    }

    /** When the key expires, or {@link #GONE} if it is not there. */
    int get(long high, long low) {
        Table table = table(high);
        int place = table.find(high, low);
        return place < 0 ? GONE : table.expiries[place];
    }

    void put(long high, long low, int expires, int now) {
        table(high).put(high, low, expires, now);
    }

    void forEachLive(int now, Visitor visitor) {
        for (Table table : tables) {
            for (int i = 0; i < table.expiries.length; i++) {
                if (isLive(table.expiries[i], now)) {
                    visitor.mark(table.hashes[2 * i], table.hashes[2 * i + 1], table.expiries[i]);
                }
            }
        }
    }

    long live(int now) {
        long live = 0;
        for (Table table : tables) {
            live += table.live(now);
        }
        return live;
    }
}
