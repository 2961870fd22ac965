package dev.avocet.camera.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.camera.Application;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeopleTest {
  @Test
  void shouldShowPeopleWithTheirNumbers(@TempDir Path folder) {
    String clip = Application.people();
    String model = Application.yolox();
    try (Browser browser = Browser.desktop(1280, 900);
        RunningPage page = RunningPage.start(folder, List.of("door=" + clip), model)) {
      // The model's folder has no names of classes; 0 are people.
      browser.open(page.address(), "door");
      browser.awaitText("[data-source=door] .objects", "class 0");
      browser.find("[data-source=door] [role=option]").click();
      assertThat(browser.text("#object-title")).containsPattern("#\\d+ ");
      assertThat(browser.text("#running")).isEqualTo("yolox_nano on cpu");
      assertThat(browser.complaints()).isEmpty();
    }
  }
}
