package org.intelmq.server.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The login, and all that the page of the configuration offers. */
@EnabledIfSystemProperty(named = PagesSession.PAGES, matches = ".+", disabledReason = PagesSession.LEFT_OUT)
class GraphPagesIT extends PagesSession {

    private static final Pattern LIVE = Pattern.compile("queues-and-status");
    private static final Pattern ONCE = Pattern.compile("/v1/api/(?!queues)");

    private static GraphPage graph;

    @BeforeAll
    static void look() {
        graph = new GraphPage(browser);
    }

    @Test
    @Order(1)
    void withoutALoginEachPageShowsAndTellsOfTheRefusal() {
        expect("Request Failed: error, Unauthorized", "/v1/api/");
        browser.open("index.html");
        assertEquals("[\"configs.html\",\"management.html\",\"monitor.html\",\"check.html\",\"about.html\"]",
                browser.text("JSON.stringify($('.navbar-top-links a').map((i, e) => e.getAttribute('href')).get())"));
        browser.picture("01-index");
        browser.open("configs.html");
        browser.awaitError("Unauthorized");
        browser.open("monitor.html");
        browser.awaitError("Error loading botnet status");
        browser.click("#log-window");
        browser.picture("02-refused");
        browser.open("check.html");
        assertEquals("error getting check command output", browser.agree());
        browser.open("about.html");
        assertTrue(browser.agree().contains("rror getting "));
        assertTrue(browser.agree().contains("rror getting "));
    }

    @Test
    @Order(2)
    void whoEntersAWrongPasswordIsToldSo() {
        // without a list of bots the page has nothing to make its menu of
        expect("positions in file|reading 'restart'", "/v1/api/");
        browser.open("configs.html");
        login(ManagerScene.ADMIN, "wrong");
        browser.await("$('#loginErrorField').text().trim() == 'Login failed, server response was: Invalid username and/or password.'");
        browser.picture("03-wrong-password");
        browser.open("configs.html");
        login(ManagerScene.ADMIN, ManagerScene.PASSWORD);
        graph.awaitLoaded();
        assertEquals("Logged in as: admin", browser.find("#login-status").getText());
    }

    @Test
    @Order(3)
    void theGraphShowsBotsWithTheirStates() {
        browser.await("bot_status['file-output'] == 'running' && bot_status['http-collector'] == 'disabled'");
        browser.await("app.network_data.nodes.get('file-output').color == '#ffff66' && app.network_data.nodes.get('http-collector').color == '#cc6666'");
        browser.picture("04-graph");
        graph.openGroup("Output");
        browser.picture("05-palette");
        graph.palette("Output", "SMTP").click();
        browser.awaitError("No instance of the SMTP found.");
    }

    @Test
    @Order(4)
    void botsAreAdded() {
        graph.drag("Output", "File");
        assertEquals("File-Output", graph.shownValue("id"));
        assertEquals("false", graph.shownValue("hierarchical_output"));
        browser.picture("06-add-bot");
        graph.set("id", "added-output");
        graph.set("description", "added in the browser");
        graph.set("file", scene.root.resolve("var/lib/bots/file-output/added.txt").toString());
        graph.beginKey("not a key", "x");
        browser.awaitError("Parameter names can only be composed");
        graph.fillKey("logging_level", "INFO");
        graph.awaitKey("logging_level");
        browser.picture("07-added-key");
        graph.removeField("keep_raw_field");
        graph.accept();
        browser.await("'added-output' in app.nodes");
        assertEquals("false", browser.text("app.nodes['added-output'].parameters.hierarchical_output"));
        graph.addAtFreePlace();
        assertTrue(browser.find("#network-popUp").getText().contains("Please select one of the bots"));
        graph.openGroup("Expert");
        graph.palette("Expert", "Taxonomy").click();
        browser.await("$('#network-popUp-fields input#module').val() == 'intelmq.bots.experts.taxonomy.expert'");
        graph.cancel();
        assertEquals("9", browser.text("Object.keys(app.nodes).length"));
    }

    @Test
    @Order(5)
    void botsAreConnected() {
        graph.connect("filter-expert", "added-output");
        browser.await("app.nodes['filter-expert'].parameters.destination_queues._default.includes('added-output-queue')");
        graph.connect("added-output", "filter-expert");
        browser.awaitError("Node type Output can't connect");
        graph.connect("csv-parser", "csv-parser");
        browser.awaitError("infinite loop");
        graph.connect("file-collector", "taxonomy-expert");
        browser.awaitError("it's not so common");
        browser.picture("08-connected");
        graph.selectQueue("file-collector|taxonomy-expert|_default");
        graph.click(".vis-delete");
        browser.await("!app.nodes['file-collector'].parameters.destination_queues._default.includes('taxonomy-expert-queue')");
        graph.nameQueue("filter-expert|added-output|_default", "driver-path");
        browser.await("'driver-path' in app.nodes['filter-expert'].parameters.destination_queues");
        assertEquals("{\"_default\":[\"taxonomy-expert-queue\"],\"filter_out\":[\"dropped-output-queue\"],\"driver-path\":[\"added-output-queue\"]}",
                graph.queues("filter-expert"));
    }

