package dev.avocet.net.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.avocet.core.AvocetException;
import dev.avocet.core.DataType;
import dev.avocet.core.Shape;
import dev.avocet.core.Status;
import dev.avocet.core.TensorInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrtTensorsTest {
  private static final TensorInfo X = new TensorInfo("x", DataType.FLOAT32, Shape.of(1, 2));
  private static final TensorInfo Y = new TensorInfo("y/in:0", DataType.FLOAT32, Shape.of(3));

  @TempDir Path folder;

  @Test
  void shouldFindFilesInOrderWhenThereIsOneInput() throws IOException {
    Path b = Files.write(folder.resolve("b.npy"), NpyFileTest.floats("1, 2", 1, 2));
    Path a = Files.write(folder.resolve("a.npy"), NpyFileTest.floats("2,", 1, 2));
    Files.createFile(folder.resolve("readme.txt"));

    assertThat(TrtTensors.of(folder, List.of(X)).batches())
        .containsExactly(Map.of("x", a), Map.of("x", b));
  }

  @Test
  void shouldJoinFilesOfOneNameWhenThereAreSeveralInputs() throws IOException {
    Files.createDirectories(folder.resolve("x"));
    Files.createDirectories(folder.resolve("y_in_0"));
    Path x = Files.write(folder.resolve("x/1.npy"), NpyFileTest.floats("1, 2", 1, 2));
    Path y = Files.write(folder.resolve("y_in_0/1.npy"), NpyFileTest.floats("3,", 1, 2, 3));

    assertThat(TrtTensors.of(folder, List.of(X, Y)).batches())
        .containsExactly(Map.of("x", x, "y/in:0", y));
  }

  @Test
  void shouldSayWhatIsMissingOrDoesNotFit() throws IOException {
    assertThat(refusal(X))
        .isEqualTo(
            "calibration: there is no .npy file in %s, where tensors of the input x FLOAT32[1,2] are expected"
                .formatted(folder));
    Path file = Files.write(folder.resolve("a.npy"), NpyFileTest.floats("3,", 1, 2, 3));
    assertThat(refusal(X))
        .isEqualTo(
            "calibration: %s is FLOAT32[3], the network's input is x FLOAT32[1,2], in the profile's best shape"
                .formatted(file));
    assertThat(refusal(X, Y)).contains(folder.resolve("x") + " cannot be read");
    Files.createDirectories(folder.resolve("x"));
    Files.write(folder.resolve("x/a.npy"), NpyFileTest.floats("1, 2", 1, 2));
    assertThat(refusal(X, Y)).contains("has no fellow " + folder.resolve("y_in_0/a.npy"));
    assertThat(refusal(new TensorInfo("x", DataType.INT32, Shape.of(1, 2))))
        .contains("is FLOAT32[1,2]");
    Files.write(folder.resolve("x/a.npy"), NpyFileTest.floats("2,", 1, 2));
    assertThat(refusal(new TensorInfo("x", DataType.FLOAT32, Shape.of(1, 12, 2))))
        .contains("is FLOAT32[2]");
    assertThat(refusal(new TensorInfo("x", DataType.FLOAT32, Shape.of(2, 1))))
        .contains("is FLOAT32[2]");
  }

  private String refusal(TensorInfo... inputs) {
    AvocetException e =
        assertThrows(AvocetException.class, () -> TrtTensors.of(folder, List.of(inputs)));
    assertThat(e.status()).isEqualTo(Status.INVALID_ARG);
    return e.getMessage();
  }
}
