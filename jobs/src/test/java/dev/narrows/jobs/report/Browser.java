package dev.narrows.jobs.report;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LoggingPreferences;

/** A headless Chromium of the machine, such as Debian's {@code chromium} and {@code chromium-driver} bring. */
final class Browser implements AutoCloseable {
    static final int DESK = 1400;
    static final int PHONE = 390;
    private static final long PATIENCE_MILLIS = 60_000;

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Starts one; a test on a machine without is skipped. */
    static Browser start(Path profile) {
        Optional<Path> chromium = onPath("chromium").or(() -> onPath("google-chrome"));
        Optional<Path> chromedriver = onPath("chromedriver");
        Assumptions.assumeTrue(
                chromium.isPresent() && chromedriver.isPresent(),
                "no Chromium with its driver is here (Debian: apt-get install chromium chromium-driver)");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium.get().toFile());
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + profile);
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable("browser", Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(chromedriver.get().toFile())
                .build();
        return new Browser(new ChromeDriver(service, options));
    }

    private static Optional<Path> onPath(String name) {
        return List.of(System.getenv("PATH").split(File.pathSeparator)).stream()
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Opens a page from the disk and waits until all is drawn; gives how long that took, in milliseconds. */
    double open(Path page, int width, String scheme) {
        return open(page.toUri().toString(), width, scheme);
    }

    /** Opens a page by its address. */
    double open(String address, int width, String scheme) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", width == PHONE));
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
        driver.get(address);
        waitFor("document.documentElement.dataset.drawn !== undefined");
        return ((Number) run("return performance.now()")).doubleValue();
    }

    /** Waits until an expression is true. */
    void waitFor(String expression) {
        long end = System.currentTimeMillis() + PATIENCE_MILLIS;
        while (!Boolean.TRUE.equals(run("return !!(" + expression + ")"))) {
            if (System.currentTimeMillis() > end) {
                throw new AssertionError("never became true: " + expression + "; console: " + complaints());
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
    }

    Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    WebElement find(String css) {
        return driver.findElement(By.cssSelector(css));
    }

    List<WebElement> all(String css) {
        return driver.findElements(By.cssSelector(css));
    }

    Actions actions() {
        return new Actions(driver);
    }

    /** Messages of the console since the last call. */
    List<String> complaints() {
        return driver.manage().logs().get("browser").getAll().stream()
                .map(LogEntry::getMessage)
                .toList();
    }

    /** The whole page as PNG. */
    void picture(Path file) throws IOException {
        picture(file, ((Number) run("return document.documentElement.scrollHeight")).intValue());
    }

    /** The top of the page as PNG. */
    void picture(Path file, int height) throws IOException {
        Object width = run("return document.documentElement.clientWidth");
        Map<String, Object> clip = Map.of("x", 0, "y", 0, "width", width, "height", height, "scale", 1);
        Object data = driver.executeCdpCommand(
                        "Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true, "clip", clip))
                .get("data");
        Files.write(file, Base64.getDecoder().decode((String) data));
    }

    @Override
    public void close() {
        driver.quit();
    }
}
