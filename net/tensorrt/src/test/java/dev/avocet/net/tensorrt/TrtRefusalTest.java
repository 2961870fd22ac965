package dev.avocet.net.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** TensorRT's words as people have met them, of releases 8 to 10. */
final class TrtRefusalTest {
  private static final TrtPlace PLACE = new TrtPlace("10.15.1", "Orin", "sm_87");

  @Test
  void shouldNameTheReleaseWhenAnotherHasBuiltIt() {
    for (String words :
        List.of(
            "IRuntime::deserializeCudaEngine: Error Code 1: Serialization (Serialization assertion stdVersionRead == kSERIALIZATION_VERSION failed.Version tag does not match. Note: Current Version: 240, Serialized Engine Version: 237)",
            "The engine plan file is not compatible with this version of TensorRT, expecting library version 10.15.1.29 got 10.3.0.30, please rebuild.")) {
      AvocetException e = refusal(words, Optional.empty());
      assertThat(e.status()).isEqualTo(Status.NOT_SUPPORTED);
      assertThat(e)
          .hasMessage(
              "a.engine was built by another release than TensorRT 10.15.1 on Orin (sm_87); engines run only where they were built: open the network's .onnx, which is built for this device; TensorRT: "
                  + words);
    }
  }

  @Test
  void shouldNameTheGpusWhenItWasBuiltForAnother() {
    AvocetException e =
        refusal(
            "The engine plan file is generated on an incompatible device, expecting compute 8.7 got compute 9.0, please rebuild.",
            Optional.of("a.onnx"));

    assertThat(e.status()).isEqualTo(Status.NOT_SUPPORTED);
    assertThat(e.getMessage())
        .startsWith(
            "a.engine was built for a GPU of compute capability 9.0, here is TensorRT 10.15.1 on Orin (sm_87); open a.onnx instead, which lies beside it and is built for this device; TensorRT: ");
  }

  @Test
  void shouldSayThatItIsNoEngineWhenTheMagicDoesNotFit() {
    AvocetException e =
        refusal(
            "Serialization assertion magicTagRead == kMAGIC_TAG failed.Magic tag does not match",
            Optional.empty());

    assertThat(e.status()).isEqualTo(Status.FAIL);
    assertThat(e.getMessage())
        .startsWith("a.engine is no engine of TensorRT, or damaged; engines run only");
  }

  @Test
  void shouldNameThePluginWhenOneIsMissing() {
    AvocetException e =
        refusal(
            "getPluginCreator could not find plugin: TRTBatchedNMS version: 1", Optional.empty());

    assertThat(e.status()).isEqualTo(Status.NOT_SUPPORTED);
    assertThat(e.getMessage()).contains("TRTBatchedNMS").contains("plugins=PATH");
  }

  @Test
  void shouldHandOnTheWordsWhenTheyAreOthers() {
    AvocetException e = refusal("something new", Optional.empty());

    assertThat(e.status()).isEqualTo(Status.FAIL);
    assertThat(e.getMessage())
        .startsWith("a.engine cannot be read by TensorRT 10.15.1 on Orin (sm_87)")
        .endsWith(": something new");
  }

  private static AvocetException refusal(String words, Optional<String> network) {
    return TrtRefusal.of("a.engine", TrtFailure.of(List.of(words), ""), PLACE, network);
  }
}
