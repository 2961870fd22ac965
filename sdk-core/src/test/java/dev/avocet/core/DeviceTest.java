package dev.avocet.core;

import static dev.avocet.core.Failures.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          cpu                      |             | cpu                    | 0
          CPU                      |             | CPU                    | 0
          cuda:0                   |             | cuda                   | 0
          cuda:3                   |             | cuda                   | 3
          cuda:007                 |             | cuda                   | 7
          onnxruntime:cpu          | onnxruntime | cpu                    | 0
          tensorrt:cuda:1          | tensorrt    | cuda                   | 1
          openvino:GPU             | openvino    | GPU                    | 0
          openvino:GPU.1           | openvino    | GPU.1                  | 0
          openvino:GPU:1           | openvino    | GPU                    | 1
          openvino:HETERO:GPU,CPU  | openvino    | HETERO:GPU,CPU         | 0
          openvino:MULTI:GPU.1,CPU | openvino    | MULTI:GPU.1,CPU        | 0
          AUTO:GPU,CPU             | AUTO        | GPU,CPU                | 0
          openvino:AUTO:GPU,CPU    | openvino    | AUTO:GPU,CPU           | 0
          openvino:AUTO:-NPU       | openvino    | AUTO:-NPU              | 0
          openvino:BATCH:GPU(4)    | openvino    | BATCH:GPU(4)           | 0
          openvino:HETERO:GPU.1:2  | openvino    | HETERO:GPU.1           | 2
          """)
  void shouldReadWhatIsWellFormed(String text, String engine, String name, int index) {
    Device device = Device.parse(text);
    assertThat(device).isEqualTo(new Device(Optional.ofNullable(engine), name, index));
    assertThat(Device.parse(device.toString())).isEqualTo(device);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ":",
        "cpu:",
        ":0",
        "cpu::0",
        "cpu 0",
        "0",
        "0:1",
        "cuda:-1",
        "cuda:0:1",
        "cuda:1x",
        "öpu",
        "cpu:٣",
        "cpu\n",
        "-cpu",
        "a/b",
        "cpu;rm"
      })
  void shouldRefuseWhatIsNot(String text) {
    assertFails(Status.INVALID_ARG, () -> Device.parse(text))
        .isEqualTo(
            "device=\"" + text + "\": expected [engine:]device[:n], for example cpu or cuda:0");
  }

  @Test
  void shouldRefuseAnIndexThatIsTooLarge() {
    assertFails(Status.INVALID_ARG, () -> Device.parse("cuda:99999999999"))
        .isEqualTo("device=\"cuda:99999999999\": the index is too large");
    assertFails(Status.INVALID_ARG, () -> Device.parse("trt:cuda:2147483648"))
        .contains("too large");
  }

  @Test
  void shouldRefuseNothingAtAll() {
    assertFails(Status.INVALID_ARG, () -> Device.parse(null)).contains("device=\"null\"");
    assertFails(Status.INVALID_ARG, () -> new Device(Optional.empty(), " ", 0)).contains("name");
    assertFails(Status.INVALID_ARG, () -> new Device(Optional.empty(), "cuda", -1))
        .contains("index=-1");
  }

  @Test
  void shouldTakeTextsOfAnyLength() {
    assertThat(Device.parse("a:b" + ":c".repeat(500_000)).name()).hasSize(1_000_001);
    assertFails(Status.INVALID_ARG, () -> Device.parse("a".repeat(500_000) + "!")).contains("!");
  }

  @Property
  void shouldFailInOneWayOnly(@ForAll String text) {
    try {
      Device device = Device.parse(text);
      assertThat(Device.parse(device.toString())).isEqualTo(device);
    } catch (AvocetException e) {
      assertThat(e.status()).isEqualTo(Status.INVALID_ARG);
    }
  }
}
