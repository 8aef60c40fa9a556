package org.intelmq.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.intelmq.server.testing.Api;
import org.intelmq.server.testing.Browser;
import org.openqa.selenium.Keys;

/** What somebody does in the console beside looking and planning, on the shipped sample. */
final class ConsoleSteps {

    private static final String PARSER = "sample-parser";
    private static final String WAITING = "api/v1/queues/sample-parser-queue/messages";
    private static final String RULES = """
            if classification.type == 'c2-server' {
              add comment = 'seen'
            }
            if source.ip << '198.51.100.0/24' {
              drop
            }
            """;
    private static final String EDITS = """
            {"edits": [{"op": "set", "bot": "sample-parser", "parameter": "error_retry_delay", "value": 0},
            {"op": "add", "bot": "rules-expert", "value": {"module": "intelmq.bots.experts.sieve.expert"}},
            {"op": "set", "bot": "rules-expert", "parameter": "file", "value": "etc/rules.sieve"},
            {"op": "connect", "bot": "rules-expert", "to": "file-output"},
            {"op": "add", "bot": "elsewhere-expert", "value": {"module": "intelmq.bots.experts.sieve.expert"}},
            {"op": "set", "bot": "elsewhere-expert", "parameter": "file", "value": "ROOT/elsewhere.sieve"},
            {"op": "connect", "bot": "elsewhere-expert", "to": "file-output"}]}
            """;

    private final Browser browser;
    private final Api api;

    private ConsoleSteps(Browser browser, Api api) {
        this.browser = browser;
        this.api = api;
    }

    /** With bots that read rules, and a parser that gives up at once. */
    static ConsoleSteps prepare(Browser browser, Path root) throws IOException {
        Files.writeString(root.resolve("etc/rules.sieve"), RULES);
        Files.writeString(root.resolve("elsewhere.sieve"), RULES);
        Api api = Api.of(root);
        assertEquals(200, api.call("PATCH", "api/v1/draft", "application/json", EDITS.replace("ROOT", root.toString())).statusCode());
        assertEquals(200, api.call("POST", "api/v1/draft/apply", "application/json", "{\"reason\": \"Rules\"}").statusCode());
        return new ConsoleSteps(browser, api);
    }

    private static String report(String raw) {
        return "{\"__type\": \"Report\", \"feed.name\": \"Mended\", \"raw\": \"" + Base64.getEncoder().encodeToString(raw.getBytes(StandardCharsets.UTF_8))
                + "\"}";
    }

    void mendADumpedMessage() {
        for (int i = 0; i < 3; i++) {
            api.post(WAITING, report("no list " + i));
        }
        browser.await("not dumped", () -> api.get("api/v1/dumps").contains("\"count\":3"));
        browser.open("/dumps");
        assertTrue(browser.find(".reason").getText().contains("no JSON at line"), "the reason is " + browser.find(".reason").getText());
        browser.click(".card > .row > button.plain");
        browser.click(".entry button", "Show");
        browser.click(".entry button", "Edit");
        browser.type(".edit-message textarea", report("[{\"ip_address\": \"192.0.2.77\", \"port\": 443, \"first_seen\": \"2026-11-28 01:00:00\"}]"));
        browser.picture("dump-edited");
        browser.click(".edit-message button.primary");
        browser.await("not saved", () -> browser.count(".edit-message") == 0);
        browser.click(".entry button", "Try it");
        browser.await("not tried", () -> browser.find(".entry .card").getText().contains("192.0.2.77"));
        browser.picture("dump-tried");
        browser.click(".entry input[type='checkbox']");
        browser.click(".card > .row:not(:first-child) button", "Recover");
        browser.await("not recovered alone", () -> browser.find(".card > .row > strong").getText().equals("2"));
        browser.click(".card > .row:first-child button", "Recover 2");
        browser.awaitText("done, 2");
    }

    void undoAPurge() {
        api.post("api/v1/bots/stop?bot=" + PARSER, "");
        for (int i = 0; i < 4; i++) {
            api.post(WAITING, report("waits " + i));
        }
        browser.open("/bots/sample-parser/queue");
        browser.awaitText("4 waiting");
        browser.click("button.danger", "Purge");
        browser.type("dialog input", "sample-parser-queue");
        browser.picture("purge");
        browser.click("dialog button", "Purge");
        browser.awaitText("Nothing is waiting");
        browser.click(".toasts button", "Undo");
        browser.awaitText("4 waiting");
        api.post("api/v1/bots/start?bot=" + PARSER, "");
    }

