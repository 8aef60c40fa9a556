package org.intelmq.bots.experts.geohash;

import org.intelmq.bot.Bot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.message.Field;
import org.intelmq.message.Fields;
import org.intelmq.message.IfPresent;
import org.intelmq.message.Message;

public final class GeohashExpert implements Bot<Message> {

    public record Params(
            @Param(value = "Whether an existing value is replaced.", byDefault = "false")
            boolean overwrite,
            @Param(value = "Number of characters of the geohash.", byDefault = "7")
            int precision) { }

    public static final BotType<Params> TYPE = BotType.expert("intelmq.bots.experts.geohash.expert", "Geohash",
            "Adds the geohash of source and destination to extra, computed from latitude and longitude.", Params.class, GeohashExpert::new);

    private static final char[] DIGITS = "0123456789bcdefghjkmnpqrstuvwxyz".toCharArray();
    private static final int BITS_A_DIGIT = 5;
    private static final Field SOURCE = Field.of("extra.source.geolocation.geohash");
    private static final Field DESTINATION = Field.of("extra.destination.geolocation.geohash");

    private final int precision;
    private final IfPresent ifPresent;

    GeohashExpert(Params params, BotContext context) {
        precision = params.precision;
        ifPresent = params.overwrite ? IfPresent.REPLACE : IfPresent.KEEP;
    }

    @Override
    public void process(Message event, Outbox out) {
        add(event, Fields.SOURCE_GEOLOCATION_LATITUDE, Fields.SOURCE_GEOLOCATION_LONGITUDE, SOURCE);
        add(event, Fields.DESTINATION_GEOLOCATION_LATITUDE, Fields.DESTINATION_GEOLOCATION_LONGITUDE, DESTINATION);
        out.send(event);
    }

    private void add(Message event, Field latitude, Field longitude, Field geohash) {
        if (event.get(latitude) instanceof Number north && event.get(longitude) instanceof Number east) {
            event.add(geohash, encode(north.doubleValue(), east.doubleValue()), ifPresent);
        }
    }

    /** Halves the world alternately by longitude and latitude; five halvings make a digit. */
    private String encode(double latitude, double longitude) {
        double south = -90;
        double north = 90;
        double west = -180;
        double east = 180;
        char[] geohash = new char[Math.max(0, precision)];
        boolean byLongitude = true;
        for (int i = 0; i < geohash.length; i++) {
            int digit = 0;
            for (int bit = 0; bit < BITS_A_DIGIT; bit++) {
                double middle = byLongitude ? (west + east) / 2 : (south + north) / 2;
                boolean upper = (byLongitude ? longitude : latitude) >= middle;
                digit = digit << 1 | (upper ? 1 : 0);
                if (byLongitude) {
                    west = upper ? middle : west;
                    east = upper ? east : middle;
                } else {
                    south = upper ? middle : south;
                    north = upper ? north : middle;
                }
                byLongitude = !byLongitude;
            }
            geohash[i] = DIGITS[digit];
        }
        return new String(geohash);
    }
}
