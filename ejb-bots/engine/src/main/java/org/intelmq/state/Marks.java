package org.intelmq.state;

import java.util.Arrays;

/**
 * Remembered keys, each as a 128-bit hash with the second at which it expires: 20 bytes a slot, at most three of four slots in use. Not
 * thread-safe. An expiry of {@link #GONE} stands for a key that was taken back.
 */
final class Marks {

    static final int NEVER = -1;
    static final int GONE = 1;
    private static final int SIZE = 5;
    private static final int SMALLEST = 16;

    /** Tables grow one by one, so that no call has to wait until all have grown. */
    private final Table[] tables = new Table[256];

    interface Visitor {
        void mark(long high, long low, int expires);
    }

    private static final class Table {
        /** Each slot holds the expiry, 0 if it is free, and the four parts of the hash, side by side so that one memory access reads them. */
        int[] places = new int[SIZE * SMALLEST];
        int taken;

        /** The slot of the hash, or the complement of the free slot that it would take. */
        int find(long high, long low) {
            int mask = places.length / SIZE - 1;
            for (int place = (int) low & mask; ; place = place + 1 & mask) {
                int at = place * SIZE;
                if (places[at] == 0) {
                    return ~at;
                }
                if (high(at) == high && low(at) == low) {
                    return at;
                }
            }
        }

        long high(int at) {
            return (long) places[at + 1] << 32 | places[at + 2] & 0xFFFFFFFFL;
        }

        long low(int at) {
            return (long) places[at + 3] << 32 | places[at + 4] & 0xFFFFFFFFL;
        }

        int expires(int at) {
            return places[at];
        }

        void put(long high, long low, int expires, int now) {
            put(find(high, low), high, low, expires, now);
        }

        /** @param found the result of {@link #find} */
        void put(int found, long high, long low, int expires, int now) {
            if (found >= 0) {
                places[found] = expires;
                return;
            }
            int at = ~found;
            if (4 * (taken + 1) > 3 * (places.length / SIZE)) {
                rebuild(now);
                at = ~find(high, low);
            }
            places[at] = expires;
            places[at + 1] = (int) (high >>> 32);
            places[at + 2] = (int) high;
            places[at + 3] = (int) (low >>> 32);
            places[at + 4] = (int) low;
            taken++;
        }

        int live(int now) {
            int live = 0;
            for (int at = 0; at < places.length; at += SIZE) {
                live += isLive(places[at], now) ? 1 : 0;
            }
            return live;
        }

        void forEachLive(int now, Visitor visitor) {
            for (int at = 0; at < places.length; at += SIZE) {
                if (isLive(places[at], now)) {
                    visitor.mark(high(at), low(at), places[at]);
                }
            }
        }

        private void rebuild(int now) {
            Table old = new Table();
            old.places = places;
            places = new int[SIZE * Math.max(SMALLEST, 2 * Integer.highestOneBit(Math.max(2 * live(now) - 1, 1)))];
            taken = 0;
            old.forEachLive(now, (high, low, expires) -> put(high, low, expires, now));
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

    /** When the key expires; {@link #GONE} if it is not there. */
    int get(long high, long low) {
        Table table = table(high);
        int place = table.find(high, low);
        return place < 0 ? GONE : table.expires(place);
    }

    void put(long high, long low, int expires, int now) {
        table(high).put(high, low, expires, now);
    }

    /** Returns true if the key was missing and has been put. */
    boolean putUnlessLive(long high, long low, int expires, int now) {
        Table table = table(high);
        int place = table.find(high, low);
        if (place >= 0 && isLive(table.expires(place), now)) {
            return false;
        }
        table.put(place, high, low, expires, now);
        return true;
    }

    void forEachLive(int now, Visitor visitor) {
        for (Table table : tables) {
            table.forEachLive(now, visitor);
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
