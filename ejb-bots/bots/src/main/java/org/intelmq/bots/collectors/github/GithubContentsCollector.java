package org.intelmq.bots.collectors.github;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.Form;
import org.intelmq.bot.Http;
import org.intelmq.bot.HttpParams;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Pages;
import org.intelmq.bot.Param;
import org.intelmq.bot.ReportSize;
import org.intelmq.bot.SourceItem;
import org.intelmq.bot.Tick;
import org.intelmq.bot.rows.JsonObject;
import org.intelmq.message.Fields;
import org.intelmq.message.Report;
import org.intelmq.text.net.MaskedUrl;
import org.intelmq.text.net.WebAddress;
import org.intelmq.text.pattern.UserPattern;

/** Interface: https://docs.github.com/en/rest/repos/contents. If a file cannot be fetched, the others are still collected. */
public final class GithubContentsCollector implements Bot<Tick> {

    public record Params(
            @Param(value = "Repository, as owner/name.", example = "StrangerealIntel/DailyIOC")
            String repository,
            @Param(value = "Regular expression to find in the names of the files to fetch.", example = ".*\\.json")
            String regex,
            @Param(value = "Metadata of a file at GitHub to keep in extra.file_metadata.", byDefault = "", example = "sha, size")
            List<String> extraFields,
            @Param(value = "Token of a GitHub account; without one, GitHub answers only 60 requests an hour.", optional = true, secret = true,
                    form = Form.KEY)
            String personalAccessToken,
            HttpParams http) { }

    public static final BotType<Params> TYPE = BotType.collector("intelmq.bots.collectors.github_api.collector_github_contents_api", "Github API",
            "Fetches files from a repository at GitHub, including those in folders.", Params.class, GithubContentsCollector::new);

    private static final String REPOSITORIES = "https://api.github.com/repos/";
    private static final int MOST_FOLDERS = 10_000;

    private final Params params;
    private final BotContext context;
    private final Http http;
    private final URI root;
    private final UserPattern wanted;

    /**
     * A folder or a file.
     *
     * @param below the folder's address; {@code null} for a file
     */
    private record Entry(JsonObject described, URI below) { }

    GithubContentsCollector(Params params, BotContext context) {
        this.params = params;
        this.context = context;
        this.http = context.http(params.http);
        if (!params.repository.matches("[\\w.-]+/[\\w.-]+")) {
            throw new ConfigurationException("parameter 'repository' cannot be \"" + params.repository + "\": expected owner/name");
        }
        root = URI.create(REPOSITORIES + params.repository + "/contents");
        try {
            wanted = UserPattern.of(params.regex);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("parameter 'regex' cannot be \"" + params.regex + "\": expected a regular expression; " + e.getMessage(), e);
        }
        if (!hasToken()) {
            context.log().warning("Parameter 'personal_access_token' is not set: GitHub answers 60 requests an hour.");
        }
    }

    private boolean hasToken() {
        return params.personalAccessToken != null && !params.personalAccessToken.isBlank();
    }

    @Override
    public void process(Tick tick, Outbox out) throws IOException, InterruptedException {
        collect(root, new HashSet<>(), out);
    }

    private void collect(URI folder, Set<URI> seen, Outbox out) throws IOException, InterruptedException {
        if (!seen.add(folder)) {
            return;
        }
        if (seen.size() > MOST_FOLDERS) {
            throw new IOException("repository " + params.repository + " has more than " + MOST_FOLDERS + " folders");
        }
        for (Object entry : http.ask(listing(folder)).checked().jsonList()) {
            SourceItem item = new SourceItem("An entry of " + MaskedUrl.in(folder), context.log());
            Entry found = item.get(() -> entry(new JsonObject(entry)));
            if (found == null) {
                continue;
            }
            if (found.below() == null) {
                collect(found.described(), out);
            } else if (Pages.isSameServer(root, found.below())) {
                collect(found.below(), seen, out);
            } else {
                context.log().severe("Folder " + found.described().get("path") + " is left out: it is at " + MaskedUrl.in(found.below())
                        + ", expected " + root.getHost() + ".");
            }
        }
    }

    /** Returns {@code null} if it is neither a folder nor a wanted file. */
    private Entry entry(JsonObject described) {
        if ("dir".equals(described.get("type"))) {
            return new Entry(described, WebAddress.of(described.requireText("url")));
        }
        return "file".equals(described.get("type")) && wanted.find(described.requireText("name")) ? new Entry(described, null) : null;
    }

    private HttpRequest listing(URI folder) {
        HttpRequest.Builder request = http.request(folder).setHeader("Accept", "application/vnd.github.v3.text-match+json");
        if (hasToken()) {
            request.setHeader("Authorization", authorization(params.personalAccessToken.strip()));
        }
        return request.GET().build();
    }

    /** With the scheme that GitHub expects, unless the operator has put one before the token. */
    private static String authorization(String token) {
        return token.contains(" ") ? token : "Bearer " + token;
    }

    private void collect(JsonObject file, Outbox out) throws InterruptedException {
        Report report = new SourceItem("File " + file.get("path"), context.log()).get(() -> fetch(file));
        if (report != null) {
            out.send(report);
        }
    }

    /** Returns {@code null} if the file is empty. */
    private Report fetch(JsonObject file) throws IOException, InterruptedException {
        String address = file.requireText("download_url");
        byte[] content = http.get(WebAddress.of(address));
        if (content.length == 0) {
            context.log().warning("File " + file.get("path") + " is empty.");
            return null;
        }
        Report report = context.newReport();
        ReportSize.fill(report, "the file", new ByteArrayInputStream(content));
        report.add(Fields.FEED_URL, MaskedUrl.in(address));
        Map<String, Object> metadata = metadata(file);
        if (!metadata.isEmpty()) {
            report.add("extra.file_metadata", metadata);
        }
        return report;
    }

    private Map<String, Object> metadata(JsonObject file) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        for (String field : params.extraFields) {
            if (file.has(field)) {
                metadata.put(field, file.get(field));
            } else {
                context.log().warning("GitHub says no '" + field + "' of " + file.get("path") + ".");
            }
        }
        return metadata;
    }
}
