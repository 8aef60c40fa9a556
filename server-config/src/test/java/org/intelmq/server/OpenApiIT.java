package org.intelmq.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import org.intelmq.client.api.NodesApi;
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
import org.intelmq.server.testing.ServedDescription;
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
    private static ServedDescription description;
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
                "INTELMQ_OIDC_CLIENT_SECRET", OidcStub.SECRET, "INTELMQ_OIDC_ROLES", "soc=operator"));
        description = new ServedDescription(Api.of(root).json("api/v1/openapi.json"));
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
        assertEquals(4, bots.botsList(null, null, null).size());
        assertEquals(BotState.RUNNING, bots.botsShow("expert").getState());
        assertEquals(Map.of("expert", BotState.RUNNING), bots.botsStatus(List.of("expert"), null));
        assertEquals(Map.of("expert", BotState.RUNNING), bots.botsChange("reload", List.of("expert"), null));
        assertEquals(Map.of("expert", BotState.STOPPED), bots.botsChangeOne("stop", "expert"));
        assertTrue(bots.botsProcess("expert", EVENT, true, Level.INFO).getSent().get(0).getMessage().contains("fraud"));
        assertEquals(BotState.STOPPED, bots.botsStatistics("expert").getState());
        assertEquals(1, bots.botsTrial("expert", new TrialOf().source("sample")).size());
        assertEquals(Map.of("expert", BotState.RUNNING), bots.botsChangeOne("start", "expert"));
        assertEquals(List.of(), bots.botsNext("expert", 1, 0));
        assertNotNull(bots.botsLog("expert", null, Level.DEBUG, 10, null).getItems());
        assertNotNull(bots.botsHistory("expert", null, null).getTimes());
        assertEquals(404, assertThrows(ApiException.class, () -> bots.botsShow("none")).getCode());
    }

    @Test
    @Order(2)
    void queues() throws Exception {
        // makes its queue
        new BotsApi(client).botsChangeOne("start", "sieve");
        new BotsApi(client).botsChangeOne("stop", "sieve");
        QueuesApi queues = new QueuesApi(client);
        queues.queuesSend("out-queue", EVENT);
        queues.queuesSendOnce("once", "out-queue", Json.write(List.of(EVENT)));
        assertEquals(2, queues.queuesShow("out-queue").getWaiting());
        assertTrue(queues.queuesList().stream().anyMatch(each -> each.getName().equals("out-queue")));
        assertEquals(2, queues.queuesMessages("out-queue", null, null, 10).getItems().size());
        assertEquals(2, queues.queuesMove("out-queue", new Move().to("sieve-queue")).getCount());
        assertEquals(2, queues.queuesMove("sieve-queue", new Move().to("out-queue")).getCount());
        String dump = queues.queuesPurge("out-queue", new Purge().confirm("out-queue")).getDump();
        assertEquals(2, queues.queuesRetry("out-queue", new Retry().dump(dump)).getCount());
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertEquals(2, queues.queuesShow("out-queue").getWaiting()));
        assertTrue(queues.queuesPop("out-queue").contains("phishing"));
        assertEquals(1, queues.queuesClear("out-queue"));
        assertNull(queues.queuesPop("out-queue"));
    }

    @Test
    @Order(3)
    void dumpsAndJobs() throws Exception {
        DumpsApi dumps = new DumpsApi(client);
        assertEquals(2, dumps.dumpsList("out", null, null).get(0).getCount());
        List<String> ids = dumps.dumpsShow("out", null, 10, null).getItems().stream().map(each -> each.getId()).toList();
        assertEquals("Refused: no", dumps.dumpsEntry("out", ids.get(0)).getTraceback());
        assertNotNull(dumps.dumpsEdit("out", ids.get(0), new EditedMessage().message(EVENT.replace(".1", ".2"))).getMessage());
        assertEquals(1, dumps.dumpsDelete("out", List.of(ids.get(1)), null).getCount());
        String job = dumps.dumpsRecover("out", new Recover().all(true)).getId();
        JobsApi jobs = new JobsApi(client);
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertEquals("done", jobs.jobsShow(job).getState()));
        assertEquals(job, jobs.jobsList().get(0).getId());
        assertEquals("done", jobs.jobsCancel(job).getState());
    }

    @Test
    @Order(4)
    void configuration() throws Exception {
        ConfigurationApi configuration = new ConfigurationApi(client);
        String text = configuration.configurationRead().getText();
        assertNotNull(configuration.configurationBot("expert").get("module"));
        assertEquals("out.txt", configuration.configurationParameter("out", "file").getValue());
        String other = text.replace("out.txt", "other.txt");
        assertEquals(1, configuration.configurationPlan(new Text().text(other)).getChanges().size());
        assertNotNull(configuration.configurationProblems(new Text().text(other)));
        assertNotNull(configuration.configurationApply(new ApplyDraft().text(other).reason("another file"), null).getRevision());
        DraftApi draft = new DraftApi(client);
        assertEquals(0, draft.draftRead().getEdits());
        draft.draftWrite(new Text().text(text), null);
        draft.draftEdit(new Edited().addEditsItem(new Edit().op("set").bot("out").parameter("file").value("third.txt")), null);
        assertNotNull(draft.draftProblems());
        assertTrue(draft.draftMerge(new MergeDraft()).getEdits() > 0);
        String version = draft.draftPlan().getVersion();
        assertNotNull(draft.draftApply(new ApplyDraft().version(version).reason("a third"), null).getRevision());
        HistoryApi history = new HistoryApi(client);
        long revision = history.historyList(null, null, 10).getItems().get(0).getRevision();
        assertTrue(history.historyOne(revision, null).getTextDiff().contains("third.txt"));
        assertTrue(history.historyRollBack(revision - 1, new Rollback().reason("back").replace(true)).getText().contains("other.txt"));
        assertTrue(draft.draftDrop().getText().contains("third.txt"));
    }

    @Test
    @Order(5)
    void rulesAndFeeds() throws Exception {
        RulesApi rules = new RulesApi(client);
        assertEquals(RULES, rules.rulesList().get(0).getFile());
        assertEquals(RULE, rules.rulesRead(RULES).getText());
        assertNotNull(rules.rulesWrite(RULES, new Saved().text(RULE + "\n").reason("a line"), null).getVersion());
        assertEquals(1, rules.rulesCheck(new CheckRules().kind("sieve").text("if {")).size());
        assertTrue(rules.rulesTrial(new TryRules().kind("sieve").text(RULE).addEventsItem(Map.of("source.ip", "192.0.2.1"))).get(0).getDropped());
        FeedsApi feeds = new FeedsApi(client);
        String feed = feeds.feedsList().stream().filter(each -> each.getAccess().equals("free") && each.getSet().isEmpty()).findFirst().orElseThrow()
                .getId();
        assertEquals(feed, feeds.feedsOne(feed).getId());
        // no feed at all, so that no other host is asked
        FeedValues values = new FeedValues().putValuesItem("http_url", server.url().resolve("health").toString());
        assertNotNull(feeds.feedsSample(feed, values).getStep());
        assertTrue(feeds.feedsDraft(feed, new FeedValues().to(List.of("expert"))).getEdits() > 0);
    }

    @Test
    @Order(6)
    void events() throws Exception {
        new QueuesApi(client).queuesSend("database-queue", EVENT);
        EventsApi events = new EventsApi(client);
        String from = "2026-01-01T00:00:00Z";
        String to = "2026-02-01T00:00:00Z";
        AtomicReference<Object> id = new AtomicReference<>();
        Awaitility.await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> {
            List<?> found = events.eventsFind(null, null, 10, null, null, from, null, to).getItems();
            assertEquals(1, found.size());
            id.set(((Map<?, ?>) found.get(0)).get("id"));
        });
        assertEquals("192.0.2.1", events.eventsShow(String.valueOf(id.get()), null, null, null, null).get("source.ip"));
        assertEquals(1, events.eventsCount("source.ip", 10, null, from, null, to).getBuckets().size());
        assertNotNull(events.eventsHistogram(null, "auto", null, from, null, to).getBuckets());
        events.eventsExport("csv", List.of("source.ip:192.0.2.1"), from, null, to);
        events.eventsExport("json", null, from, null, to);
        SearchesApi searches = new SearchesApi(client);
        assertEquals("mine", searches.searchesKeep("mine", new SearchQuery().query("q=phishing")).getName());
        assertEquals(1, searches.searchesList().size());
        assertEquals(List.of(), searches.searchesForget("mine"));
    }

    @Test
    @Order(7)
    void people() throws Exception {
        UsersApi users = new UsersApi(client);
        assertEquals("anna", users.usersAdd(new NewUser().name("anna").role("viewer").password(PASSWORD)).getName());
        assertEquals("editor", users.usersChange("anna", new ChangedUser().role("editor").signOut(true)).getRole());
        assertEquals(1, users.usersList().size());
        var login = new SessionApi(client(Map.of())).sessionLogInWithHttpInfo(new Login().name("anna").password(PASSWORD));
        Session session = login.getData();
        String cookie = login.getHeaders().get("set-cookie").get(0).replaceFirst(";.*", "");
        SessionApi own = new SessionApi(client(Map.of("Cookie", cookie, "X-CSRF-Token", session.getCsrf())));
        assertEquals("editor", own.sessionSession().getRole());
        own.sessionChangePassword(new NewPassword().current(PASSWORD).password(PASSWORD + " battery"));
        own.sessionLogOut();
        assertEquals(401, assertThrows(ApiException.class, own::sessionSession).getCode());
        users.usersRemove("anna");
        SessionApi nobody = new SessionApi(client(Map.of()));
        assertNotNull(nobody.sessionWays().getProvider());
        assertTrue(nobody.signOnBegin(new Wanted().next("/")).getAddress().startsWith(provider.issuer().toString()));
        assertEquals(303, assertThrows(ApiException.class, nobody::signOnFinish).getCode(), "back to the login: nobody has come from there");
        TokensApi tokens = new TokensApi(client);
        assertNotNull(tokens.tokensAdd(new NewToken().name("probe").role("viewer").days(1)).getToken());
        tokens.tokensRemove(tokens.tokensList().get(0).getId());
        assertTrue(new AuditApi(client).auditList(null, 10, null, null).getItems().size() > 3);
    }

    @Test
    @Order(8)
    void theServer() throws Exception {
        assertEquals("UP", new SystemApi(client).systemHealth().getStatus());
        assertNotNull(new SystemApi(client).systemShow().getVersion());
        assertNotNull(new SystemApi(client).systemAbout().getIntelmq());
        assertEquals(List.of(), new NodesApi(client).nodesList());
        assertNotNull(new CheckApi(client).serverCheck());
        assertFalse(new CheckApi(client).serverCheckSteps().getSteps().isEmpty());
        assertTrue(new CatalogueApi(client).serverCatalogue().containsKey("Expert"));
        assertNotNull(new CatalogueApi(client).serverCatalogueDetails());
        assertNotNull(new StatisticsApi(client).serverStatistics(null, null).getTimes());
        assertTrue(new HarmonizationApi(client).layoutFields().containsKey("event"));
        assertNotNull(new SituationApi(client).situationShow().getByHour());
        assertNotNull(new OpenapiApi(client).openApiDescription());
        PositionsApi positions = new PositionsApi(client);
        positions.layoutPlace(Map.of("expert", Map.of("x", 1, "y", 2)), null);
        assertEquals(Map.of("x", 1, "y", 2), positions.layoutPositions().get("expert"));
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
