package org.intelmq.server.testing;

/** The user whom a test makes in the console at a server's first start, and who logs in there. */
public final class ConsoleUser {

    public static final String NAME = "anna";
    public static final String PASSWORD = "correct-horse-battery";

    private ConsoleUser() { }

    /** By the link that the server prints; ends at the page of feeds. */
    public static void become(Browser browser, ServerProcess server) {
        browser.await("no link", () -> server.console().contains("welcome#"));
        browser.open("/" + server.console().replaceAll("(?s).*/(welcome#[0-9a-f]{64}).*", "$1"));
        browser.type("#first-name", NAME);
        browser.type("#first-password", PASSWORD);
        browser.click("form button.primary");
        browser.await("not at the feeds", () -> browser.path().equals("/feeds") && browser.count("tbody tr") > 10);
    }

    /** In the dialog that is open. */
    public static void logIn(Browser browser) {
        browser.type("#login-name", NAME);
        browser.type("#login-password", PASSWORD);
        browser.click("dialog button.primary");
        browser.await("not logged in", () -> browser.count("dialog[open]") == 0);
    }
}
