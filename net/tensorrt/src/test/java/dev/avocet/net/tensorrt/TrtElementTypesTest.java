package dev.avocet.net.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.DataType;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bytedeco.tensorrt.global.nvinfer;
import org.junit.jupiter.api.Test;

class TrtElementTypesTest {
  /** The names of bytedeco's enumeration, which its values are read from without a library. */
  private static final Map<String, DataType> EXPECTED =
      Map.of(
          "kFLOAT", DataType.FLOAT32,
          "kHALF", DataType.FLOAT16,
          "kBF16", DataType.BFLOAT16,
          "kINT8", DataType.INT8,
          "kUINT8", DataType.UINT8,
          "kINT32", DataType.INT32,
          "kINT64", DataType.INT64,
          "kBOOL", DataType.BOOL);

  @Test
  void shouldKnowEachTypeOfTensorRt() {
    assertThat(
            Arrays.stream(nvinfer.DataType.values())
                .filter(type -> TrtElementTypes.type(type.value).isPresent())
                .collect(
                    Collectors.toMap(
                        Enum::name, type -> TrtElementTypes.type(type.value).orElseThrow())))
        .isEqualTo(EXPECTED);
    assertThat(EXPECTED.values()).containsExactlyInAnyOrder(DataType.values());
  }

  @Test
  void shouldNameWhatHasNoCounterpart() {
    assertThat(TrtElementTypes.type(nvinfer.DataType.kFP8.value)).isEmpty();
    assertThat(TrtElementTypes.describe(nvinfer.DataType.kFP8.value)).isEqualTo("FP8");
    assertThat(TrtElementTypes.describe(nvinfer.DataType.kINT4.value)).isEqualTo("INT4");
    assertThat(TrtElementTypes.describe(77)).isEqualTo("TensorRT's type 77");
    assertThat(TrtElementTypes.type(77)).isEqualTo(Optional.empty());
    assertThat(TrtElementTypes.type(-1)).isEqualTo(Optional.empty());
  }

  @Test
  void shouldNameFormatsAsTensorRtDoes() {
    for (nvinfer.TensorFormat format : nvinfer.TensorFormat.values()) {
      String name = format == nvinfer.TensorFormat.kLINEAR ? "linear" : format.name().substring(1);
      assertThat(TrtElementTypes.describeFormat(format.value)).isEqualTo(name);
    }
    assertThat(TrtElementTypes.describeFormat(99)).isEqualTo("TensorRT's format 99");
  }
}
