package org.intelmq.bots.outputs.elasticsearch;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.Http;
import org.intelmq.bot.Reply;
import org.intelmq.bot.UnavailableException;
import org.intelmq.message.Json;

/** Requests to Elasticsearch. If it cannot do something now but may later, the events wait. */
final class Server {

    /** Too busy, not completely up, or an intermediary that does not reach it. */
    private static final Set<Integer> LATER = Set.of(429, 502, 503, 504);
    private static final Set<Integer> NOT_LET_IN = Set.of(401, 403);
    /** Leaves out the names and addresses of what was written, which would double the answer. */
    static final String BULK = "_bulk?filter_path=errors,items.*.status,items.*.error.type,items.*.error.reason,items.*.error.caused_by.reason";
    private static final String JSON = "application/json";

    private record Answer(int status, String text) {

        boolean isDone() {
            return status / 100 == 2;
        }
    }

    private final String address;
    private final String apiKey;
    private final Http http;

    Server(ElasticsearchServerParams params, BotContext context) {
        address = params.address();
        try {
            URI.create(address);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("parameter 'elastic_host' cannot be \"" + params.elasticHost() + "\": expected the name or address of a host", e);
        }
        apiKey = params.elasticApiKey();
        http = context.http(params.http());
        if (params.isUnchecked() && params.sslShowWarnings()) {
            context.log().warning("The certificate of " + address + " is not checked: set ssl_ca_certificate, or http_verify_cert to true.");
        }
    }

    /** Creates the index if it does not exist. */
    void ensureIndex(String index) throws IOException, InterruptedException {
        if (!exists(index)) {
            Answer answer = ask(request(index).setHeader("Content-Type", JSON).PUT(BodyPublishers.noBody()));
            if (!answer.isDone() && !answer.text().contains("already_exists")) {
                throw new ConfigurationException("index '" + index + "' cannot be created at " + address + ": " + reason(answer));
            }
        }
    }

    void requireTemplate(String name) throws IOException, InterruptedException {
        if (!exists("_template/" + name) && !exists("_index_template/" + name)) {
            throw new ConfigurationException("parameter 'rotate_index' needs a template with the name '" + name + "' (parameter 'elastic_index') at "
                    + address + ", and there is none: create it with PUT " + address + "_index_template/" + name + ", or set rotate_index to never");
        }
    }

    private boolean exists(String path) throws IOException, InterruptedException {
        Answer answer = ask(request(path).method("HEAD", BodyPublishers.noBody()));
        if (!answer.isDone() && answer.status() != 404) {
            throw new IOException("HEAD " + address + path + " answered with status " + answer.status() + ", expected 200 or 404");
        }
        return answer.isDone();
    }

    /** A document that already exists is not written again. */
    void create(Document document) throws IOException, InterruptedException {
        HttpRequest.Builder request = document.id() == null ? request(document.index() + "/_doc").POST(BodyPublishers.ofByteArray(document.json()))
                : request(document.index() + "/_create/" + document.id()).PUT(BodyPublishers.ofByteArray(document.json()));
        Answer answer = ask(request.setHeader("Content-Type", JSON));
        if (!answer.isDone() && answer.status() != 409) {
            throw new IOException("index '" + document.index() + "' refused the event: " + reason(answer));
        }
        if (answer.isDone() && !(Json.parseOrNull(answer.text()) instanceof Map<?, ?>)) {
            throw new UnavailableException(address + " did not say that it has stored the event: expected JSON with \"result\", not "
                    + shortened(answer.text().strip()) + ". Check that elastic_host and elastic_port lead to Elasticsearch or OpenSearch.");
        }
    }

    /**
     * Writes everything that can be written.
     *
     * @param fates takes the outcome of each document with an id: {@code null} for written, otherwise why not
     * @throws UnavailableException if some have to come again later; the outcome of the others is then known
     */
    void createAll(List<Document> documents, Map<String, String> fates) throws IOException, InterruptedException {
        Answer answer = ask(request(BULK).setHeader("Content-Type", "application/x-ndjson").POST(BodyPublishers.ofByteArray(BulkRequest.body(documents))));
        if (!answer.isDone()) {
            throw new IOException("POST " + address + "_bulk was refused: " + reason(answer));
        }
        if (!(Json.parseOrNull(answer.text()) instanceof Map<?, ?> content) || !(content.get("items") instanceof List<?> items)
                || items.size() != documents.size()) {
            throw new IOException("POST " + address + "_bulk: the answer does not say what happened to " + documents.size() + " documents: "
                    + shortened(answer.text()));
        }
        String later = null;
        for (int i = 0; i < items.size(); i++) {
            Document document = documents.get(i);
            Answer each = ofItem(items.get(i));
            if (LATER.contains(each.status()) || NOT_LET_IN.contains(each.status())) {
                // full disks and locked indices are answered with 403
                later = reason(each);
            } else {
                boolean isWritten = each.isDone() || each.status() == 409;
                fates.put(document.id(), isWritten ? null : "index '" + document.index() + "' refused the event: " + reason(each));
            }
        }
        if (later != null) {
            throw new UnavailableException(address + " cannot take all events now: " + later);
        }
    }

    private static Answer ofItem(Object item) throws IOException {
        if (item instanceof Map<?, ?> map && map.get("create") instanceof Map<?, ?> result && result.get("status") instanceof Number status) {
            return new Answer(status.intValue(), Json.write(result));
        }
        throw new IOException("an item of the answer of _bulk has no status: " + shortened(Json.write(item)));
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = http.request(URI.create(address + path)).setHeader("Accept", JSON);
        return apiKey == null ? request : request.setHeader("Authorization", "ApiKey " + apiKey);
    }

    private Answer ask(HttpRequest.Builder request) throws InterruptedException {
        Answer answer;
        try {
            Reply reply = http.ask(request.build());
            answer = new Answer(reply.status(), reply.utf8());
        } catch (IOException e) {
            throw new UnavailableException(e.getMessage(), e);
        }
        if (LATER.contains(answer.status())) {
            throw new UnavailableException(address + " cannot do it now: " + reason(answer));
        }
        if (NOT_LET_IN.contains(answer.status())) {
            throw new UnavailableException(address + " refuses our login: " + reason(answer)
                    + ". Check http_username and http_password, or elastic_api_key, and what they are allowed.");
        }
        return answer;
    }

    /** The first reason in the answer, or the whole answer. */
    private static String reason(Answer answer) {
        Object error = Json.parseOrNull(answer.text()) instanceof Map<?, ?> content ? content.get("error") : null;
        String text = error instanceof Map<?, ?> details ? details.get("type") + ": " + details.get("reason")
                + (details.get("caused_by") instanceof Map<?, ?> cause ? " (" + cause.get("reason") + ")" : "") : answer.text();
        return "status " + answer.status() + (text.isBlank() ? "" : ", " + shortened(text));
    }

    private static String shortened(String text) {
        return text.length() <= 300 ? text : text.substring(0, 300) + "…";
    }
}
