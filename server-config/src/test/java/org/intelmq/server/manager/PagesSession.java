package org.intelmq.server.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.intelmq.server.testing.Chromium;
import org.intelmq.testing.NeedsCommand;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * A session with the pages of IntelMQ's own web manager, unmodified, in a browser on our server: from the folder {@code manager.dir},
 * with pictures in the folder {@code manager.pictures} if that is named. A test is a part of the session, in the order in which
 * somebody works; nothing may fail in it that it does not expect.
 */
@NeedsCommand({Chromium.PROGRAM, Chromium.DRIVER})
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class PagesSession {

    static final String PAGES = "manager.dir";
    static final String LEFT_OUT = "-Dmanager.dir=… names no folder with the pages of intelmq-manager";

    /** The font is missing in the original's own folder, too. */
    private static final String MISSING = "halflings-regular\\.woff2$";
    static final Pattern ALL = Pattern.compile("");

    @TempDir
    private static Path folder;
    static ManagerScene scene;
    static PagesBrowser browser;
    private Pattern expectedErrors;
    private String expectedFaults;

    @BeforeAll
    static void begin() throws Exception {
        scene = new ManagerScene(folder, Path.of(System.getProperty(PAGES)));
        String pictures = System.getProperty("manager.pictures");
        browser = new PagesBrowser(scene.server.url().resolve("intelmq-manager/"), pictures == null ? null : Path.of(pictures));
    }

    @AfterAll
    static void end() {
        try (ManagerScene closed = scene; PagesBrowser left = browser) {
            assertTrue(closed != null && left != null, "the server or the browser has not started");
        }
    }

    /** Patterns of what is no fault in this test: errors in the console, and addresses of requests that are refused. */
    void expect(String consoleErrors, String faults) {
        expectedErrors = Pattern.compile(consoleErrors);
        expectedFaults = faults;
    }

    @AfterEach
    void nothingElseFails() {
        List<String> errors = browser.consoleErrors().stream().filter(error -> expectedErrors == null || !expectedErrors.matcher(error).find()).toList();
        Pattern faults = Pattern.compile("(?:" + (expectedFaults == null ? MISSING : MISSING + "|" + expectedFaults) + ")");
        assertEquals(List.of(), errors, "errors in the browser's console");
        assertEquals(List.of(), browser.exchanges(ALL).stream().filter(each -> each.isFault() && !faults.matcher(each.url()).find()).toList(),
                "requests that failed");
    }

    static void login(String name, String password) {
        browser.click("#signUp");
        browser.type("#username", name);
        browser.type("#password", password);
        browser.click("#loginForm button.btn-primary");
    }
}
