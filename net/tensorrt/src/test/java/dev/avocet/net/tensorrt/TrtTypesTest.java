package dev.avocet.net.tensorrt;

import static dev.avocet.net.tensorrt.TrtTypes.Flag.BF16;
import static dev.avocet.net.tensorrt.TrtTypes.Flag.FP16;
import static dev.avocet.net.tensorrt.TrtTypes.Flag.INT8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class TrtTypesTest {
  private static final Set<TrtTypes.Quantised> NO = Set.of();
  private static final Set<TrtTypes.Quantised> NODES = Set.of(TrtTypes.Quantised.INT8);
  private static final Set<TrtTypes.Quantised> FLOAT8 = Set.of(TrtTypes.Quantised.SMALLER);

  @Test
  void shouldSetWhatThePrecisionAllows() {
    assertThat(types(TrtPrecision.FP32, NO, 90)).isEqualTo(new TrtTypes(false, Set.of(), false));
    assertThat(types(TrtPrecision.TF32, NO, 90)).isEqualTo(new TrtTypes(false, Set.of(), true));
    assertThat(types(TrtPrecision.FP16, NO, 72)).isEqualTo(new TrtTypes(false, Set.of(FP16), true));
    assertThat(types(TrtPrecision.BF16, NO, 80)).isEqualTo(new TrtTypes(false, Set.of(BF16), true));
    assertThat(types(TrtPrecision.BEST, NO, 72)).isEqualTo(new TrtTypes(false, Set.of(FP16), true));
    assertThat(types(TrtPrecision.BEST, NO, 87))
        .isEqualTo(new TrtTypes(false, Set.of(FP16, BF16), true));
    assertThat(TrtTypes.of(TrtPrecision.INT8, NO, true, 87))
        .isEqualTo(new TrtTypes(false, Set.of(FP16, INT8), true));
  }

  @Test
  void shouldLetTheNetworksNodesDecideWhenItIsQuantised() {
    assertThat(types(TrtPrecision.FP32, NODES, 87))
        .isEqualTo(new TrtTypes(false, Set.of(INT8), false));
    assertThat(types(TrtPrecision.INT8, NODES, 87))
        .isEqualTo(new TrtTypes(false, Set.of(FP16, INT8), true));
    assertThat(types(TrtPrecision.BEST, NODES, 72))
        .isEqualTo(new TrtTypes(false, Set.of(FP16, INT8), true));
    assertThat(types(TrtPrecision.FP16, FLOAT8, 90)).isEqualTo(new TrtTypes(true, Set.of(), true));
    assertThat(types(TrtPrecision.FP32, FLOAT8, 90)).isEqualTo(new TrtTypes(true, Set.of(), false));
    assertThat(types(TrtPrecision.FP8, FLOAT8, 89)).isEqualTo(new TrtTypes(true, Set.of(), true));
    assertThat(types(TrtPrecision.TYPED, NODES, 72)).isEqualTo(new TrtTypes(true, Set.of(), true));
  }

  @Test
  void shouldSayWhatToDoWhenGpuOrNetworkCannot() {
    assertThat(refusal(Status.NOT_SUPPORTED, TrtPrecision.BF16, NO, false, 72))
        .isEqualTo("precision=bf16: the GPU is sm_72, needed is sm_80 or later; take fp16");
    assertThat(refusal(Status.NOT_SUPPORTED, TrtPrecision.FP8, FLOAT8, false, 87))
        .contains("needed is sm_89");
    assertThat(refusal(Status.INVALID_ARG, TrtPrecision.FP8, NO, false, 90))
        .contains("no quantisation nodes to float8");
    assertThat(refusal(Status.INVALID_ARG, TrtPrecision.INT8, NO, false, 90))
        .contains("calibration=FOLDER");
    assertThat(refusal(Status.INVALID_ARG, TrtPrecision.INT8, FLOAT8, true, 90))
        .contains("leave the option away");
    assertThat(refusal(Status.INVALID_ARG, TrtPrecision.INT8, NODES, true, 90))
        .contains("leave the option away");
  }

  private static TrtTypes types(
      TrtPrecision precision, Set<TrtTypes.Quantised> quantised, int capability) {
    return TrtTypes.of(precision, quantised, false, capability);
  }

  private static String refusal(
      Status status,
      TrtPrecision precision,
      Set<TrtTypes.Quantised> quantised,
      boolean calibrated,
      int capability) {
    AvocetException e =
        assertThrows(
            AvocetException.class, () -> TrtTypes.of(precision, quantised, calibrated, capability));
    assertThat(e.status()).isEqualTo(status);
    return e.getMessage();
  }
}
