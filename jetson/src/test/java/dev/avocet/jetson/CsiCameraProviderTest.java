package dev.avocet.jetson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.avocet.core.AvocetException;
import dev.avocet.media.Frame;
import dev.avocet.media.FrameSource;
import dev.avocet.media.Frames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class CsiCameraProviderTest {
  private static String pipeline(String input) {
    return String.join(" ", CsiCameraProvider.pipeline(input));
  }

  @Test
  void shouldMakeThePipelineOfNvidiasGuide() {
    assertThat(pipeline("csi://0"))
        .isEqualTo(
            "nvarguscamerasrc sensor-id=0 !"
                + " video/x-raw(memory:NVMM),format=NV12,width=1280,height=720,framerate=30/1 !"
                + " nvvidconv flip-method=0 ! video/x-raw,format=NV12,width=1280,height=720");
    assertThat(pipeline("csi://1?width=1920&height=1080&fps=59.94&flip=2"))
        .contains("sensor-id=1", "width=1920,height=1080,framerate=59940/1000", "flip-method=2")
        .endsWith("video/x-raw,format=NV12,width=1920,height=1080");
  }

  @Test
  void shouldTurnTheSizeWithThePicture() {
    assertThat(pipeline("csi://0?flip=3"))
        .contains("format=NV12,width=1280,height=720,framerate")
        .endsWith("video/x-raw,format=NV12,width=720,height=1280");
  }

  @Test
  void shouldRefuseWhatNoCameraHas() {
    for (String wrong :
        List.of(
            "csi://",
            "csi://front",
            "csi://0?width=641",
            "csi://0?height=0",
            "csi://0?width=100000",
            "csi://0?flip=8",
            "csi://0?flip=1 ! fakesink",
            "csi://0?fps=abc",
            "csi://0?size=1x1")) {
      assertThatThrownBy(() -> CsiCameraProvider.pipeline(wrong))
          .isInstanceOf(AvocetException.class)
          .hasMessageStartingWith(wrong);
    }
  }

  @Test
  void shouldNameTheElementThatIsMissingHere() throws IOException {
    boolean there =
        Stream.of(System.getenv("PATH").split(":", -1))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "gst-launch-1.0")));
    Assumptions.assumeTrue(there, "skipped: there is no gst-launch-1.0");
    Assumptions.assumeFalse(
        Files.exists(Path.of("/etc/nv_tegra_release")), "skipped: here are cameras");
    try (FrameSource source = Frames.open("csi://0");
        Frame frame = source.next().orElseThrow()) {
      assertThat(frame.error().orElseThrow())
          .hasMessageStartingWith("csi://0: GStreamer ended with ")
          .hasMessageContaining("no element \"nvarguscamerasrc\"");
    }
  }
}
