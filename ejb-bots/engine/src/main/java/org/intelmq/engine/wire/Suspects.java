package org.intelmq.engine.wire;

import java.util.List;
import org.intelmq.jms.Parcel;

/** Parcels of one message each that were a part of one that has ended the server. */
public final class Suspects {

    /** Their id. */
    private static final String ENDED_ONCE = "ended-server-once";

    private Suspects() { }

    /** A parcel a message, each of which brings the end along. */
    public static List<Parcel> apart(Parcel parcel) {
        return Wire.apart(parcel).stream().map(part -> new Parcel(part.kind(), 1, part.body(), ENDED_ONCE, parcel.deliverAt(), part.attempt())).toList();
    }

    /** Ends of the server that the parcel brings along from the one it was a part of. */
    public static int endsBefore(Parcel parcel) {
        return ENDED_ONCE.equals(parcel.id()) ? 1 : 0;
    }
}
