package dev.avocet.net.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HardwareNamesTest {
  @TempDir Path proc;

  private void write(String file, String text) throws IOException {
    Path path = proc.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private HardwareNames names() {
    return new HardwareNames(proc);
  }

  @Test
  void shouldGiveTheModelNameOfTheFirstProcessor() throws IOException {
    write(
        "cpuinfo",
        """
        processor\t: 0
        model\t\t: 154
        model name\t: 12th Gen Intel(R) Core(TM) i7-1270P: x
        power management:

        processor\t: 1
        model name\t: another
        """);
    assertThat(names().processor()).isEqualTo("12th Gen Intel(R) Core(TM) i7-1270P: x");
  }

  @Test
  void shouldGiveWhatThereIsOnArm() throws IOException {
    write(
        "cpuinfo",
        """
        processor\t: 0
        CPU implementer\t: 0x41
        CPU architecture: 8
        CPU part\t: 0xd42
        """);
    assertThat(names().processor()).isEqualTo("Arm core 0xd42 of designer 0x41");
    write("device-tree/model", "NVIDIA Jetson Orin Nano Developer Kit\0");
    assertThat(names().processor())
        .isEqualTo("NVIDIA Jetson Orin Nano Developer Kit, Arm core 0xd42 of designer 0x41");
    assertThat(names().nvidiaGpus()).isEmpty();
    write("device-tree/compatible", "nvidia,p3768-0000+p3767-0005\0nvidia,tegra234\0");
    assertThat(names().nvidiaGpus()).isEqualTo("NVIDIA Jetson Orin Nano Developer Kit");
  }

  @Test
  void shouldGiveTheArchitectureWhereNothingIsSaid() throws IOException {
    assertThat(names().processor()).isEqualTo(System.getProperty("os.arch"));
    write("cpuinfo", "model name\t:\n:\nnonsense");
    assertThat(names().processor()).isEqualTo(System.getProperty("os.arch"));
  }

  @Test
  void shouldNameTheCardsThatTheDriverLists() throws IOException {
    assertThat(names().nvidiaGpus()).isEmpty();
    write("driver/nvidia/gpus/0000:65:00.0/information", "Model: \t NVIDIA RTX A2000\nIRQ: 7\n");
    write("driver/nvidia/gpus/0000:66:00.0/information", "Model: \t NVIDIA L4\nIRQ: 8\n");
    assertThat(names().nvidiaGpus()).isEqualTo("NVIDIA L4, NVIDIA RTX A2000");
  }
}
