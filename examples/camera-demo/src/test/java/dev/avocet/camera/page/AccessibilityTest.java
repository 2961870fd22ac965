package dev.avocet.camera.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.camera.Application;
import dev.avocet.track.Scene;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

class AccessibilityTest {
  private static Browser browser;
  private static RunningPage page;

  @BeforeAll
  static void start(@TempDir Path folder) {
    browser = Browser.desktop(1280, 900);
    page = RunningPage.start(folder, List.of("belt=demo://"), Application.parcels());
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
    browser.size(1280, 900, false);
    browser.theme("dark");
    browser.open(page.address().resolve("#token=" + RunningPage.TOKEN), "belt");
    browser.await(
        "an object", "return document.querySelector('[data-source=belt] [role=option]') !== null");
  }

  private static void openEverything() {
    browser.find("[data-source=belt] [role=option]").click();
    browser.find("[aria-label='Edit lines and zones of belt']").click();
    browser.press(Keys.ENTER, Keys.ENTER, Keys.ARROW_DOWN, Keys.ENTER);
    browser.awaitText(".editor", "Turn round");
    browser.awaitText("#tiles", "fps");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dark", "light"})
  void shouldBeLegible(String theme) {
    browser.theme(theme);
    openEverything();
    assertThat((List<?>) browser.js("return judge.faint()")).as(theme).isEmpty();
    browser.js("document.getElementById('token-dialog').showModal()");
    assertThat((List<?>) browser.js("return judge.faint()")).as(theme).isEmpty();
  }

  @Test
  void shouldRememberTheThemeThatWasChosen() {
    String ground = "return getComputedStyle(document.body).backgroundColor";
    Object dark = browser.js(ground);
    browser.find("#theme").click();
    Object light = browser.js(ground);
    assertThat(light).isNotEqualTo(dark);
    browser.open(page.address(), "belt");
    assertThat(browser.js(ground)).isEqualTo(light);
    assertThat(browser.find("#theme").getAccessibleName()).isEqualTo("Dark theme");
    browser.find("#theme").click();
    assertThat(browser.js(ground)).isEqualTo(dark);
    browser.js("localStorage.clear()");
  }

  @Test
  void shouldNameEveryControl() {
    openEverything();
    // A page that does not change any more.
    browser.js("recorded.socket.onclose = null; recorded.socket.close()");
    int named = 0;
    for (WebElement control :
        browser.all(
            "button, a, input, select, progress, [role=img], [role=listbox], [role=region], article")) {
      if (control.isDisplayed()) {
        assertThat(control.getAccessibleName())
            .as(control.getDomProperty("outerHTML"))
            .isNotBlank();
        named++;
      }
    }
    assertThat(named).isGreaterThan(20);
    assertThat(browser.js("return document.documentElement.lang")).isEqualTo("en");
    assertThat(browser.js("return document.querySelectorAll('h1').length")).isEqualTo(1L);
    assertThat(
            (List<?>)
                browser.js(
                    "const ids = [...document.querySelectorAll('[id]')].map(e => e.id);"
                        + "return ids.filter((id, i) => ids.indexOf(id) !== i)"))
        .isEmpty();
  }

  @Test
  void shouldDoEverythingByKeyboard() {
    assertThat(browser.tab()).isEqualTo("Skip to the pictures");
    assertFocusSeen();
    browser.press(Keys.ENTER);
    assertThat(browser.tab()).isEqualTo("Objects at belt");
    assertFocusSeen();
    // What is pointed at may leave the belt before it is chosen.
    for (int i = 0; i < 20 && !browser.find("#object").isDisplayed(); i++) {
      browser.press(Keys.ARROW_RIGHT, Keys.ENTER);
    }
    assertThat(browser.find("#object").isDisplayed()).isTrue();
    browser.press(Keys.ESCAPE);
    assertThat(browser.find("#object").isDisplayed()).isFalse();

    assertThat(browser.tab()).isEqualTo("Edit lines and zones of belt");
    assertFocusSeen();
    browser.press(Keys.ENTER);
    // "Add line" has the focus, then the cross: two points, four large steps apart.
    browser.press(Keys.ENTER, Keys.ENTER);
    for (int i = 0; i < 4; i++) {
      browser.actions().keyDown(Keys.SHIFT).sendKeys(Keys.ARROW_UP).keyUp(Keys.SHIFT).perform();
    }
    browser.press(Keys.ENTER);
    browser.press("gate");
    assertThat(tabTo("Save")).isTrue();
    browser.press(Keys.ENTER);
    browser.awaitText("#notes", "Saved for belt.");
    Scene.Line line = page.kept().sources().get(0).scene().lines().get(0);
    assertThat(line.name()).isEqualTo("gate");
    assertThat(line.to().y()).isBetween(0.29f, 0.31f);

    browser.press(Keys.ENTER);
    assertThat(tabTo("gate, start; arrow keys move it")).isTrue();
    browser.press(Keys.ARROW_LEFT, Keys.ARROW_LEFT);
    assertThat(tabTo("Save")).isTrue();
    browser.press(Keys.ENTER);
    browser.await("the editor is left", "return !document.querySelector('.editor')");
    assertThat(page.kept().sources().get(0).scene().lines().get(0).from().x())
        .isBetween(0.485f, 0.495f);

    assertThat(tabTo("Switch")).isTrue();
    assertThat(tabTo("Least score")).isTrue();
    browser.press(Keys.ARROW_RIGHT);
    browser.await("the score", "return (await (await fetch('api/state')).json()).score > 0.305");
  }

  private static void assertFocusSeen() {
    assertThat(browser.js("return getComputedStyle(document.activeElement).outlineStyle"))
        .as("the focus is seen")
        .isEqualTo("solid");
  }

  /** Goes on until a control of a name has the focus, seeing it at each stop. */
  private static boolean tabTo(String name) {
    List<String> passed = new ArrayList<>();
    while (passed.size() < 60) {
      String at = browser.tab();
      passed.add(at);
      if (name.equals(at)) {
        assertFocusSeen();
        return true;
      }
    }
    throw new AssertionError("there is no way to " + name + ": " + passed);
  }

  @Test
  void shouldFitAPhone() {
    browser.size(360, 740, true);
    browser.await("a narrow page", "return innerWidth === 360");
    assertThat((List<?>) browser.js("return judge.wide()")).isEmpty();
    assertThat(browser.js("return document.documentElement.scrollWidth")).isEqualTo(360L);
  }
}
