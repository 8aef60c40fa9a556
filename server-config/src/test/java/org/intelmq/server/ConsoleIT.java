package org.intelmq.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.intelmq.server.testing.Api;
import org.intelmq.server.testing.Browser;
import org.intelmq.server.testing.Chromium;
import org.intelmq.server.testing.ConsoleUser;
import org.intelmq.server.testing.ServerProcess;
import org.intelmq.testing.NeedsCommand;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The console in a browser, over a real server with the shipped sample. Its pictures are in {@code target/console}. */
@NeedsCommand({Chromium.PROGRAM, Chromium.DRIVER})
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ConsoleIT {

    private static final int LARGEST_START = 300 * 1024;
    private static final List<String> COMPLAINTS = new ArrayList<>();

    @TempDir
    private static Path root;
    private static ServerProcess server;
    private static Browser browser;
    private static ConsoleSteps steps;

    @BeforeAll
    static void begin() throws Exception {
        Path etc = ServerProcess.distribution().resolve("etc");
        try (var files = Files.walk(etc)) {
            for (Path file : files.toList()) {
                Path copy = root.resolve("etc").resolve(etc.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                if (Files.isRegularFile(file)) {
                    Files.copy(file, copy);
                }
            }
        }
        Path sample = root.resolve("var/lib/bots/sample-collector");
        Files.createDirectories(sample);
        Files.copy(etc.resolve("sample/feodo-tracker.json"), sample.resolve("feodo-tracker.json"));
        server = ServerProcess.launch(root, ServerProcess.freePort(), Map.of());
        browser = new Browser(server.url());
        server.awaitReady();
    }

    /** What they need is made with the first: what comes before counts the bots of the sample. */
    private static ConsoleSteps steps() throws IOException {
        if (steps == null) {
            steps = ConsoleSteps.prepare(browser, root);
        }
        return steps;
    }

    @AfterAll
    static void end() {
        if (browser != null) {
            browser.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @Test
    @Order(1)
    void theLinkOfTheStartMakesTheFirstUserWhoIsAskedForThePasswordThen() {
        ConsoleUser.become(browser, server);
        browser.click("header button:has([href$='box-arrow-right'])");
        browser.type("#login-name", ConsoleUser.NAME);
        browser.type("#login-password", "wrong-horse-battery");
        browser.click("dialog button.primary");
        browser.find("dialog .note.error");
        browser.picture("login");
        browser.type("#login-password", ConsoleUser.PASSWORD);
        browser.click("dialog button.primary");
        browser.find(".node[data-id='sample-collector']");
        assertEquals(17, browser.count(".node"));
        Object smallest = browser.run("return Math.min(...[...document.querySelectorAll('.node')].map(node => node.getBoundingClientRect())"
                + ".map(box => box.left < 168 || box.right > innerWidth || box.bottom > innerHeight ? 0 : box.width))");
        assertTrue(((Number) smallest).doubleValue() > 0.9 * 216, "a bot is " + smallest + " wide, or out of sight");
        Object cut = browser.run("return [...document.querySelectorAll('.node .title')].filter(({ scrollHeight, clientHeight }) =>"
                + "scrollHeight > clientHeight + 1).map(title => title.textContent)");
        assertEquals(List.of(), cut, "names that are cut");
    }

    @Test
    @Order(2)
    void startsSmallAndAsksNobodyElse() {
        browser.open("/pipeline");
        browser.find(".node");
        Object bytes = browser.run("return performance.getEntriesByType('resource').concat(performance.getEntriesByType('navigation'))"
                + ".filter(entry => !entry.name.includes('/api/')).reduce((sum, entry) => sum + entry.encodedBodySize, 0)");
        assertTrue(((Number) bytes).longValue() < LARGEST_START, bytes + " bytes");
        Object others = browser.run("return performance.getEntriesByType('resource').map(entry => new URL(entry.name).origin)"
                + ".filter(origin => origin !== location.origin).length");
        assertEquals(0L, others);
    }

    @Test
    @Order(3)
    void keysLeadThroughTheGraph() {
        browser.open("/pipeline");
        browser.find(".node");
        browser.chord(Keys.CONTROL, "k");
        browser.find(".finder input").sendKeys("sample-dedup");
        browser.press(Keys.ENTER);
        browser.awaitText("sample-deduplicator-expert");
        browser.await("not at the bot", () -> browser.path().startsWith("/bots/sample-deduplicator-expert"));
        browser.press("g", "p");
        browser.await("not at the pipeline", () -> browser.path().startsWith("/pipeline"));
        browser.find(".node[data-id='sample-collector']");
        browser.run("document.querySelector(\".node[data-id='sample-collector']\").focus()");
        browser.press(Keys.ARROW_RIGHT);
        browser.await("not at the parser", () -> browser.path().contains("bot=sample-parser"));
        assertEquals(0, browser.count(".minimap:not([hidden])"), "all bots are in sight");
        browser.click(".zoom button");
        browser.find(".minimap");
        browser.find(".tools input[type='search']").sendKeys("whois", Keys.ENTER);
        browser.await("not found", () -> browser.path().contains("bot=cymru-whois-expert"));
        Object width = browser.run("return document.querySelector(\"[data-id='cymru-whois-expert']\").getBoundingClientRect().width");
        assertEquals(216, ((Number) width).doubleValue(), 0.5);
        browser.open("/pipeline?feed=sample-collector");
        browser.await("not the sample's way", () -> browser.count(".node:not(.dim)") == 7);
    }

    @Test
    @Order(4)
    void findsTheEventsOfTheSample() {
        browser.open("/events");
        browser.await("not 20 events", () -> browser.count(".events tbody tr[aria-rowindex]") == 20);
        browser.click(".facet .value", "AT");
        browser.await("not narrowed", () -> browser.count(".events tbody tr[aria-rowindex]") == 4);
        assertTrue(browser.path().contains("f=source.geolocation.cc"), browser.path());
        browser.click(".events .link");
        browser.awaitText("Feodo Tracker (sample)");
        browser.picture("events");
        browser.click(".side .narrow button");
        browser.await("not narrowed by the event", () -> browser.path().contains("f=classification.taxonomy"));
    }

    @Test
    @Order(5)
    void changesByPlan() {
        browser.open("/bots/sample-collector/settings");
        browser.type("#parameter-rate_limit", "soon");
        browser.find(".field .wrong");
        browser.picture("settings-with-a-problem");
        browser.click(".apply a.primary");
        browser.find(".sheet .note.error");
        assertFalse(browser.find(".apply button.primary").isEnabled(), "what the start would refuse can be applied");
        browser.open("/bots/sample-collector/settings");
        browser.type("#parameter-rate_limit", "7200");
        browser.await("the problem stays", () -> browser.count(".field .wrong") == 0);
        browser.click(".apply a.primary");
        browser.awaitText("7200");
        browser.type("#plan-reason", "Less often");
        browser.picture("plan");
        browser.find(".apply button.primary:not([disabled])");
        browser.chord(Keys.CONTROL, Keys.ENTER.toString());
        browser.await("not back at the pipeline", () -> browser.path().equals("/pipeline"));
        browser.click(".toasts button", "Undo");
        browser.await("no way back", () -> browser.path().equals("/pipeline/draft/plan") && browser.count(".change .before") == 1);
        assertTrue(browser.find(".change .before").getText().contains("7200"));
        browser.open("/pipeline/draft");
        browser.click(".tools button:not([disabled])", "Discard");
        browser.await("not discarded", () -> browser.count("a.draft-chip") == 0);
        browser.open("/pipeline/history");
        browser.awaitText("Less often");
        browser.picture("history");
    }

    /** As whoever is logged in, changes too, under the policy that all pages have. */
    @Test
    @Order(6)
    void theInterfaceCanBeTried() {
        browser.open("/system/about");
        assertTrue(browser.named("a[href='/api/v1/docs']", "REST").isDisplayed());
        browser.open("/api/v1/docs#/bots/botsList");
        browser.find("#operations-bots-botsList .opblock-body");
        browser.click("#operations-tag-draft");
        browser.click("#operations-draft-draftDrop .opblock-summary-control");
        for (String operation : List.of("#operations-bots-botsList ", "#operations-draft-draftDrop ")) {
            browser.click(operation + ".try-out__btn", "Try it out");
            browser.click(operation + "button.execute");
            browser.await(operation + " does not answer",
                    () -> browser.find(operation + ".live-responses-table .response .response-col_status").getText().startsWith("200"));
            assertTrue(browser.find(operation).getText().contains("sample-collector"), browser::text);
        }
        browser.picture("interface");
        Object others = browser.run("return performance.getEntriesByType('resource').filter(entry => new URL(entry.name).origin !== location.origin).length");
        assertEquals(0L, others);
    }

    @Test
    @Order(7)
    void addsRenamesAndUndoesByKey() {
        browser.open("/pipeline/draft");
        browser.find(".palette li button").sendKeys(Keys.ENTER);
        browser.find(".side.form");
        browser.await("not added", () -> browser.count(".node") == 18);
        browser.press(Keys.F2);
        browser.type("#new-id", "own-collector");
        browser.press(Keys.ENTER);
        browser.find(".node[data-id='own-collector'][aria-pressed='true']");
        browser.find("a.draft-chip");
        int lines = browser.count(".edge");
        browser.press("c");
        browser.type("#connect-to", "sample-parser");
        browser.press(Keys.ENTER);
        browser.await("not connected", () -> browser.count(".edge") == lines + 1);
        for (int i = 0; i < 3; i++) {
            browser.chord(Keys.CONTROL, "z");
        }
        browser.await("not undone", () -> browser.count(".node") == 17);
    }

    @Test
    @Order(8)
    void everyPageIsForEverybody() throws IOException {
        steps();
        new ConsoleLook(browser).forEverybody();
    }

    @Test
    @Order(9)
    void fitsAPhoneInGermanToo() {
        ConsoleLook look = new ConsoleLook(browser);
        look.small();
        look.otherColours();
    }

    @Test
    @Order(10)
    void aDumpedMessageIsMendedTriedAndRecovered() throws IOException {
        steps().mendADumpedMessage();
    }

    @Test
    @Order(11)
    void aPurgeIsUndone() throws IOException {
        steps().undoAPurge();
    }

    @Test
    @Order(12)
    void theLogStaysWhereItIsRead() throws IOException {
        steps().readTheLogInPeace();
    }

    @Test
    @Order(13)
    void rulesAreCheckedAndTriedWhileTheyAreTyped() throws IOException {
        steps().writeRules();
    }

    @Test
    @Order(14)
    void sevenTabsAreLive() throws IOException {
        steps().watchInSevenTabs();
    }

    @Test
    @Order(20)
    void keepsTheDraftWhenOthersApplyAndWhenTheServerIsAway() throws Exception {
        browser.open("/bots/sample-collector/settings");
        browser.type("#parameter-rate_limit", "3599");
        browser.await("not kept", () -> Boolean.TRUE.equals(browser.run("return fetch('/api/v1/draft').then(answer => answer.text())"
                + ".then(text => text.includes('3599'))")));
        Api other = Api.of(root);
        String edit = "{\"edits\": [{\"op\": \"set\", \"bot\": \"sample-collector\", \"parameter\": \"rate_limit\", \"value\": 1800}]}";
        assertEquals(200, other.call("PATCH", "api/v1/draft", "application/json", edit).statusCode());
        assertEquals(200, other.call("POST", "api/v1/draft/apply", "application/json", "{\"reason\": \"More often\"}").statusCode());
        browser.find(".meanwhile .conflict input");
        browser.picture("conflict");
        browser.click(".meanwhile .conflict input");
        browser.click(".meanwhile button.primary");
        browser.await("asked again", () -> browser.count(".meanwhile .conflict") == 0);
        assertEquals("3599", browser.find("#parameter-rate_limit").getAttribute("value"));
        browser.await("not live", () -> browser.count(".lost-bar") == 0);
        COMPLAINTS.addAll(browser.complaints());
        int port = server.url().getPort();
        server.close();
        browser.find(".lost-bar");
        assertEquals(true, browser.run("return document.querySelector('.lost-bar .icon').getBBox().width > 0"), "no icon");
        assertEquals("was running", browser.find(".page-head .state-old").getText());
        assertFalse(browser.named(".page-head button", "Stop").isEnabled(), "what nobody would do can be asked for");
        browser.picture("lost");
        server = ServerProcess.launch(root, port, Map.of());
        server.awaitReady();
        // logins end with the server
        browser.type("#login-name", ConsoleUser.NAME);
        browser.type("#login-password", ConsoleUser.PASSWORD);
        browser.click("dialog button.primary");
        browser.await("not mended", () -> browser.count(".lost-bar") == 0 && browser.count(".page-head .state-running") == 1);
        assertEquals("3599", browser.find("#parameter-rate_limit").getAttribute("value"));
        browser.open("/pipeline/draft/plan");
        browser.awaitText("3599");
    }

    @Test
    @Order(21)
    void anAddressLogsADisplayIn() {
        browser.open("/system/tokens");
        browser.type("input[name='name']", "wall");
        browser.click("input[name='display']");
        browser.click("form button.primary");
        browser.open(browser.find(".note.ok code").getText());
        browser.find(".situation.wall .big");
        assertEquals("/situation?wall=1", browser.path());
        assertEquals("display", browser.run("return fetch('/api/v1/session').then(answer => answer.json()).then(session => session.way)"));
        browser.picture("wall");
    }

    /** Hints are no complaints, nor is a login that is asked for or refused; a server that was away cannot be reached. */
    @Test
    @Order(22)
    void theBrowserHasNothingToComplainAbout() {
        browser.complaints().stream().filter(each -> !each.contains("net::ERR_") && !each.contains("503 (")).forEach(COMPLAINTS::add);
        COMPLAINTS.removeIf(each -> each.startsWith("FINE ") || each.startsWith("INFO ") || each.contains("401 (Unauthorized)"));
        assertEquals(List.of(), COMPLAINTS);
    }
}
