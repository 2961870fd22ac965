package dev.avocet.camera.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.camera.Application;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhoneTest {
  private static Browser browser;
  private static RunningPage page;

  @BeforeAll
  static void start(@TempDir Path folder) {
    browser = Browser.phone(360, 740);
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
    browser.theme("dark");
    browser.open(page.address().resolve("#token=" + RunningPage.TOKEN), "belt");
    browser.awaitText("#tiles", "fps");
  }

  private static void assertUsable() {
    assertThat(browser.js("return innerWidth")).isEqualTo(360L);
    assertThat((List<?>) browser.js("return judge.wide()")).isEmpty();
    assertThat((List<?>) browser.js("return judge.small()")).isEmpty();
  }

  @Test
  void shouldFitTheScreenWithLargeTargets() {
    browser.await("an object", "return document.querySelector('[role=option]') !== null");
    assertUsable();
    browser.js("document.getElementById('token-dialog').showModal()");
    assertUsable();
  }

  @Test
  void shouldDrawSharply() {
    assertThat(browser.js("return document.querySelector('.stage canvas').width"))
        .isEqualTo(2 * 360L);
  }

  @Test
  void shouldGoToASectionByTheBarBelow() {
    for (String section : List.of("figures", "model", "clips", "sources")) {
      browser.find("nav a[href='#" + section + "']").click();
      browser.await(
          section + " is on the screen",
          "const a = document.getElementById(arguments[0]).getBoundingClientRect();"
              + "return a.top < 700 && a.bottom > 60",
          section);
    }
  }

  @Test
  void shouldShowAnObjectInASheetAboveTheBar() {
    browser.await("an object", "return document.querySelector('[role=option]') !== null");
    browser.find("[role=option]").click();
    assertUsable();
    Number top =
        (Number) browser.js("return document.getElementById('object').getBoundingClientRect().top");
    Number bottom =
        (Number)
            browser.js("return document.getElementById('object').getBoundingClientRect().bottom");
    assertThat(top.doubleValue()).isGreaterThan(300);
    assertThat(bottom.doubleValue()).isBetween(680.0, 690.0);
    browser.find("#object button").click();
    assertThat(browser.find("#object").isDisplayed()).isFalse();
  }

  @Test
  void shouldDrawALineByTouch() {
    browser.find("[aria-label='Edit lines and zones of belt']").click();
    browser.find(".editor button").click();
    browser.touch("[data-source=belt] canvas", 0.3, 0.3);
    browser.touch("[data-source=belt] canvas", 0.7, 0.6);
    browser.awaitText(".editor", "Turn round");
    assertUsable();
    browser.find(".editor .main").click();
    browser.awaitText("#notes", "Saved for belt.");
    assertThat(page.kept().sources().get(0).scene().lines().get(0).to().x())
        .isBetween(0.68f, 0.72f);
  }
}
