package org.intelmq.server.testing;

import com.deque.html.axecore.selenium.AxeBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.JavascriptException;
import org.openqa.selenium.Keys;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;

/** A Chromium without a window, at one server. All that is looked for is waited for. */
public final class Browser implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path PICTURES = Path.of("target/console");

    private final ChromeDriver driver;
    private final URI server;

    public Browser(URI server) {
        this.server = server;
        driver = Chromium.start();
        resize(1440, 900);
    }

    public void open(String address) {
        driver.get(server.resolve(address).toString());
    }

    /** Follows a link within the page that is open, which is not loaded again; returns when that has begun to show. */
    public void go(String address) {
        driver.executeAsyncScript("""
                const link = Object.assign(document.createElement('a'), { href: arguments[0] });
                document.body.append(link);
                link.click();
                link.remove();
                requestAnimationFrame(() => requestAnimationFrame(arguments[1]));""", address);
    }

    public void resize(int width, int height) {
        driver.executeCdpCommand("Emulation.setDeviceMetricsOverride", Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
        driver.manage().window().setSize(new Dimension(width, height));
    }

    /** @param scheme {@code light} or {@code dark} */
    public void colours(String scheme) {
        medium("prefers-color-scheme", scheme);
    }

    /** @param sight such as {@code achromatopsia}, to see greys only; {@code none} to see all colours */
    public void sight(String sight) {
        driver.executeCdpCommand("Emulation.setEmulatedVisionDeficiency", Map.of("type", sight));
    }

    /** @param colours {@code active} if the system chooses all colours, else {@code none} */
    public void forcedColours(String colours) {
        medium("forced-colors", colours);
    }

    /** All other features are as usual. */
    private void medium(String feature, String value) {
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of(Map.of("name", feature, "value", value))));
    }

    /** Draws a line with the mouse through the middle of an element, between two parts of its width. */
    public void drag(String css, double from, double to) {
        WebElement over = find(css);
        int width = over.getSize().getWidth();
        new Actions(driver).moveToElement(over, (int) (width * (from - 0.5)), 0).clickAndHold().moveToElement(over, (int) (width * (to - 0.5)), 0).release()
                .perform();
    }

    /** Opens more tabs at an address, does something, and looks into each; the first is the one of before. */
    public void inTabs(int more, String address, Runnable work, Runnable look) {
        String first = driver.getWindowHandle();
        for (int i = 0; i < more; i++) {
            driver.switchTo().newWindow(WindowType.TAB);
            open(address);
        }
        work.run();
        for (String tab : driver.getWindowHandles()) {
            driver.switchTo().window(tab);
            look.run();
            if (!tab.equals(first)) {
                driver.close();
            }
        }
        driver.switchTo().window(first);
    }

    /** The first that is shown. */
    public WebElement find(String css) {
        WebElement[] found = new WebElement[1];
        await("no " + css, () -> {
            found[0] = driver.findElements(By.cssSelector(css)).stream().filter(WebElement::isDisplayed).findFirst().orElse(null);
            return found[0] != null;
        });
        return found[0];
    }

    /** A link, button or the like with this text. */
    public WebElement named(String css, String text) {
        WebElement[] found = new WebElement[1];
        await("no " + css + " with the text " + text, () -> {
            found[0] = driver.findElements(By.cssSelector(css)).stream().filter(each -> each.isDisplayed() && each.getText().strip().contains(text)).findFirst()
                    .orElse(null);
            return found[0] != null;
        });
        return found[0];
    }

    public int count(String css) {
        return driver.findElements(By.cssSelector(css)).size();
    }

    public void click(String css) {
        find(css).click();
    }

    public void click(String css, String text) {
        named(css, text).click();
    }

    public void type(String css, String text) {
        WebElement input = find(css);
        input.sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.DELETE);
        input.sendKeys(text);
    }

    /** To whatever has the focus. */
    public void press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    public void chord(Keys held, String key) {
        new Actions(driver).keyDown(held).sendKeys(key).keyUp(held).perform();
    }

    public String text() {
        return driver.findElement(By.tagName("body")).getText();
    }

    public void awaitText(String text) {
        await("the page does not say: " + text, () -> text().contains(text));
    }

    public String path() {
        URI now = URI.create(driver.getCurrentUrl());
        return now.getPath() + (now.getQuery() == null ? "" : "?" + now.getQuery());
    }

    public Object run(String script) {
        return driver.executeScript(script);
    }

    public void await(String failure, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!isTrue(condition)) {
            if (System.nanoTime() > end) {
                picture("failed");
                throw new AssertionError(failure + "; the page at " + driver.getCurrentUrl() + " says:\n" + text());
            }
            driver.executeAsyncScript("setTimeout(arguments[arguments.length - 1], 50)");
        }
    }

    private static boolean isTrue(BooleanSupplier condition) {
        try {
            return condition.getAsBoolean();
        } catch (StaleElementReferenceException | NoSuchElementException | JavascriptException e) {
            // drawn again while it was looked at
            return false;
        }
    }

    /** Kept with what the build makes, to be looked at. */
    public void picture(String name) {
        Chromium.picture(driver, PICTURES, name);
    }

    /**
     * What axe-core has against the page. It is put into a document once: its half a megabyte takes longer than looking.
     *
     * @param rules none for all
     */
    public List<String> inaccessible(String... rules) {
        if (!Boolean.TRUE.equals(run("return typeof axe === 'object'"))) {
            driver.executeScript(resource(AxeBuilder.class, "/axe.min.js"));
        }
        return texts(driver.executeAsyncScript("""
                const [rules, done] = arguments;
                const described = ({ id, help, nodes }) => `${id}: ${help} at ${nodes.map(({ target, html }) => `${target} ${html}`).join(', ')}`;
                axe.run(document, { resultTypes: ['violations'], ...(rules.length > 0 && { runOnly: rules }) })
                  .then(({ violations }) => done(violations.map(described)), done);""", List.of(rules)));
    }

    /** Texts that cannot be read in full, because they are cut off or covered. */
    public List<String> cut() {
        return texts(driver.executeScript(resource(Browser.class, "cut-texts.js")));
    }

    private static List<String> texts(Object answer) {
        if (answer instanceof List<?> list) {
            return list.stream().map(String::valueOf).toList();
        }
        throw new AssertionError("the script has answered " + answer);
    }

    private static String resource(Class<?> near, String name) {
        try (InputStream in = near.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the browser has complained about since it was asked last. */
    public List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream().map(entry -> entry.getLevel() + " " + entry.getMessage()).toList();
    }

    @Override
    public void close() {
        driver.quit();
    }
}
