package org.intelmq.bots.experts.maxmindgeoip;

import com.maxmind.db.CHMCache;
import com.maxmind.db.Reader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.intelmq.archive.Archive;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.Folder;
import org.intelmq.bot.Http;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.bot.StatusException;
import org.intelmq.message.Field;
import org.intelmq.message.Fields;
import org.intelmq.message.IfPresent;
import org.intelmq.message.Message;
import org.intelmq.text.net.IpAddress;

/** Database: MaxMind's GeoLite2 City, https://dev.maxmind.com/geoip/geolite2-free-geolocation-data. */
public final class MaxmindGeoipExpert implements Bot<Message> {

    public static final BotType<Params> TYPE = BotType.expert("intelmq.bots.experts.maxmind_geoip.expert", "MaxMind GeoIP",
            "Finds country, city and coordinates of addresses in a local MaxMind database.", Params.class, MaxmindGeoipExpert::new)
            .updating(params -> params.autoupdateCachedDatabase() ? params.database() : null,
                    (params, http, target) -> target.write(download(params.licenseKey(), http)));

    public record Params(
            @Param(value = "File in MaxMind's format; below var/lib/bots if not absolute.", byDefault = "maxmind_geoip/GeoLite2-City.mmdb",
                    folder = Folder.DATA)
            Path database,
            @Param(value = "MaxMind's key for updating the file.", optional = true, secret = true)
            String licenseKey,
            @Param(value = "Whether fields that are set already are replaced.", byDefault = "false")
            boolean overwrite,
            @Param(value = "Whether to use the country in which the network is registered instead of the one where it is used.", byDefault = "false")
            boolean useRegistered,
            @Param(value = "Whether update-database updates the file.", byDefault = "true")
            boolean autoupdateCachedDatabase) { }

    private static final String FILE = "GeoLite2-City.mmdb";
    private static final String DOWNLOAD = "https://download.maxmind.com/app/geoip_download?edition_id=GeoLite2-City&suffix=tar.gz&license_key=";

    private record Side(Field address, Field country, Field latitude, Field longitude, Field city) { }

    private static final Side SOURCE = new Side(Fields.SOURCE_IP, Fields.SOURCE_GEOLOCATION_CC, Fields.SOURCE_GEOLOCATION_LATITUDE,
            Fields.SOURCE_GEOLOCATION_LONGITUDE, Fields.SOURCE_GEOLOCATION_CITY);
    private static final Side DESTINATION = new Side(Fields.DESTINATION_IP, Fields.DESTINATION_GEOLOCATION_CC,
            Fields.DESTINATION_GEOLOCATION_LATITUDE, Fields.DESTINATION_GEOLOCATION_LONGITUDE, Fields.DESTINATION_GEOLOCATION_CITY);

    private final IfPresent ifPresent;
    private final String country;
    private final Reader database;

    private MaxmindGeoipExpert(Params params, BotContext context) {
        this.ifPresent = IfPresent.overwriting(params.overwrite());
        this.country = params.useRegistered() ? "registered_country" : "country";
        Path file = context.dataDirectory().resolve(params.database());
        try {
            this.database = new Reader(file.toFile(), Reader.FileMode.MEMORY, new CHMCache());
        } catch (IOException e) {
            throw new ConfigurationException("parameter 'database' cannot be \"" + file + "\": expected a readable database of MaxMind, see update-database ("
                    + e.getMessage() + ')', e);
        }
    }

    private static byte[] download(String key, Http http) throws IOException, InterruptedException {
        if (key == null || key.isEmpty()) {
            throw new IOException("parameter 'license_key' is not set: expected the key for " + URI.create(DOWNLOAD).getHost());
        }
        URI address = URI.create(DOWNLOAD + URLEncoder.encode(key, StandardCharsets.UTF_8));
        byte[] packed;
        try {
            packed = http.get(address);
        } catch (IOException e) {
            String told = e.getMessage() == null ? DOWNLOAD : e.getMessage().replace(address.toString(), DOWNLOAD + "…");
            throw new IOException(told + (e instanceof StatusException refused && refused.status() == 401 ? ": the license_key is not valid" : ""), e);
        }
        List<Archive.Member> members = Archive.unpack(packed, name -> name.contains(FILE));
        if (members.isEmpty()) {
            throw new IOException("no file " + FILE + " in the archive from " + DOWNLOAD + "…");
        }
        byte[] database = members.get(0).content();
        new Reader(new ByteArrayInputStream(database)).close();
        return database;
    }

    @Override
    public void process(Message event, Outbox out) throws IOException {
        fill(event, SOURCE);
        fill(event, DESTINATION);
        out.send(event);
    }

    private void fill(Message event, Side side) throws IOException {
        if (!(event.get(side.address()) instanceof String address)) {
            return;
        }
        Map<?, ?> found = database.get(InetAddress.getByAddress(IpAddress.parse(address).toBytes()), Map.class);
        if (found == null) {
            return;
        }
        add(event, side.country(), at(found, country, "iso_code"));
        add(event, side.latitude(), at(found, "location", "latitude"));
        add(event, side.longitude(), at(found, "location", "longitude"));
        add(event, side.city(), at(found, "city", "names", "en"));
    }

    private static Object at(Map<?, ?> found, String... path) {
        Object value = found;
        for (String name : path) {
            value = value instanceof Map<?, ?> map ? map.get(name) : null;
        }
        return value;
    }

    private void add(Message event, Field field, Object value) {
        boolean isNothing = value == null || value instanceof Double number && number == 0;
        if (!isNothing) {
            event.add(field, value, ifPresent);
        }
    }

    @Override
    public void close() throws IOException {
        database.close();
    }
}
