package org.intelmq.bots.collectors.microsoft;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.xml.stream.XMLStreamException;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.CacheParams;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.Defaults;
import org.intelmq.bot.Download;
import org.intelmq.bot.Form;
import org.intelmq.bot.Http;
import org.intelmq.bot.HttpParams;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.bot.Reply;
import org.intelmq.bot.ReportData;
import org.intelmq.bot.SourceItem;
import org.intelmq.bot.State;
import org.intelmq.bot.Tick;
import org.intelmq.text.net.FormText;
import org.intelmq.text.xml.XmlElement;

/**
 * Interface: https://learn.microsoft.com/rest/api/storageservices/list-blobs. Each blob is fetched once. If one cannot be fetched, the others
 * still are, and it is tried again at the next poll.
 */
public final class AzureCollector implements Bot<Tick> {

    public record Params(
            @Param(value = "Connection string from Azure, with the account's key or a shared access signature.", secret = true, form = Form.LINE)
            String connectionString,
            @Param(value = "Container with the blobs.", example = "feeds")
            String containerName,
            @Param(value = "Polling interval.", byDefault = "3600")
            Duration rateLimit,
            @Defaults({"redis_cache_db: 5", "redis_cache_ttl: 864000"})
            CacheParams cache,
            HttpParams http) { }

    public static final BotType<Params> TYPE = BotType.collector("intelmq.bots.collectors.microsoft.collector_azure", "Microsoft Azure",
            "Fetches the gzip files in a container of Azure's blob storage.", Params.class, AzureCollector::new).remembering();

    private static final int MOST_PAGES = 10_000;

    private final Params params;
    private final BotContext context;
    private final Http http;
    private final State state;
    private final StorageAccount account;
    private final String container;

    AzureCollector(Params params, BotContext context) {
        this.params = params;
        this.context = context;
        this.http = context.http(params.http.withoutCredentials());
        this.state = context.state(params.cache);
        this.account = StorageAccount.parse(params.connectionString);
        if (!params.containerName.matches("[$a-z0-9-]+")) {
            throw new ConfigurationException("parameter 'container_name' cannot be \"" + params.containerName
                    + "\": expected the name of a container: lower-case letters, digits and dashes");
        }
        this.container = FormText.inPath(params.containerName);
    }

    @Override
    public void process(Tick tick, Outbox out) throws IOException, InterruptedException {
        String marker = "";
        for (int page = 0; page < MOST_PAGES; page++) {
            XmlElement listed = list(marker);
            XmlElement blobs = listed.child("Blobs");
            if (blobs != null) {
                for (XmlElement blob : blobs.children()) {
                    if (blob.tag().equals("Blob") && blob.textOf("Name") != null) {
                        collect(blob.textOf("Name"), out);
                    }
                }
            }
            marker = listed.textOf("NextMarker");
            if (marker == null || marker.isEmpty()) {
                return;
            }
        }
        throw new IOException("container " + params.containerName + " has more than " + MOST_PAGES + " pages of blobs");
    }

    private XmlElement list(String marker) throws IOException, InterruptedException {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("restype", "container");
        query.put("comp", "list");
        if (!marker.isEmpty()) {
            query.put("marker", marker);
        }
        Reply reply = http.ask(account.request(http, context.clock(), container, query)).checked();
        try {
            XmlElement listed = XmlElement.parse(reply.utf8().replaceFirst("^\uFEFF", ""));
            if (listed.tag().equals("EnumerationResults")) {
                return listed;
            }
        } catch (XMLStreamException e) {
            throw new IOException(reply.unexpected("a list of blobs").getMessage(), e);
        }
        throw reply.unexpected("a list of blobs");
    }

    private void collect(String name, Outbox out) throws IOException, InterruptedException {
        if (state.get(name) != null) {
            context.log().fine("Blob " + name + " was processed already.");
            return;
        }
        String path = container + '/' + FormText.inPath(name).replace("%2F", "/");
        SourceItem item = new SourceItem("Blob " + name, context.log());
        try (Download reply = item.get(() -> http.fetch(account.request(http, context.clock(), path, Map.of())))) {
            ReportData content = reply == null ? null : item.get(() -> Gunzipped.whole(reply.body()));
            if (content != null && (content.size() == 0 || item.send(context.newReport(), content, out))) {
                state.put(name, "1", params.cache.redisCacheTtl());
            }
        }
    }
}
