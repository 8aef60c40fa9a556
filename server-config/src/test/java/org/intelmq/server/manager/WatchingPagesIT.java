package org.intelmq.server.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.Pattern;
import org.intelmq.message.Json;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** All that the pages for managing and watching bots offer, and the others. */
@EnabledIfSystemProperty(named = PagesSession.PAGES, matches = ".+", disabledReason = PagesSession.LEFT_OUT)
class WatchingPagesIT extends PagesSession {

    private static final Pattern INTERFACE = Pattern.compile("/v1/api/");
    private static final List<String> GROUPS = List.of("collectors", "parsers", "experts", "outputs", "botnet");
    private static final String MESSAGE = "{\"feed.name\": \"Driver\", \"classification.type\": \"c2-server\", \"malware.name\": \"zeus\","
            + " \"source.ip\": \"192.0.2.77\"}";

    private static String state(String bot) {
        return browser.text("$('#bot-table tr[data-bot-id=" + bot + "] td:eq(1)').text()");
    }

    @Test
    @Order(1)
    void theManagementPageControlsBotsGroupsAndAll() {
        // the page may learn of the bots' states before it knows their groups
        expect("reading 'groupname'", "nothing");
        browser.open("index.html");
        login(ManagerScene.ADMIN, ManagerScene.PASSWORD);
        browser.await("$('#login-status').text() == 'Logged in as: admin'");
        browser.open("management.html");
        browser.await("$('#bot-table tr[data-bot-id]').length == 8 && bot_status['file-output'] == 'running'");
        assertEquals("disabled", state("http-collector"));
        for (String action : List.of("start", "reload", "restart", "stop")) {
            String expected = action.equals("stop") ? "stopped" : "running";
            browser.click("#bot-table tr[data-bot-id=taxonomy-expert] button[data-url=" + action + "]");
            browser.await("bot_status['taxonomy-expert'] == '" + expected + "'");
            browser.await("$('#bot-table tr[data-bot-id=taxonomy-expert] td:eq(1)').text() == '" + expected + "'");
        }
        browser.picture("16-management");
        for (String group : GROUPS) {
            String panel = "#botnet-panels > [data-botnet-group=" + group + "]";
            for (String action : List.of("stop", "start", "reload", "restart")) {
                String expected = action.equals("stop") ? "stopped" : "running";
                browser.click(panel + " .control-buttons button[data-url=" + action + "]");
                browser.await("botnet_status['" + group + "'] == '" + expected + "'");
            }
        }
        browser.await("botnet_status.botnet == 'running'");
        browser.picture("17-botnet");
        browser.type("#bot-table_filter input", "expert");
        browser.await("$('#bot-table tbody tr').length == 2");
        browser.type("#bot-table_filter input", " ");
        browser.click("#bot-table tr[data-bot-id=csv-parser] td:first-child");
        browser.await("location.href.endsWith('monitor.html?bot_id=csv-parser')");
    }

    @Test
    @Order(2)
    void theMonitorPageShowsQueuesAndLogs() {
        browser.open("monitor.html");
        browser.await("$('#destination-queues tr').length >= 6 && $('#side-menu li').length == 9");
        browser.picture("18-monitor-all");
        browser.findByPath("//ul[@id='side-menu']/li/a[text()='filter-expert']").click();
        browser.await("$('#monitor-target').text().trim() == 'filter-expert' && $('#destination-queues tr').length == 2");
        browser.await("$('#destination-queues').text().includes('filter_out')");
        browser.click("#inspect-panel .control-buttons button[data-url=stop]");
        browser.await("$('#inspect-panel [data-role=control-status]').text() == 'stopped'");
        browser.await("$('#log-table-body tr').length > 1");
        browser.await("$('#log-table-body').text().includes('INFO')");
        browser.picture("19-monitor-bot");
        for (String level : List.of("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")) {
            browser.exchanges(ALL);
            browser.findByPath("//select[@id='log-level-indicator']/option[@value='" + level + "']").click();
            browser.await("performance.getEntriesByType('resource').some(e => e.name.endsWith('id=filter-expert&lines=30&level=" + level + "'))");
            if (level.equals("ERROR")) {
                browser.await("!$('#log-table-body').text().includes('INFO')");
            }
        }
        assertTrue(browser.find("#parameters-panel").getText().contains("filter_value: zeus"));
        browser.findByPath("//table[@id='destination-queues-table']//td[text()='taxonomy-expert-queue']").click();
        browser.await("location.search == '?bot_id=taxonomy-expert'");
        browser.back();
        browser.await("location.search == '?bot_id=filter-expert' && $('#monitor-target').text().trim() == 'filter-expert'");
    }

