package org.intelmq.server.manager;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.regex.Pattern;
import org.intelmq.message.Json;
import org.intelmq.server.testing.Chromium;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.TimeoutException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Chromium without a window, and what it says of the pages: its console, and every answer it got. */
final class PagesBrowser implements AutoCloseable {

    private static final Duration LONG_ENOUGH = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final String TOLD_BY_EXCHANGES = "Failed to load resource";

    private final ChromeDriver driver;
    private final URI pages;
    private final Path pictures;

    /** A request of the browser, and the status it was answered; 0 if it was not. */
    record Exchange(String method, String url, int status) {
        boolean isFault() {
            return status == 0 || status >= 400;
        }
    }

    /** @param pictures where pictures of the pages are put; {@code null} for none */
    PagesBrowser(URI pages, Path pictures) {
        this.driver = Chromium.start(LogType.PERFORMANCE);
        this.driver.manage().window().setSize(new Dimension(1500, 1000));
        this.pages = pages;
        this.pictures = pictures;
    }

    void open(String page) {
        driver.get(pages.resolve(page).toString());
    }

    void reload() {
        driver.navigate().refresh();
    }

    void back() {
        driver.navigate().back();
    }

    Object script(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    String text(String expression) {
        return String.valueOf(script("return " + expression));
    }

    /** Waits until a JavaScript expression is true. */
    void await(String expression) {
        await(expression, () -> Boolean.TRUE.equals(script("return !!(" + expression + ")")));
    }

    private void await(String what, BooleanSupplier condition) {
        try {
            new WebDriverWait(driver, LONG_ENOUGH, PAUSE).ignoring(StaleElementReferenceException.class)
                    .withMessage(() -> what + "; errors shown: " + shownErrors()).until(ignored -> condition.getAsBoolean());
        } catch (TimeoutException e) {
            picture("failed");
            throw e;
        }
    }

    void awaitError(String text) {
        await("error: " + text, () -> shownErrors().contains(text));
    }

    WebElement find(String css) {
        return driver.findElement(By.cssSelector(css));
    }

    WebElement findByPath(String path) {
        return driver.findElement(By.xpath(path));
    }

    /** The first that can be seen, once there is one. */
    WebElement shown(String css) {
        WebElement[] found = new WebElement[1];
        await("shown: " + css, () -> {
            found[0] = driver.findElements(By.cssSelector(css)).stream().filter(WebElement::isDisplayed).findFirst().orElse(null);
            return found[0] != null;
        });
        return found[0];
    }

    void click(String css) {
        shown(css).click();
    }

    void type(String css, String text) {
        WebElement field = shown(css);
        field.clear();
        field.sendKeys(text);
    }

    Actions actions() {
        return new Actions(driver);
    }

    /** Waits for a dialog of the browser itself, agrees to it, and returns what it said. */
    String agree() {
        var dialog = new WebDriverWait(driver, LONG_ENOUGH).until(ExpectedConditions.alertIsPresent());
        String text = dialog.getText();
        dialog.accept();
        return text;
    }

    /** What the pages' window for errors says. */
    String shownErrors() {
        return text("(document.querySelector('#log-window .contents') || document.body).innerText");
    }

    void picture(String name) {
        if (pictures != null) {
            Chromium.picture(driver, pictures, name);
        }
    }

    /** Errors in the browser's console since the last call, violations of the policy among them; requests are told by {@link #exchanges}. */
    List<String> consoleErrors() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream().filter(entry -> entry.getLevel() == Level.SEVERE)
                .map(LogEntry::getMessage).filter(message -> !message.contains(TOLD_BY_EXCHANGES)).toList();
    }

    /** All requests answered or failed since the last call whose address fits. */
    List<Exchange> exchanges(Pattern addresses) {
        List<Exchange> exchanges = new ArrayList<>();
        Map<Object, Map<?, ?>> requests = new HashMap<>();
        for (LogEntry entry : driver.manage().logs().get(LogType.PERFORMANCE)) {
            Map<?, ?> message = (Map<?, ?>) ((Map<?, ?>) Json.parse(entry.getMessage())).get("message");
            Map<?, ?> parameters = (Map<?, ?>) message.get("params");
            Object id = parameters.get("requestId");
            if ("Network.requestWillBeSent".equals(message.get("method"))) {
                requests.put(id, (Map<?, ?>) parameters.get("request"));
            } else if (requests.containsKey(id)) {
                int status = status((String) message.get("method"), parameters);
                Map<?, ?> request = requests.get(id);
                if (status >= 0 && addresses.matcher((String) request.get("url")).find()) {
                    exchanges.add(new Exchange((String) request.get("method"), (String) request.get("url"), status));
                }
            }
        }
        return exchanges;
    }

    /** Negative for what tells of none; a page that is left breaks off what it asked. */
    private static int status(String event, Map<?, ?> parameters) {
        return switch (event) {
            case "Network.responseReceived" -> ((Number) ((Map<?, ?>) parameters.get("response")).get("status")).intValue();
            case "Network.loadingFailed" -> "net::ERR_ABORTED".equals(parameters.get("errorText")) ? -1 : 0;
            default -> -1;
        };
    }

    @Override
    public void close() {
        driver.quit();
    }
}