    void readTheLogInPeace() {
        browser.resize(1440, 420);
        browser.open("/bots/sample-parser/log");
        browser.find(".lines li");
        say(8);
        browser.await("does not follow", () -> isAtTheEnd("lines.scrollTop > 40"));
        browser.run("document.querySelector('.lines').scrollTop = 20");
        browser.find(".follow");
        say(2);
        browser.await("does not count", () -> !browser.find(".follow").getText().contains(" 0 "));
        assertEquals(20, ((Number) browser.run("return document.querySelector('.lines').scrollTop")).intValue(), "it has moved");
        browser.picture("log-paused");
        browser.click(".follow");
        browser.await("does not follow again", () -> browser.count(".follow") == 0 && isAtTheEnd("true"));
        browser.resize(1440, 900);
    }

    private boolean isAtTheEnd(String condition) {
        return Boolean.TRUE.equals(browser.run("const lines = document.querySelector('.lines');"
                + "return lines.scrollHeight - lines.clientHeight - lines.scrollTop < 2 && " + condition));
    }

    private void say(int times) {
        for (int i = 0; i < times; i++) {
            api.post("api/v1/bots/reload?bot=" + PARSER, "");
        }
    }

    void writeRules() {
        browser.go("/rules");
        browser.click("a.file", "elsewhere.sieve");
        browser.find(".note.warn a[href='/bots/elsewhere-expert/settings']");
        assertTrue(browser.find(".note.warn").getText().contains("lies outside etc and var/lib/bots"), browser::text);
        browser.picture("rules-elsewhere");
        browser.click("a.file", "etc/rules.sieve");
        String editor = "document.querySelector('.editor')?.shadowRoot?.querySelector('.cm-content')";
        String hits = "return [...document.querySelector('.editor').shadowRoot.querySelectorAll('.cm-hits span')]"
                + ".map(each => each.textContent).join(' ')";
        browser.await("the last events are not tried", () -> browser.count(".way") == 20
                && String.valueOf(browser.run(hits)).endsWith("20× 20× 7× 7×"));
        browser.click(".trial button", "Sample");
        browser.await("not tried", () -> browser.count(".way") == 1 && browser.find(".way").getText().contains("dropped"));
        browser.click(".way button");
        assertEquals(4, browser.count(".way .steps button"), "the way through the rules");
        Object lit = browser.run("return document.querySelector('.editor').shadowRoot.querySelectorAll('.cm-met').length");
        assertEquals(4L, lit, "lines that light up");
        browser.run(editor + ".focus()");
        browser.press("if clasification.type == 'x' { add comment = 'g e' } \n");
        browser.await("not run again", () -> String.valueOf(browser.run(hits)).endsWith(" 0× 1× 1× 1× 1×"));
        assertTrue(browser.path().startsWith("/rules/"), "letters of the text are taken for commands");
        assertTrue(browser.text().contains("did you mean classification.type?"), browser::text);
        assertTrue(browser.find(".rules-file .row button.primary").isEnabled(), "what the bot would accept cannot be saved");
        String runs = "return performance.getEntriesByType('resource').filter(entry => entry.name.endsWith('/rules/trial')).length";
        long before = ((Number) browser.run(runs)).longValue();
        Object text = browser.run("return " + editor + ".textContent");
        browser.chord(Keys.CONTROL, Keys.ENTER.toString());
        browser.await("not run by key", () -> ((Number) browser.run(runs)).longValue() == before + 1);
        assertEquals(text, browser.run("return " + editor + ".textContent"));
        browser.press("dorp ");
        browser.awaitText("Line 2, column 1");
        browser.find(".ways.outdated");
        assertFalse(browser.find(".rules-file .row button.primary").isEnabled(), "what the bot would refuse can be saved");
        browser.picture("rules");
    }

    /** Over HTTP/1.1 a browser has six connections, and a stream needs one. */
    void watchInSevenTabs() {
        String page = "/bots/" + PARSER + "/overview";
        browser.open(page);
        browser.inTabs(6, page, () -> api.post("api/v1/bots/stop?bot=" + PARSER, ""), () -> browser.find(".page-head :is(.state-stopped, .state-failing)"));
        api.post("api/v1/bots/start?bot=" + PARSER, "");
        browser.find(".page-head .state-running");
    }
}
