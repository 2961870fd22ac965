package dev.avocet.camera.page;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.avocet.camera.Application;
import dev.avocet.testing.EngineUnderTest;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.interactions.PointerInput;
import org.openqa.selenium.interactions.Sequence;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * A Chromium of this machine without a window, with one tab and a profile of its own. Tests that
 * need it are skipped where there is none, and fail there with the environment's CI=true.
 */
final class Browser implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /** One with a window of a size in CSS pixels. */
  static Browser desktop(int width, int height) {
    ChromeOptions options = options();
    options.addArguments("--window-size=" + width + "," + height);
    Browser browser = start(options);
    browser.size(width, height, false);
    return browser;
  }

  /** A telephone: narrow, touched, two device pixels a CSS pixel. */
  static Browser phone(int width, int height) {
    ChromeOptions options = options();
    options.setExperimentalOption(
        "mobileEmulation",
        Map.of(
            "deviceMetrics",
            Map.of("width", width, "height", height, "pixelRatio", 2.0, "touch", true)));
    return start(options);
  }

  private static ChromeOptions options() {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(program("chromium").toFile());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--hide-scrollbars");
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
    return options;
  }

  private static Browser start(ChromeOptions options) {
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(program("chromedriver").toFile())
            .usingAnyFreePort()
            .build();
    Browser browser = new Browser(new ChromeDriver(service, options));
    browser.driver.executeCdpCommand(
        "Page.addScriptToEvaluateOnNewDocument",
        Map.of("source", script("recorder.js") + script("judge.js")));
    return browser;
  }

  private static Path program(String name) {
    Optional<Path> found =
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .map(folder -> Path.of(folder, name))
            .filter(Files::isExecutable)
            .findFirst();
    if (found.isEmpty() && EngineUnderTest.inCi()) {
      throw new AssertionError("CI has to have " + name);
    }
    assumeTrue(
        found.isPresent(),
        () -> "skipped: there is no " + name + " (apt-get install chromium chromium-driver)");
    return found.get();
  }

  private static String script(String name) {
    try (var in = Browser.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Gives the tab another size. */
  void size(int width, int height, boolean phone) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of(
            "width", width, "height", height, "deviceScaleFactor", phone ? 2 : 1, "mobile", phone));
  }

  /** Lets the system ask for a theme. */
  void theme(String theme) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(
                Map.of("name", "prefers-color-scheme", "value", theme),
                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
  }

  /** Opens an address anew and waits until a frame of the source is drawn. */
  void open(URI address, String source) {
    driver.get("about:blank");
    driver.get(address.toString());
    awaitFrames(source, 2);
  }

  /** Waits until so many more frames of the source are drawn. */
  void awaitFrames(String source, int count) {
    long until = drawn(source) + count;
    await("frames of " + source, "return window.recorded.count('" + source + "') >= " + until);
  }

  /** How many frames of a source the page has drawn so far. */
  long drawn(String source) {
    return (Long) js("return window.recorded?.count(arguments[0]) ?? 0", source);
  }

  WebElement find(String css) {
    return driver.findElement(By.cssSelector(css));
  }

  List<WebElement> all(String css) {
    return driver.findElements(By.cssSelector(css));
  }

  /** The text of an element. */
  String text(String css) {
    return find(css).getText();
  }

  Object js(String script, Object... arguments) {
    return ((JavascriptExecutor) driver).executeScript(script, arguments);
  }

  /** Runs what calls its last argument when it is done. */
  Object jsLater(String script, Object... arguments) {
    driver.manage().timeouts().scriptTimeout(PATIENCE);
    return ((JavascriptExecutor) driver).executeAsyncScript(script, arguments);
  }

  /** Waits until a script, which may wait itself, returns true. */
  void await(String what, String script, Object... arguments) {
    String later = "return (async function () { " + script + " }).apply(null, arguments)";
    try {
      Application.await(what, () -> Boolean.TRUE.equals(js(later, arguments)));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Chooses a value of a select element. */
  void choose(String css, String value) {
    find(css + " option[value='" + value + "']").click();
  }

  /** Waits until an element has a text in it. */
  void awaitText(String css, String text) {
    await(
        css + " says: " + text,
        "return [...document.querySelectorAll(arguments[0])]"
            + ".some(e => e.textContent.includes(arguments[1]))",
        css,
        text);
  }

  /** Touches an element at a share of its width and height. */
  void touch(String css, double x, double y) {
    WebElement element = find(css);
    int dx = (int) Math.round((x - 0.5) * element.getSize().width);
    int dy = (int) Math.round((y - 0.5) * element.getSize().height);
    PointerInput finger = new PointerInput(PointerInput.Kind.TOUCH, "finger");
    Sequence tap =
        new Sequence(finger, 0)
            .addAction(
                finger.createPointerMove(
                    Duration.ZERO, PointerInput.Origin.fromElement(element), dx, dy))
            .addAction(finger.createPointerDown(PointerInput.MouseButton.LEFT.asArg()))
            .addAction(finger.createPointerUp(PointerInput.MouseButton.LEFT.asArg()));
    driver.perform(List.of(tap));
  }

  Actions actions() {
    return new Actions(driver);
  }

  /** Presses keys, one after the other, whatever has the focus. */
  void press(CharSequence... keys) {
    for (CharSequence key : keys) {
      actions().sendKeys(key).perform();
    }
  }

  /** Tab, with the name of what has the focus then. */
  String tab() {
    press(Keys.TAB);
    return (String)
        js(
            "const e = document.activeElement;"
                + "return e.getAttribute('aria-label') || e.labels?.[0]?.textContent"
                + " || e.textContent.trim()");
  }

  /** What went wrong since the last call, as the console has it. */
  List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(LogEntry::getMessage)
        .toList();
  }

  /** A JPEG file of what is seen. */
  byte[] screenshot() {
    Map<String, Object> answer =
        driver.executeCdpCommand("Page.captureScreenshot", Map.of("format", "jpeg", "quality", 84));
    return Base64.getDecoder().decode((String) answer.get("data"));
  }

  @Override
  public void close() {
    driver.quit();
  }
}
