package org.intelmq.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.intelmq.server.testing.Browser;

/** Looks at each page in each way: with other colours, sizes and languages. */
final class ConsoleLook {

    /** All kinds of pages; those with a lasting effect are looked at where the tests cause it. */
    private static final List<String> PAGES = List.of("/pipeline", "/pipeline?view=list", "/pipeline?bot=feodo-tracker-collector",
            "/pipeline/draft?bot=sample-collector", "/pipeline/draft/plan", "/pipeline/history", "/pipeline/history/2", "/bots/sql-output/overview",
            "/bots/sample-collector/settings", "/bots/sql-output/log", "/bots/sql-output/queue", "/bots/sample-parser/dumps", "/bots/sql-output/try",
            "/bots/sql-output/tap", "/queues/sql-output-queue", "/events", "/events?e=1", "/situation", "/feeds",
            "/feeds/add/abuse-ch-malwarebazaar/read", "/feeds/add/abuse-ch-malwarebazaar/key", "/rules", "/rules/etc/rules.sieve", "/dumps",
            "/system/health", "/system/check", "/system/users", "/system/tokens", "/system/audit", "/system/about", "/nowhere");
    private static final String SHOWN = "main h1, main h2, main .tools, main table, main .note, main .empty";

    private final Browser browser;

    ConsoleLook(Browser browser) {
        this.browser = browser;
    }

    private static String name(String page) {
        return page.substring(1).replaceAll("[/?=]", "-");
    }

    private void go(String page) {
        browser.go(page);
        browser.await("still loading", () -> browser.count(SHOWN) > 0 && browser.count(".loading") == 0);
    }

    /** Nothing that keeps anybody out, and nothing from other servers. */
    void forEverybody() {
        List<String> found = new ArrayList<>();
        browser.open("/pipeline");
        // for what is asked of others in the end: by default it keeps fewer requests than the pages make
        browser.run("performance.setResourceTimingBufferSize(10000)");
        for (String page : PAGES) {
            go(page);
            browser.picture(name(page) + "-light");
            browser.inaccessible().forEach(each -> found.add(page + " light: " + each));
            browser.colours("dark");
            browser.picture(name(page) + "-dark");
            // all that is different
            browser.inaccessible("color-contrast").forEach(each -> found.add(page + " dark: " + each));
            browser.colours("light");
        }
        assertEquals(List.of(), found);
        assertEquals(List.of(), others());
    }

    private List<?> others() {
        return (List<?>) browser.run("return performance.getEntriesByType('resource').map(entry => entry.name)"
                + ".filter(name => new URL(name).origin !== location.origin)");
    }

    /** In German: as a phone, and as a page at 200 %. */
    void small() {
        List<String> found = new ArrayList<>();
        browser.run("localStorage.setItem('intelmq.language', 'de')");
        for (int[] size : List.of(new int[] {390, 844}, new int[] {720, 450})) {
            browser.resize(size[0], size[1]);
            browser.open("/pipeline");
            browser.find("html[lang='de'] main .tools");
            for (String page : PAGES) {
                go(page);
                browser.picture((size[0] < 600 ? "phone-" : "zoomed-") + name(page));
                browser.cut().forEach(each -> found.add(page + " at " + size[0] + ": " + each));
                int width = ((Number) browser.run("return document.documentElement.scrollWidth")).intValue();
                if (width > size[0]) {
                    found.add(page + " at " + size[0] + " is " + width + " wide");
                }
            }
        }
        browser.run("localStorage.setItem('intelmq.language', 'en')");
        browser.resize(1440, 900);
        assertEquals(List.of(), found);
    }

    /** Without colours, and with the system's. */
    void otherColours() {
        browser.open("/pipeline");
        browser.find(".node");
        browser.sight("achromatopsia");
        browser.picture("grey");
        browser.sight("none");
        browser.forcedColours("active");
        browser.picture("forced-colours");
        browser.colours("light");
    }
}