    private static void command(String role, String expectedLog) {
        browser.script("$('#run-log').val('')");
        browser.click("#inspect-panel button[data-role=" + role + "]");
        browser.await("$('#run-log').val().includes(" + Json.write(expectedLog) + ")");
    }

    private static String message() {
        return browser.text("$('#message-playground').val()");
    }

    @Test
    @Order(3)
    void messagesAreInspected() {
        expect("nothing", "cmd=process|cmd=send");
        browser.open("monitor.html?bot_id=taxonomy-expert");
        browser.click("#inspect-panel .control-buttons button[data-url=stop]");
        browser.await("$('#inspect-panel [data-role=control-status]').text() == 'stopped'");
        browser.open("monitor.html?bot_id=filter-expert");
        command("get", "queue");
        browser.type("#message-playground", MESSAGE);
        command("send", "Message sent to output pipelines.");
        browser.picture("20-sent");
        browser.open("monitor.html?bot_id=taxonomy-expert");
        browser.await("$('#source-queue td:eq(1)').text() == '1'");
        command("get", "Starting taxonomy-expert...");
        assertTrue(message().contains("\"source.ip\": \"192.0.2.77\""), message());
        browser.picture("21-got");
        browser.click("#inspect-panel button[data-role=clear]");
        assertEquals("", message());
        command("pop", "Starting taxonomy-expert...");
        assertTrue(message().contains("\"malware.name\": \"zeus\""), message());
        browser.await("$('#source-queue td:eq(1)').text() == '0'");
        browser.type("#message-playground", MESSAGE);
        browser.await("$('[data-role=inject]').prop('checked')");
        browser.click("[data-role=dry]");
        command("process", "DRYRUN: Message would be sent now to '_default'!");
        assertTrue(browser.text("$('#run-log').val()").contains("\"classification.taxonomy\": \"malicious-code\""));
        browser.picture("22-dry-run");
        browser.type("#message-playground", "{\"source.ip\": \"no address\"}");
        browser.click("#inspect-panel button[data-role=process]");
        browser.awaitError("Message can not be parsed from JSON");
        browser.picture("23-refused");
        browser.click("[data-role=dry]");
        browser.click("[data-role=show-sent]");
        browser.type("#message-playground", MESSAGE);
        command("process", "Processing...");
        browser.click("[data-role=inject]");
        browser.open("monitor.html?bot_id=filter-expert");
        browser.type("#message-playground", MESSAGE);
        command("send", "Message sent to output pipelines.");
        browser.open("monitor.html?bot_id=taxonomy-expert");
        browser.await("$('#source-queue td:eq(1)').text() == '1'");
        browser.click("#source-queue button[title=Clear]");
        browser.await("$('#source-queue td:eq(1)').text() == '0'");
        browser.picture("24-cleared-queue");
    }

    @Test
    @Order(4)
    void theOtherPagesTellOfTheInstallation() {
        browser.open("check.html");
        browser.await("$('#check-output-table tr').length > 3");
        browser.picture("25-check");
        browser.open("about.html");
        browser.await("$('#intelmq-api-version').text() == '3.3.0' && $('#debugging table').length > 1");
        assertTrue(browser.find("#debugging").getText().contains(scene.configuration().toString()));
        browser.picture("26-about");
    }

    @Test
    @Order(5)
    void aViewerIsToldWhatIsMissing() {
        // without a configuration the page knows of no parameters
        expect("reading 'parameters'", "/v1/api/");
        browser.click("#logOut");
        assertEquals("Not logged in", browser.find("#login-status").getText());
        browser.picture("27-logged-out");
        browser.open("index.html");
        login(ManagerScene.VIEWER, ManagerScene.PASSWORD);
        browser.await("$('#login-status').text() == 'Logged in as: looker'");
        browser.exchanges(ALL);
        browser.open("monitor.html?bot_id=csv-parser");
        browser.click("#inspect-panel button[data-role=get]");
        browser.awaitError("Error getting message");
        browser.click("#log-window");
        browser.picture("28-viewer");
        assertTrue(browser.shownErrors().contains("this needs the role operator. An administrator may change that"), browser.shownErrors());
        assertFalse(browser.shownErrors().contains("{"), "shown as it came: " + browser.shownErrors());
        browser.script("sessionStorage.setItem('login_token', 'of yesterday')");
        browser.reload();
        browser.awaitError("Unauthorized");
        assertEquals(List.of(), browser.exchanges(INTERFACE).stream().filter(each -> each.status() >= 500).toList());
    }
}
