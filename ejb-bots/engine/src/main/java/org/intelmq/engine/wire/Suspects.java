package org.intelmq.engine.wire;

import java.util.List;
import org.intelmq.jms.Parcel;

/** Parcels with one message each that were part of a parcel that has crashed the server. */
public final class Suspects {

    /** Part of their id. */
    private static final String ENDED_ONCE = "ended-server-once";

    private Suspects() { }

    /** One parcel per message; each keeps the count of crashes. */
    public static List<Parcel> apart(Parcel parcel) {
        return Wire.apart(parcel).stream().map(part -> new Parcel(part.kind(), 1, part.body(), ENDED_ONCE, parcel.deliverAt(), part.attempt())).toList();
    }

    /** The number of crashes that the parcel has inherited from the one it was part of. */
    public static int endsBefore(Parcel parcel) {
        return ENDED_ONCE.equals(parcel.id()) ? 1 : 0;
    }
}
