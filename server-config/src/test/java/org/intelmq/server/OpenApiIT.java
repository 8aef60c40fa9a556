package org.intelmq.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.intelmq.client.ApiClient;
import org.intelmq.client.ApiException;
import org.intelmq.client.api.AuditApi;
import org.intelmq.client.api.BotsApi;
import org.intelmq.client.api.CatalogueApi;
import org.intelmq.client.api.CheckApi;
import org.intelmq.client.api.ConfigurationApi;
import org.intelmq.client.api.DraftApi;
import org.intelmq.client.api.DumpsApi;
import org.intelmq.client.api.EventsApi;
import org.intelmq.client.api.FeedsApi;
import org.intelmq.client.api.HarmonizationApi;
import org.intelmq.client.api.HistoryApi;
import org.intelmq.client.api.JobsApi;
import org.intelmq.client.api.OpenapiApi;
import org.intelmq.client.api.PositionsApi;
import org.intelmq.client.api.QueuesApi;
import org.intelmq.client.api.RulesApi;
import org.intelmq.client.api.SearchesApi;
import org.intelmq.client.api.SessionApi;
import org.intelmq.client.api.SituationApi;
import org.intelmq.client.api.StatisticsApi;
import org.intelmq.client.api.StreamApi;
import org.intelmq.client.api.SystemApi;
import org.intelmq.client.api.TokensApi;
import org.intelmq.client.api.UsersApi;
import org.intelmq.client.model.ApplyDraft;
import org.intelmq.client.model.BotState;
import org.intelmq.client.model.ChangedUser;
import org.intelmq.client.model.CheckRules;
import org.intelmq.client.model.Edit;
import org.intelmq.client.model.Edited;
import org.intelmq.client.model.EditedMessage;
import org.intelmq.client.model.FeedValues;
import org.intelmq.client.model.Level;
import org.intelmq.client.model.Login;
import org.intelmq.client.model.MergeDraft;
import org.intelmq.client.model.Move;
import org.intelmq.client.model.NewPassword;
import org.intelmq.client.model.NewToken;
import org.intelmq.client.model.NewUser;
import org.intelmq.client.model.Purge;
import org.intelmq.client.model.Recover;
import org.intelmq.client.model.Retry;
import org.intelmq.client.model.Rollback;
import org.intelmq.client.model.Saved;
import org.intelmq.client.model.SearchQuery;
import org.intelmq.client.model.Session;
import org.intelmq.client.model.Text;
import org.intelmq.client.model.TrialOf;
import org.intelmq.client.model.TryRules;
import org.intelmq.client.model.Wanted;
import org.intelmq.message.Json;
import org.intelmq.server.testing.Api;
import org.intelmq.server.testing.CheckedHttp;
import org.intelmq.server.testing.Description;
import org.intelmq.server.testing.ServerProcess;
import org.intelmq.testing.OidcStub;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Asks a running server for all that its description offers, with the client that the build generates from it, and compares each
 * answer with what that says.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OpenApiIT {

    private static final String PIPELINE = """
            expert:
              group: Expert
              module: intelmq.bots.experts.taxonomy.expert
              parameters: {destination_queues: {_default: [out-queue]}}
            sieve:
              group: Expert
              enabled: false
              module: intelmq.bots.experts.sieve.expert
              parameters: {file: var/lib/bots/sieve/filter.sieve, destination_queues: {_default: [out-queue]}}
            out: {group: Output, enabled: false, module: intelmq.bots.outputs.file.output, parameters: {file: out.txt}}
            database: {group: Output, module: intelmq.bots.outputs.sql.output, parameters: {engine: h2, table: events}}
            """;
    private static final String EVENT = "{\"__type\": \"Event\", \"source.ip\": \"192.0.2.1\", \"classification.type\": \"phishing\", "
            + "\"time.observation\": \"2026-01-02T03:04:05+00:00\"}";
    private static final String RULES = "var/lib/bots/sieve/filter.sieve";
    private static final String RULE = "if source.ip == '192.0.2.1' { drop }\n";
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String PASSWORD = "correct horse";

    @TempDir
    private static Path root;
    private static OidcStub provider;
    private static ServerProcess server;
    private static Description description;
    private static CheckedHttp http;
    private static ApiClient client;

    @BeforeAll
    static void startServer() throws Exception {
        Files.createDirectories(root.resolve("etc"));
        Files.createDirectories(root.resolve("var/log"));
        Files.createDirectories(root.resolve(RULES).getParent());
        Files.writeString(root.resolve("etc/runtime.yaml"), PIPELINE);
        Files.writeString(root.resolve(RULES), RULE);
        Files.writeString(root.resolve("var/log/out.dump"),
                Json.pretty(Map.of("2026-01-02T03:04:05.000006", dumped(), "2026-01-02T03:04:05.000007", dumped())));
        provider = new OidcStub();
        server = ServerProcess.start(root, Map.of("INTELMQ_OIDC_ISSUER", provider.issuer().toString(), "INTELMQ_OIDC_CLIENT_ID", OidcStub.CLIENT,
                "INTELMQ_OIDC_CLIENT_SECRET", OidcStub.SECRET));
        description = new Description(Api.of(root).json("api/v1/openapi.json"));
        http = new CheckedHttp(description);
        String token = (String) ((Map<?, ?>) Json.parse(Files.readString(root.resolve("var/run/server.json")))).get("token");
        client = client(Map.of("Authorization", "Bearer " + token));
    }

    @AfterAll
    static void stopServer() {
        if (provider != null) {
            provider.close();
        }
        if (server != null) {
            server.close();
        }
    }

    private static Map<String, String> dumped() {
        return Map.of("bot_id", "out", "message", EVENT, "source_queue", "out-queue", "traceback", "Refused: no");
    }

    private static ApiClient client(Map<String, String> headers) {
        ApiClient made = new ApiClient() {

            @Override
            public HttpClient getHttpClient() {
                return http;
            }
        };
        made.updateBaseUri(server.url().toString().replaceFirst("/$", ""));
        made.setRequestInterceptor(request -> headers.forEach(request::header));
        return made;
    }

    @Test
    @Order(1)
    void bots() throws Exception {
        BotsApi bots = new BotsApi(client);
        assertEquals(4, bots.botsResourceList(null, null, null).size());
        assertEquals(BotState.RUNNING, bots.botsResourceShow("expert").getState());
        assertEquals(Map.of("expert", BotState.RUNNING), bots.botsResourceStatus(List.of("expert"), null));
        assertEquals(Map.of("expert", BotState.RUNNING), bots.botsResourceChange("reload", List.of("expert"), null));
        assertEquals(Map.of("expert", BotState.STOPPED), bots.botsResourceChangeOne("stop", "expert"));
        assertTrue(bots.botsResourceProcess("expert", EVENT, true, Level.INFO).getSent().get(0).getMessage().contains("fraud"));
        assertEquals(BotState.STOPPED, bots.botsResourceStatistics("expert").getState());
        assertEquals(1, bots.botsResourceTrial("expert", new TrialOf().source("sample")).size());
        assertEquals(Map.of("expert", BotState.RUNNING), bots.botsResourceChangeOne("start", "expert"));
        assertEquals(List.of(), bots.botsResourceNext("expert", 1, 0));
        assertNotNull(bots.botsResourceLog("expert", null, Level.DEBUG, 10, null).getItems());
        assertNotNull(bots.botsResourceHistory("expert", null, null).getTimes());
        assertEquals(404, assertThrows(ApiException.class, () -> bots.botsResourceShow("none")).getCode());
    }

    @Test
    @Order(2)
    void queues() throws Exception {
        // makes its queue
        new BotsApi(client).botsResourceChangeOne("start", "sieve");
        new BotsApi(client).botsResourceChangeOne("stop", "sieve");
        QueuesApi queues = new QueuesApi(client);
        queues.queuesResourceSend("out-queue", EVENT);
        queues.queuesResourceSendOnce("once", "out-queue", Json.write(List.of(EVENT)));
        assertEquals(2, queues.queuesResourceShow("out-queue").getWaiting());
        assertTrue(queues.queuesResourceList().stream().anyMatch(each -> each.getName().equals("out-queue")));
        assertEquals(2, queues.queuesResourceMessages("out-queue", null, null, 10).getItems().size());
        assertEquals(2, queues.queuesResourceMove("out-queue", new Move().to("sieve-queue")).getCount());
        assertEquals(2, queues.queuesResourceMove("sieve-queue", new Move().to("out-queue")).getCount());
        String dump = queues.queuesResourcePurge("out-queue", new Purge().confirm("out-queue")).getDump();
        assertEquals(2, queues.queuesResourceRetry("out-queue", new Retry().dump(dump)).getCount());
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertEquals(2, queues.queuesResourceShow("out-queue").getWaiting()));
        assertTrue(queues.queuesResourcePop("out-queue").contains("phishing"));
        assertEquals(1, queues.queuesResourceClear("out-queue"));
        assertNull(queues.queuesResourcePop("out-queue"));
    }

    @Test
    @Order(3)
    void dumpsAndJobs() throws Exception {
        DumpsApi dumps = new DumpsApi(client);
        assertEquals(2, dumps.dumpsResourceList("out", null, null).get(0).getCount());
        List<String> ids = dumps.dumpsResourceShow("out", null, 10, null).getItems().stream().map(each -> each.getId()).toList();
        assertEquals("Refused: no", dumps.dumpsResourceEntry("out", ids.get(0)).getTraceback());
        assertNotNull(dumps.dumpsResourceEdit("out", ids.get(0), new EditedMessage().message(EVENT.replace(".1", ".2"))).getMessage());
        assertEquals(1, dumps.dumpsResourceDelete("out", List.of(ids.get(1)), null).getCount());
        String job = dumps.dumpsResourceRecover("out", new Recover().all(true)).getId();
        JobsApi jobs = new JobsApi(client);
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertEquals("done", jobs.jobsResourceShow(job).getState()));
        assertEquals(job, jobs.jobsResourceList().get(0).getId());
        assertEquals("done", jobs.jobsResourceCancel(job).getState());
    }

    @Test
    @Order(4)
    void configuration() throws Exception {
        ConfigurationApi configuration = new ConfigurationApi(client);
        String text = configuration.configurationResourceRead().getText();
        assertNotNull(configuration.configurationResourceBot("expert").get("module"));
        assertEquals("out.txt", configuration.configurationResourceParameter("out", "file").getValue());
        String other = text.replace("out.txt", "other.txt");
        assertEquals(1, configuration.configurationResourcePlan(new Text().text(other)).getChanges().size());
        assertNotNull(configuration.configurationResourceProblems(new Text().text(other)));
        assertNotNull(configuration.configurationResourceApply(new ApplyDraft().text(other).reason("another file")).getRevision());
        DraftApi draft = new DraftApi(client);
        assertEquals(0, draft.draftResourceRead().getEdits());
        draft.draftResourceWrite(new Text().text(text), null);
        draft.draftResourceEdit(new Edited().addEditsItem(new Edit().op("set").bot("out").parameter("file").value("third.txt")), null);
        assertNotNull(draft.draftResourceProblems());
        assertTrue(draft.draftResourceMerge(new MergeDraft()).getEdits() > 0);
        String version = draft.draftResourcePlan().getVersion();
        assertNotNull(draft.draftResourceApply(new ApplyDraft().version(version).reason("a third")).getRevision());
        HistoryApi history = new HistoryApi(client);
        long revision = history.historyResourceList(null, null, 10).getItems().get(0).getRevision();
        assertTrue(history.historyResourceOne(revision, null).getTextDiff().contains("third.txt"));
        assertTrue(history.historyResourceRollBack(revision - 1, new Rollback().reason("back").replace(true)).getText().contains("other.txt"));
        assertTrue(draft.draftResourceDrop().getText().contains("third.txt"));
    }

    @Test
    @Order(5)
    void rulesAndFeeds() throws Exception {
        RulesApi rules = new RulesApi(client);
        assertEquals(RULES, rules.rulesResourceList().get(0).getFile());
        assertEquals(RULE, rules.rulesResourceRead(RULES).getText());
        assertNotNull(rules.rulesResourceWrite(RULES, new Saved().text(RULE + "\n").reason("a line"), null).getVersion());
        assertEquals(1, rules.rulesResourceCheck(new CheckRules().kind("sieve").text("if {")).size());
        assertTrue(rules.rulesResourceTrial(new TryRules().kind("sieve").text(RULE).addEventsItem(Map.of("source.ip", "192.0.2.1"))).get(0).getDropped());
        FeedsApi feeds = new FeedsApi(client);
        String feed = feeds.feedsResourceList().stream().filter(each -> each.getAccess().equals("free") && each.getSet().isEmpty()).findFirst().orElseThrow()
                .getId();
        assertEquals(feed, feeds.feedsResourceOne(feed).getId());
        // no feed at all, so that no other host is asked
        FeedValues values = new FeedValues().putValuesItem("http_url", server.url().resolve("health").toString());
        assertNotNull(feeds.feedsResourceSample(feed, values).getStep());
        assertTrue(feeds.feedsResourceDraft(feed, new FeedValues().to(List.of("expert"))).getEdits() > 0);
    }

    @Test
    @Order(6)
    void events() throws Exception {
        new QueuesApi(client).queuesResourceSend("database-queue", EVENT);
        EventsApi events = new EventsApi(client);
        String from = "2026-01-01T00:00:00Z";
        String to = "2026-02-01T00:00:00Z";
        AtomicReference<Object> id = new AtomicReference<>();
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            List<?> found = events.eventsResourceFind(null, null, 10, null, null, from, null, to).getItems();
            assertEquals(1, found.size());
            id.set(((Map<?, ?>) found.get(0)).get("id"));
        });
        assertEquals("192.0.2.1", events.eventsResourceShow(String.valueOf(id.get()), null, null, null, null).get("source.ip"));
        assertEquals(1, events.eventsResourceCount("source.ip", 10, null, from, null, to).getBuckets().size());
        assertNotNull(events.eventsResourceHistogram(null, "auto", null, from, null, to).getBuckets());
        events.eventsResourceExport("csv", List.of("source.ip:192.0.2.1"), from, null, to);
        events.eventsResourceExport("json", null, from, null, to);
        SearchesApi searches = new SearchesApi(client);
        assertEquals("mine", searches.searchesResourceKeep("mine", new SearchQuery().query("q=phishing")).getName());
        assertEquals(1, searches.searchesResourceList().size());
        assertEquals(List.of(), searches.searchesResourceForget("mine"));
    }

    @Test
    @Order(7)
    void people() throws Exception {
        UsersApi users = new UsersApi(client);
        assertEquals("anna", users.usersResourceAdd(new NewUser().name("anna").role("viewer").password(PASSWORD)).getName());
        assertEquals("editor", users.usersResourceChange("anna", new ChangedUser().role("editor").signOut(true)).getRole());
        assertEquals(1, users.usersResourceList().size());
        var login = new SessionApi(client(Map.of())).sessionResourceLogInWithHttpInfo(new Login().name("anna").password(PASSWORD));
        Session session = login.getData();
        String cookie = login.getHeaders().get("set-cookie").get(0).replaceFirst(";.*", "");
        SessionApi own = new SessionApi(client(Map.of("Cookie", cookie, "X-CSRF-Token", session.getCsrf())));
        assertEquals("editor", own.sessionResourceSession().getRole());
        own.sessionResourceChangePassword(new NewPassword().current(PASSWORD).password(PASSWORD + " battery"));
        own.sessionResourceLogOut();
        assertEquals(401, assertThrows(ApiException.class, own::sessionResourceSession).getCode());
        users.usersResourceRemove("anna");
        SessionApi nobody = new SessionApi(client(Map.of()));
        assertNotNull(nobody.sessionResourceWays().getProvider());
        assertTrue(nobody.signOnResourceBegin(new Wanted().next("/")).getAddress().startsWith(provider.issuer().toString()));
        assertEquals(303, assertThrows(ApiException.class, nobody::signOnResourceFinish).getCode(), "back to the login: nobody has come from there");
        TokensApi tokens = new TokensApi(client);
        assertNotNull(tokens.tokensResourceAdd(new NewToken().name("probe").role("viewer").days(1)).getToken());
        tokens.tokensResourceRemove(tokens.tokensResourceList().get(0).getId());
        assertTrue(new AuditApi(client).auditResourceList(null, 10, null, null).getItems().size() > 3);
    }

    @Test
    @Order(8)
    void theServer() throws Exception {
        assertEquals("UP", new SystemApi(client).systemResourceHealth().getStatus());
        assertNotNull(new SystemApi(client).systemResourceShow().getVersion());
        assertNotNull(new SystemApi(client).systemResourceAbout().getIntelmq());
        assertNotNull(new CheckApi(client).serverResourceCheck());
        assertTrue(new CatalogueApi(client).serverResourceCatalogue().containsKey("Expert"));
        assertNotNull(new CatalogueApi(client).serverResourceCatalogueDetails());
        assertNotNull(new StatisticsApi(client).serverResourceStatistics(null, null).getTimes());
        assertTrue(new HarmonizationApi(client).layoutResourceFields().containsKey("event"));
        assertNotNull(new SituationApi(client).situationResourceShow().getByHour());
        assertNotNull(new OpenapiApi(client).openApiResourceDescription());
        PositionsApi positions = new PositionsApi(client);
        positions.layoutResourcePlace(Map.of("expert", Map.of("x", 1, "y", 2)));
        assertEquals(Map.of("x", 1, "y", 2), positions.layoutResourcePositions().get("expert"));
        assertTrue(new StreamApi(client).stream("status", null).contains("event: status"));
    }

    @Test
    @Order(9)
    void allThatIsDescribedWasAskedAndAnsweredAsDescribed() {
        assertEquals(List.of(), http.problems());
        assertEquals(description.operations(), http.asked());
        assertEquals(description.operations(), http.done(), "what is missing here was refused each time");
    }
}
