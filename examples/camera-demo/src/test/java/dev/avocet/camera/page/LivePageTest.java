package dev.avocet.camera.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.camera.Application;
import dev.avocet.core.Palette;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

class LivePageTest {
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
    browser.open(page.address(), "belt");
  }

  @Test
  void shouldLoadWithoutComplaintAndAskNobodyElse() {
    // Those of other tests.
    browser.complaints();
    browser.open(page.address(), "belt");
    browser.awaitText("#tiles", "fps");
    browser.awaitFrames("belt", 5);
    assertThat(browser.complaints()).isEmpty();
    List<?> asked =
        (List<?>)
            browser.js(
                "return performance.getEntriesByType('resource').map(e => e.name)"
                    + ".concat(window.recorded.addresses)");
    String own = page.address().getAuthority();
    assertThat(asked)
        .hasSizeGreaterThan(10)
        .allSatisfy(
            url -> assertThat(url.toString()).matches("(http|ws)://" + own + "/[a-z0-9./-]*"));
  }

  @Test
  void shouldShowOneFrameAfterTheOther() {
    Number first = (Number) browser.js("return window.recorded.observation('belt').frame");
    Object before = picture();
    browser.awaitFrames("belt", 10);
    Number then = (Number) browser.js("return window.recorded.observation('belt').frame");
    assertThat(then.longValue()).isGreaterThanOrEqualTo(first.longValue() + 10);
    assertThat(picture()).isNotEqualTo(before);
    browser.await(
        "a frame rate",
        "return parseFloat(document.querySelector('[data-source=belt] .numbers b').textContent) > 1");
  }

  private static Object picture() {
    return browser.js("return document.querySelector('[data-source=belt] canvas').toDataURL()");
  }

  @Test
  void shouldDrawTheBoxesOfThatVeryFrame() {
    int edges = 0;
    for (int round = 0; round < 5; round++) {
      for (Map<?, ?> drawn : nextDrawn(2)) {
        Map<?, ?> object = (Map<?, ?>) drawn.get("object");
        Number track = (Number) object.get("track_id");
        Number id = track == null ? (Number) object.get("class_id") : track;
        int colour = Palette.ofObject(id.intValue());
        // Labels of other objects may lie on an edge, and an edge outside of the picture.
        assertThat(share(drawn.get("on"), colour)).as("edges of %s", object).isGreaterThan(0.5);
        assertThat(share(drawn.get("inside"), colour)).as("beside %s", object).isLessThan(0.2);
        edges++;
      }
    }
    assertThat(edges).isGreaterThanOrEqualTo(10);
  }

  /** What was drawn next with so many objects; the cast is of what the recorder answers. */
  @SuppressWarnings("unchecked")
  private static List<Map<?, ?>> nextDrawn(int least) {
    Map<String, Object> seen =
        (Map<String, Object>)
            browser.jsLater("window.recorded.next(arguments[0], arguments[1])", least);
    return new ArrayList<>((List<Map<?, ?>>) seen.get("objects"));
  }

  private static double share(Object colours, int colour) {
    List<?> list = (List<?>) colours;
    return (double) list.stream().filter(c -> ((Number) c).intValue() == colour).count()
        / list.size();
  }

  @Test
  void shouldShowTheDataOfABoxThatIsClicked() {
    browser.await("objects", "return window.recorded.observation('belt').objects.length > 0");
    // The belt moves: where the box is and the click belong to one moment.
    browser.js(
        """
        const canvas = document.querySelector('[data-source=belt] canvas');
        const { width, objects } = window.recorded.observation('belt');
        const area = canvas.getBoundingClientRect();
        const [x1, y1, x2, y2] = objects[0].box.map(v => v * area.width / width);
        canvas.dispatchEvent(new MouseEvent('click', {
          clientX: area.left + (x1 + x2) / 2, clientY: area.top + (y1 + y2) / 2, bubbles: true }));
        """);
    WebElement panel = browser.find("#object");
    assertThat(panel.isDisplayed()).isTrue();
    assertThat(panel.getText())
        .contains("belt")
        .containsPattern("Label\\s+(qr_code|data_matrix|barcode)\\s+Class\\s+[012]\\s")
        .containsPattern("Score\\s+0\\.\\d{3}")
        .containsPattern("Box\\s+x \\d+–\\d+, y \\d+–\\d+")
        .containsPattern("First seen\\s+\\d\\d:\\d\\d:\\d\\d")
        .contains("In view");
    Object blank =
        browser.js(
            "const c = document.querySelector('#object canvas');"
                + "return c.getContext('2d').getImageData(0, 0, c.width, c.height)"
                + ".data.every(v => v === 0)");
    assertThat(blank).isEqualTo(false);
    browser.press(Keys.ESCAPE);
    assertThat(panel.isDisplayed()).isFalse();
  }

  @Test
  void shouldAskForNothingWhileNobodyLooks() {
    browser.js(
        "Object.defineProperty(document, 'hidden', { value: true, configurable: true });"
            + "document.dispatchEvent(new Event('visibilitychange'))");
    browser.await("the last frame", "await new Promise(r => setTimeout(r, 700)); return true");
    long then = browser.drawn("belt");
    browser.await("a second", "await new Promise(r => setTimeout(r, 1000)); return true");
    assertThat(browser.drawn("belt")).isEqualTo(then);
    browser.js("delete document.hidden; document.dispatchEvent(new Event('visibilitychange'))");
    browser.awaitFrames("belt", 3);
  }

  @Test
  void shouldComeBackWhenTheServerDoes() {
    page.restart(
        () -> {
          browser.await("a banner", "return !document.getElementById('banner').hidden");
          browser.awaitText("#banner", "Trying again in");
          assertThat(browser.text("#connection")).isEqualTo("Offline");
        });
    browser.await("no banner", "return document.getElementById('banner').hidden");
    browser.awaitFrames("belt", 3);
    assertThat(browser.text("#connection")).isEqualTo("1 of 1 live");
  }

  @Test
  void shouldTintThePixelsOfAMaskAndNoOther() {
    Object colours =
        browser.jsLater(
            """
            const done = arguments[0];
            import('./draw.js').then(({ Pen }) => {
              const canvas = new OffscreenCanvas(60, 60);
              const pen = new Pen(canvas.getContext('2d'), 10, 1);
              pen.mask({ track_id: 0, mask: { area: [1, 2, 3, 2], runs: [1, 2, 0, 3] } });
              const at = (x, y) => canvas.getContext('2d').getImageData(x * 10 + 5, y * 10 + 5, 1, 1).data[3];
              const rows = [];
              for (let y = 0; y < 6; y++) {
                let row = '';
                for (let x = 0; x < 6; x++) {
                  row += at(x, y) > 50 ? '#' : '.';
                }
                rows.push(row);
              }
              done(rows.join(' '));
            });
            """);
    assertThat(colours).isEqualTo("...... ...... ..##.. .###.. ...... ......");
  }

  @Test
  void shouldDrawTheLimbsBetweenSureKeyPoints() {
    Object colours =
        browser.jsLater(
            """
            const done = arguments[0];
            import('./draw.js').then(({ Pen }) => {
              const canvas = new OffscreenCanvas(100, 100);
              const pen = new Pen(canvas.getContext('2d'), 10, 1);
              const at = (x, y) => canvas.getContext('2d').getImageData(x * 10, y * 10, 1, 1).data.join();
              pen.points({
                track_id: 0,
                key_points: [{ x: 1, y: 1, score: 1 }, { x: 9, y: 1, score: 0.3 }, { x: 1, y: 9, score: 0.2 }],
                limbs: [[0, 1], [0, 2], [1, 7]],
              });
              done([at(5, 1), at(1, 5), at(9, 5)]);
            });
            """);
    assertThat(colours).isEqualTo(List.of("255,75,75,255", "0,0,0,0", "0,0,0,0"));
  }

  @Test
  void shouldWriteWhatConcernsTheWholePictureBelowOneAnother() {
    Object colours =
        browser.jsLater(
            """
            const done = arguments[0];
            import('./draw.js').then(({ Pen }) => {
              const canvas = new OffscreenCanvas(300, 100);
              const pen = new Pen(canvas.getContext('2d'), 1, 1);
              const at = (y) => canvas.getContext('2d').getImageData(2, y, 1, 1).data.join();
              const whole = (id) => ({ track_id: null, class_id: id, label: 'class', score: 1, box: null });
              const placed = { track_id: 3, class_id: 0, label: 'a', score: 1, box: [200, 50, 250, 80] };
              pen.objects([whole(0), placed, whole(1)]);
              const height = pen.plate();
              done([at(height / 2 | 0), at(height * 1.5 | 0), at(height * 2.5 | 0)]);
            });
            """);
    assertThat(colours).isEqualTo(List.of("255,75,75,255", "47,191,113,255", "0,0,0,0"));
  }
}
