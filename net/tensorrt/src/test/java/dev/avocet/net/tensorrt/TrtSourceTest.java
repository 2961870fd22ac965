package dev.avocet.net.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import dev.avocet.core.model.ModelFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrtSourceTest {
  @TempDir Path folder;

  /** Files that lie in memory, as those of a zip. */
  private record InMemory(Map<String, byte[]> files) implements ModelFiles {
    @Override
    public String origin() {
      return "m.zip";
    }

    @Override
    public boolean has(String name) {
      return files.containsKey(name);
    }

    @Override
    public byte[] read(String name) {
      return files.get(name);
    }

    @Override
    public Optional<Path> path(String name) {
      return Optional.empty();
    }

    @Override
    public void close() {}
  }

  @Test
  void shouldReadTheSameFromAFolderAndFromAnArchive() throws IOException {
    byte[] bytes = {1, 2, 3};
    Files.write(folder.resolve("n.onnx"), bytes);
    try (TrtSource disk = TrtSource.of(ModelFiles.directory(folder), "n.onnx");
        TrtSource memory = TrtSource.of(new InMemory(Map.of("n.onnx", bytes)), "n.onnx")) {
      assertThat(disk.digest()).isEqualTo(memory.digest());
      assertThat(disk.file()).contains(folder.resolve("n.onnx"));
      assertThat(memory.name()).isEqualTo("n.onnx of m.zip");
      assertThat(memory.content().byteSize()).isEqualTo(3);
    }
  }

  @Test
  void shouldSayWhatToDoWhenAnArchiveKeepsWeightsBesideTheNetwork() {
    byte[] bytes = OnnxBytes.withWeightsIn("w.bin");
    try (TrtSource source = TrtSource.of(new InMemory(Map.of("n.onnx", bytes)), "n.onnx")) {
      AvocetException e = assertThrows(AvocetException.class, source::weights);

      assertThat(e.status()).isEqualTo(Status.NOT_SUPPORTED);
      assertThat(e)
          .hasMessage(
              "n.onnx of m.zip keeps weights in files beside it (w.bin), which TensorRT reads from a folder only: unpack the model");
    }
  }

  @Test
  void shouldSayWhatIsWrongWhenTheFileIsMissingOrEmpty() throws IOException {
    Files.createFile(folder.resolve("empty.onnx"));
    AvocetException missing =
        assertThrows(
            AvocetException.class, () -> TrtSource.of(ModelFiles.directory(folder), "n.onnx"));
    AvocetException empty =
        assertThrows(
            AvocetException.class, () -> TrtSource.of(ModelFiles.directory(folder), "empty.onnx"));

    assertThat(missing.status()).isEqualTo(Status.FILE_NOT_FOUND);
    assertThat(empty.status()).isEqualTo(Status.FAIL);
    assertThat(empty).hasMessage(folder.resolve("empty.onnx") + " is empty");
  }
}
