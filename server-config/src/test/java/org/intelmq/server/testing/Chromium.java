package org.intelmq.server.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import org.intelmq.testing.Commands;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Debian's Chromium without a window. */
public final class Chromium {

    public static final String PROGRAM = "chromium";
    public static final String DRIVER = "chromedriver";

    private Chromium() { }

    /**
     * Starts one, with a profile of its own, that keeps what it says in its console.
     *
     * @param more other logs to keep, such as that of requests, which takes time
     */
    public static ChromeDriver start(String... more) {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(Commands.find(PROGRAM).orElseThrow().toString());
        // in a container there is neither a sandbox for root nor much shared memory
        options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--lang=en", "--no-first-run",
                "--disable-background-networking");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        List.of(more).forEach(each -> logs.enable(each, Level.ALL));
        options.setCapability("goog:loggingPrefs", logs);
        return new ChromeDriver(new ChromeDriverService.Builder().usingDriverExecutable(Commands.find(DRIVER).orElseThrow().toFile()).usingAnyFreePort()
                .build(), options);
    }

    /** Keeps what the page looks like now, to be looked at by somebody. */
    public static void picture(ChromeDriver driver, Path folder, String name) {
        try {
            Files.createDirectories(folder);
            Files.write(folder.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
