package dev.avocet.camera.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.camera.Application;
import dev.avocet.track.Scene;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

class ChangesTest {
  private static Browser browser;
  private static RunningPage page;

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    browser = Browser.desktop(1280, 900);
    Path other = copy(Path.of(Application.parcels()), folder.resolve("other"));
    Path broken = copy(Path.of(Application.parcels()), folder.resolve("broken"));
    Files.writeString(broken.resolve("end2end.onnx"), "no network");
    page =
        RunningPage.start(
            Files.createDirectory(folder.resolve("clips")),
            List.of("belt=demo://"),
            Application.parcels(),
            other.toString(),
            broken.toString());
  }

  private static Path copy(Path from, Path to) throws IOException {
    Files.createDirectory(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
    return to;
  }

  @AfterAll
  static void stop() {
    if (page != null) {
      page.close();
    }
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void open() {
    browser.open(page.address(), "belt");
    browser.js("sessionStorage.clear()");
    browser.open(page.address(), "belt");
  }

  private static void openWithToken() {
    browser.open(page.address().resolve("#token=" + RunningPage.TOKEN), "belt");
  }

  private static void slideTo(double score) {
    browser.js(
        "const s = document.getElementById('score'); s.value = arguments[0];"
            + "s.dispatchEvent(new Event('input')); s.dispatchEvent(new Event('change'))",
        score);
  }

  @Test
  void shouldAskForTheTokenAndRefuseAWrongOne() {
    double before = page.kept().score();
    slideTo(0.41);
    browser.await("a dialog", "return document.getElementById('token-dialog').open");
    assertThat(page.kept().score()).isEqualTo(before);
    browser.find("#token").sendKeys("wrong", Keys.ENTER);
    browser.awaitText("#token-said", "This is not the token.");
    assertThat(page.kept().score()).isEqualTo(before);
    browser.find("#token").clear();
    browser.find("#token").sendKeys(RunningPage.TOKEN, Keys.ENTER);
    browser.await("no dialog", "return !document.getElementById('token-dialog').open");
    browser.awaitText("#score-value", "0.41");
    browser.await("the score", "return (await (await fetch('api/state')).json()).score === 0.41");
    assertThat(page.kept().score()).isEqualTo(0.41);
    assertThat(browser.js("return Object.keys(localStorage).join()")).isEqualTo("");
  }

  @Test
  void shouldChangeNothingWithoutTheToken() {
    double before = page.kept().score();
    slideTo(0.77);
    browser.await("a dialog", "return document.getElementById('token-dialog').open");
    browser.press(Keys.ESCAPE);
    browser.awaitText("#notes", "Nothing was changed: that needs the token.");
    assertThat(page.kept().score()).isEqualTo(before);
    assertThat(browser.text("#score-value")).isEqualTo("%.2f".formatted(before));
  }

  @Test
  void shouldTakeTheTokenFromTheAddressAndHideIt() {
    openWithToken();
    assertThat(browser.js("return location.href")).isEqualTo(page.address().toString());
    slideTo(0.35);
    browser.await("the score", "return (await (await fetch('api/state')).json()).score === 0.35");
    browser.complaints();
  }

  @Test
  void shouldLeaveOutWhatIsBelowTheScore() {
    openWithToken();
    slideTo(1);
    browser.await(
        "nothing is found", "return window.recorded.observation('belt').objects.length === 0");
    slideTo(0.3);
    browser.await("much is found", "return window.recorded.observation('belt').objects.length > 1");
  }

  @Test
  void shouldSwitchModelAndDeviceWhileFramesGoOn() {
    openWithToken();
    browser.await("devices", "return document.getElementById('model-device').options.length > 1");
    browser.choose("#model-name", "other");
    browser.choose("#model-device", "onnxruntime:cpu");
    browser.find("#model-form button").click();
    browser.awaitText("#model-said", "other runs on onnxruntime:cpu.");
    browser.await(
        "frames of that model", "return window.recorded.observation('belt').model === 'other'");
    assertThat(browser.text("#running")).isEqualTo("other on onnxruntime:cpu");

    browser.choose("#model-name", "broken");
    browser.find("#model-form button").click();
    browser.await("failure", "return document.getElementById('model-said').matches('.wrong')");
    assertThat(browser.text("#model-said")).contains("end2end.onnx");
    assertThat(browser.text("#troubles")).contains("end2end.onnx");
    browser.awaitFrames("belt", 3);
    assertThat(browser.js("return window.recorded.observation('belt').model")).isEqualTo("other");

    browser.choose("#model-name", "parcels");
    browser.find("#model-form button").click();
    browser.awaitText("#model-said", "parcels runs on");
    assertThat(browser.find("#troubles").isDisplayed()).isFalse();
  }

  @Test
  void shouldKeepALineDrawnWithTheMouse() {
    openWithToken();
    browser.find("[aria-label='Edit lines and zones of belt']").click();
    button("Add line").click();
    clickAt(0.5, 0.9);
    clickAt(0.5, 0.1);
    WebElement name = browser.find(".editor fieldset input");
    name.clear();
    name.sendKeys("middle");
    button("Add zone").click();
    for (double[] corner : new double[][] {{0.1, 0.1}, {0.4, 0.1}, {0.4, 0.5}}) {
      clickAt(corner[0], corner[1]);
    }
    button("Close zone").click();
    browser
        .actions()
        .dragAndDropBy(browser.find("[aria-label^='zone-1, corner 1']"), 40, 30)
        .perform();
    button("Save").click();
    browser.awaitText("#notes", "Saved for belt.");

    browser.open(page.address(), "belt");
    Scene scene = page.kept().sources().get(0).scene();
    assertThat(scene.lines()).extracting(Scene.Line::name).containsExactly("middle");
    assertThat(scene.lines().get(0).from().x()).isBetween(0.49f, 0.51f);
    assertThat(scene.lines().get(0).from().y()).isBetween(0.88f, 0.92f);
    assertThat(scene.lines().get(0).to().y()).isBetween(0.08f, 0.12f);
    assertThat(scene.zones()).hasSize(1);
    assertThat(scene.zones().get(0).corners().get(0).x()).isGreaterThan(0.12f);
    browser.await(
        "what goes by is counted",
        "const { middle } = window.recorded.observation('belt').counts; return middle.in + middle.out > 0");

    browser.find("[aria-label='Edit lines and zones of belt']").click();
    assertThat(browser.find(".editor fieldset input").getDomProperty("value")).isEqualTo("middle");
    browser.find("[aria-label='Delete middle']").click();
    browser.find("[aria-label='Delete zone-1']").click();
    button("Save").click();
    browser.await(
        "an empty scene",
        "const s = (await (await fetch('api/state')).json()).sources[0].scene; return !s.lines.length && !s.zones.length");
  }

  @Test
  void shouldRecordPlayAndDeleteAClip() {
    openWithToken();
    browser.find("[aria-label='Record a clip of belt now']").click();
    browser.awaitText("#notes", "A clip of belt is being recorded.");
    browser.awaitText("#clips-list", "belt");
    String clip = browser.text("#clips-list li b");
    browser.find("#clips-list [aria-label='Play " + clip + "']").click();
    browser.await(
        "the clip plays",
        "const v = document.querySelector('video'); await v.play(); return v.videoWidth > 0");
    browser.find("[aria-label='Close the clip']").click();
    browser.find("#clips-list [aria-label='Delete " + clip + "']").click();
    browser.awaitText("#notes", "The clip is deleted.");
    browser.await(
        "the clip is gone",
        "return !document.getElementById('clips-list').textContent.includes(arguments[0])",
        clip);
  }

  private static WebElement button(String text) {
    return browser.all(".editor button").stream()
        .filter(b -> b.getText().equals(text))
        .findFirst()
        .orElseThrow();
  }

  private static void clickAt(double x, double y) {
    WebElement canvas = browser.find("[data-source=belt] canvas");
    int dx = (int) Math.round((x - 0.5) * canvas.getSize().width);
    int dy = (int) Math.round((y - 0.5) * canvas.getSize().height);
    browser.actions().moveToElement(canvas, dx, dy).click().perform();
  }
}