    @Test
    @Order(6)
    void botsAndDefaultsAreEdited() {
        expect("positions in file", "nothing");
        graph.edit("http-collector");
        assertTrue(graph.shownValue("http_password").startsWith("********"));
        browser.picture("09-edit-bot");
        graph.set("rate_limit", "1800");
        graph.accept();
        browser.await("app.nodes['http-collector'].parameters.rate_limit == 1800");
        graph.edit("old-output");
        graph.set("id", "older-output");
        graph.accept();
        assertEquals("You have edited the bot's ID. Proceed with the operation?", browser.agree());
        browser.await("'older-output' in app.nodes && !('old-output' in app.nodes)");
        graph.select("taxonomy-expert");
        graph.click(".duplicate-button");
        browser.await("'taxonomy-expert-2' in app.nodes");
        browser.picture("10-duplicated");
        graph.select("taxonomy-expert-2");
        graph.click(".vis-delete");
        browser.await("!('taxonomy-expert-2' in app.nodes)");
        browser.click("#editDefaults");
        graph.beginKey("log_processed_messages_count", "77");
        graph.awaitKey("log_processed_messages_count");
        browser.picture("11-defaults");
        graph.accept();
        browser.await("app.defaults.log_processed_messages_count == 77");
    }

    @Test
    @Order(7)
    void theConfigurationIsSavedAndComesBack() throws Exception {
        browser.exchanges(ALL);
        graph.label("#vis-save .vis-save-label");
        assertTrue(browser.agree().contains("Do you agree?"));
        browser.awaitError("Reloaded bots: ");
        browser.picture("12-saved");
        assertEquals(List.of("GET bot?action=reload&id=file-collector 200", "GET bot?action=reload&id=filter-expert 200", "POST positions 200",
                        "POST runtime 200"),
                browser.exchanges(ONCE).stream()
                        .map(each -> each.method() + each.url().replaceFirst(".*/", " ") + " " + each.status()).sorted().toList());
        String saved = Files.readString(scene.configuration());
        for (String part : List.of("# kept by the manager", "# kept too", "http_password: secret-of-feed", "rate_limit: 1800", "older-output:",
                "driver-path")) {
            assertTrue(saved.contains(part), part + " in " + saved);
        }
        String places = graph.places();
        graph.open("");
        assertEquals(places, graph.places());
        assertEquals("", browser.shownErrors());
    }

    @Test
    @Order(8)
    void botsAreControlledInTheGraph() {
        graph.select("filter-expert");
        for (String action : List.of("start", "reload", "restart", "stop")) {
            graph.click(".control-buttons button[data-url=" + action + "]");
            String state = action.equals("stop") ? "stopped" : "running";
            browser.await("bot_status['filter-expert'] == '" + state + "' && $('.vis-manipulation [data-role=control-status]').text() == '" + state + "'");
        }
        browser.await("app.network_data.nodes.get('filter-expert').color == '#66a3aa'");
        browser.picture("13-controls");
        graph.select("older-output");
        browser.await("$('.vis-manipulation [data-role=control-status]').text() == 'disabled'");
    }

    @Test
    @Order(9)
    void labelsOfTheGraphDoWhatTheySay() {
        graph.label(".vis-live-toggle");
        browser.await("settings.live === false && $('.navbar.waiting').length == 0");
        browser.exchanges(ALL);
        browser.script("window.then = Date.now()");
        browser.await("Date.now() - window.then > 2500");
        assertEquals(List.of(), browser.exchanges(LIVE), "asked although live is off");
        graph.label(".vis-live-toggle");
        browser.await("settings.live === true");
        browser.await("performance.getEntriesByType('resource').some(e => e.name.includes('queues-and-status') && e.startTime > performance.now() - 900)");
        graph.label(".vis-physics-toggle");
        graph.label(".vis-physics-toggle");
        String places = graph.places();
        graph.label("#vis-redraw .vis-redraw-label");
        browser.await("JSON.stringify(app.network.getPositions()) != '" + places + "'");
        browser.picture("14-redrawn");
        graph.label("#vis-clear .vis-clear-label");
        browser.await("document.readyState == 'complete' && location.search == '?configuration=new' && window.app && app.network");
        assertEquals("0", browser.text("Object.keys(app.nodes).length"));
        browser.picture("15-cleared");
        graph.open("#filter-expert");
        browser.await("app.network.getSelectedNodes()[0] == 'filter-expert'");
        graph.click(".monitor-button a");
        browser.await("location.href.endsWith('monitor.html?bot_id=filter-expert')");
        graph.open("#nobody");
        browser.awaitError("Bot instance nobody not found");
    }
}
