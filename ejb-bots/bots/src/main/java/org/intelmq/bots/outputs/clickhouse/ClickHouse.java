package org.intelmq.bots.outputs.clickhouse;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.Http;
import org.intelmq.bot.Reply;
import org.intelmq.bot.UnavailableException;
import org.intelmq.text.net.MaskedUrl;

/** Inserts over ClickHouse's HTTP interface: https://clickhouse.com/docs/interfaces/http. */
final class ClickHouse {

    /** The insert cannot be done now, and certainly was not done. */
    static final class NothingWritten extends UnavailableException {

        private static final long serialVersionUID = 1L;

        NothingWritten(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * ClickHouse's error codes for: unknown table or database, too many queries, not allowed to write, out of memory or disk space, read-only
     * table, too many parts, access denied, login failed.
     */
    private static final Set<String> NOT_NOW = Set.of("60", "81", "164", "192", "193", "194", "202", "241", "242", "243", "252", "497", "516");
    /** Error codes for: time limit, network, replicas, unknown status of the insert. */
    private static final Set<String> IN_DOUBT = Set.of("159", "209", "210", "285", "286", "319", "999");

    private final URI target;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final ClickHouseOutput.Params params;
    private final Http http;

    ClickHouse(ClickHouseOutput.Params params, BotContext context) {
        if (!params.url().isAbsolute() || params.url().getHost() == null) {
            throw new ConfigurationException("parameter 'url' cannot be \"" + MaskedUrl.in(params.url())
                    + "\": expected an address such as http://localhost:8123");
        }
        this.params = params;
        this.http = context.http(params.http().http());
        this.target = params.url();
        settings.put("query", "INSERT INTO " + quoted(params.database()) + '.' + quoted(params.table()) + " FORMAT JSONEachRow");
        settings.put("async_insert", "0");
        settings.put("insert_deduplicate", "1");
        settings.put("date_time_input_format", "best_effort");
        settings.put("input_format_json_read_objects_as_strings", "1");
        settings.put("input_format_skip_unknown_fields", params.skipUnknownFields() ? "1" : "0");
        // the answer comes when all is done, so that its status tells the truth
        settings.put("wait_end_of_query", "1");
    }

    private static String quoted(String name) {
        return '`' + name.replace("\\", "\\\\").replace("`", "\\`") + '`';
    }

    /**
     * Inserts all rows or none.
     *
     * @param token by which ClickHouse recognises a repeated insert; {@code null} for none
     * @throws NothingWritten if the rows can be inserted again in any way
     * @throws UnavailableException if it may have been done, so that exactly the same insert has to be tried again
     * @throws IOException if it is refused
     */
    void insert(byte[] rows, String token) throws IOException, InterruptedException {
        Map<String, String> query = new LinkedHashMap<>(settings);
        if (token != null) {
            query.put("insert_deduplication_token", token);
        }
        String path = target.toString().replaceFirst("/+$", "") + "/?"
                + query.entrySet().stream().map(entry -> entry.getKey() + '=' + encoded(entry.getValue())).collect(Collectors.joining("&"));
        HttpRequest.Builder request = http.request(URI.create(path)).setHeader("X-ClickHouse-User", params.user())
                .setHeader("Content-Type", "application/x-ndjson")
                .POST(HttpRequest.BodyPublishers.ofByteArray(rows));
        if (params.password() != null) {
            request.setHeader("X-ClickHouse-Key", params.password());
        }
        try {
            check(http.ask(request.build()));
        } catch (RefusedException e) {
            throw e;
        } catch (IOException e) {
            if (isUnreached(e)) {
                throw new NothingWritten(e.getMessage(), e);
            }
            throw new UnavailableException(e.getMessage() + ". Whether the events were written is not known: the same insert is sent again.", e);
        }
    }

    private void check(Reply reply) throws IOException {
        String text = reply.utf8();
        String code = reply.headers().firstValue("X-ClickHouse-Exception-Code").orElse("");
        if (reply.status() == 200 && code.isEmpty()) {
            if (!text.isBlank()) {
                throw new UnavailableException(MaskedUrl.in(target) + " answered an insert with " + (text.length() <= 400 ? text.strip()
                        : text.substring(0, 400) + "…") + ", where ClickHouse sends an empty answer. Check that url leads to ClickHouse.");
            }
            return;
        }
        String refusal = "table '" + params.table() + "' of ClickHouse at " + MaskedUrl.in(target) + ": status " + reply.status() + ", "
                + (text.length() <= 400 ? text.strip() : text.substring(0, 400) + "…");
        int status = reply.status();
        if (IN_DOUBT.contains(code) || code.isEmpty() && status >= 500) {
            throw new UnavailableException(refusal);
        }
        if (NOT_NOW.contains(code) || status == 401 || status == 403 || status == 429) {
            throw new NothingWritten(refusal, null);
        }
        throw new RefusedException(refusal);
    }

    private static boolean isUnreached(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof ConnectException || each instanceof UnknownHostException || each instanceof HttpConnectTimeoutException) {
                return true;
            }
        }
        return false;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** The rows do not fit the table. */
    private static final class RefusedException extends IOException {

        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message);
        }
    }
}
