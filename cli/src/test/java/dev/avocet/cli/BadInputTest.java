package dev.avocet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.Image;
import dev.avocet.core.ImageCodec;
import dev.avocet.core.PixelFormat;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What users get wrong, each with its exit code and a line that helps. */
class BadInputTest {
  @TempDir Path folder;

  private Cli.Result detect(Path input) {
    return Cli.run("detect", input.toString());
  }

  @Test
  void shouldNameAMissingFileAndAGlobThatMatchesNothing() {
    detect(folder.resolve("no.jpg")).assertFailed(4, "no.jpg", "no such file");
    detect(folder.resolve("*.jpg")).assertFailed(4, "*.jpg", "matches no file");
    detect(folder).assertFailed(4, folder.toString(), "holds no pictures");
  }

  @Test
  void shouldRefuseFilesThatAreNoPictures() throws IOException {
    Path empty = Files.createFile(folder.resolve("empty.jpg"));
    detect(empty).assertFailed(4, "empty.jpg", "is empty");
    Path text = Files.writeString(folder.resolve("notes.txt"), "not a picture\n".repeat(50));
    detect(text).assertFailed(4, "notes.txt");
    byte[] whole = Files.readAllBytes(Path.of(Cli.picture(1)));
    Path half = folder.resolve("half.jpg");
    Files.write(half, Arrays.copyOf(whole, whole.length / 2));
    detect(half).assertFailed(4, "half.jpg");
  }

  @Test
  void shouldTakeAPngNamedJpgAndAPictureOfOnePixel() throws IOException {
    Path png = folder.resolve("one.png");
    try (Image one = Image.copyOf(new byte[] {1, 2, 3}, PixelFormat.BGR, 1, 1)) {
      ImageCodec.installed().write(one, png);
    }
    Path jpg = Files.copy(png, folder.resolve("one.jpg"));
    Cli.Result result = Cli.run("detect", "--json", jpg.toString());
    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).contains("\"width\":1,\"height\":1");
  }

  @Test
  void shouldRefuseSizesBeyondTheLimitFromTheHeader() throws IOException {
    Path huge = Files.write(folder.resolve("huge.png"), pngHeader(20_000, 20_000));
    detect(huge).assertFailed(4, "huge.png", "20000");
    Path nothing = Files.write(folder.resolve("nothing.png"), pngHeader(0, 10));
    detect(nothing).assertFailed(4, "nothing.png");
    Cli.run("detect", "--max-pixels", "1000", Cli.picture(1)).assertFailed(4, "1280", "960");
    Cli.run("detect", "--max-pixels", "0", Cli.picture(1)).assertFailed(2, "maxPixels=0");
  }

  /** The first 33 bytes of an 8-bit RGB PNG, and its end. */
  private static byte[] pngHeader(int width, int height) {
    ByteBuffer png = ByteBuffer.allocate(45);
    png.putLong(0x89504e470d0a1a0aL).putInt(13);
    byte[] body =
        ByteBuffer.allocate(17)
            .put("IHDR".getBytes(StandardCharsets.US_ASCII))
            .putInt(width)
            .putInt(height)
            .put(new byte[] {8, 2, 0, 0, 0})
            .array();
    png.put(body).putInt(crc(body));
    byte[] end = "IEND".getBytes(StandardCharsets.US_ASCII);
    return png.putInt(0).put(end).putInt(crc(end)).array();
  }

  private static int crc(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  private Cli.Result detectWith(Path model) {
    return Cli.run("detect", "-m", model.toString(), Cli.picture(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"deploy.json", "pipeline.json", "end2end.onnx"})
  void shouldNameTheFileThatAModelLacks(String file) throws IOException {
    Path model = ModelCopy.to(folder.resolve("m"));
    Files.delete(model.resolve(file));
    detectWith(model).assertFailed(3, file, model.toString());
    Cli.run("info", model.toString()).assertFailed(3, file);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"size\": [640, 640], \"keep_ratio\" | \"size\": \"big\", \"keep_ratio\" | size",
        "\"type\": \"Resize\" | \"type\": \"Unheard\" | unknown transform \"Unheard\"; known are",
        "\"tasks\": | \"jobs\": | tasks: expected an array of objects, found nothing",
        "\"pipeline\": { | \"pipeline\": [ | not JSON at line",
        "\"img\": \"images\" | \"img\": \"picture\" | no input \"picture\" but [images]",
      })
  void shouldSayWhereAModelIsWrong(String from, String to, String words) throws IOException {
    Path model = ModelCopy.to(folder.resolve("m"));
    ModelCopy.replace(model.resolve("pipeline.json"), from, to);
    detectWith(model).assertFailed(3, words, model.toString());
  }

  @Test
  void shouldRefuseGarbageForANetwork() throws IOException {
    Path model = ModelCopy.to(folder.resolve("m"));
    Files.writeString(model.resolve("end2end.onnx"), "garbage");
    detectWith(model).assertFailed(3, "end2end.onnx");
    Cli.Result info = Cli.run("info", model.toString());
    assertThat(info.exitCode()).isEqualTo(3);
    assertThat(info.out()).contains("Detector", "error", "end2end.onnx");
  }

  @Test
  void shouldReportWhatTheNetworkCannotTake() throws IOException {
    Path model = ModelCopy.to(folder.resolve("grey"));
    ModelCopy.replace(
        model.resolve("pipeline.json"),
        "{\"type\": \"LoadImageFromFile\"}",
        "{\"type\": \"LoadImageFromFile\", \"color_type\": \"grayscale\"}");
    Cli.Result result = detectWith(model);
    assertThat(result.exitCode()).as(result.toString()).isNotZero();
    assertThat(result.err()).startsWith("avocet: ").doesNotContain("\tat ");
  }

  @Test
  void shouldReportNaNAsAFailureOfTheRun() throws IOException {
    Path model = ModelCopy.to(folder.resolve("nan"));
    ModelCopy.replace(
        model.resolve("pipeline.json"), "\"std\": [1, 1, 1]", "\"std\": [1e-38, 1e-38, 1e-38]");
    detectWith(model).assertFailed(1, "NaN", Cli.picture(1));
  }

  @Test
  void shouldTakeAZippedModelAndRefuseHostileOnes() throws IOException {
    Path good = ModelCopy.zip(folder.resolve("good.zip"), "notes.txt", new byte[10]);
    assertThat(detectWith(good).out()).isEqualTo(Cli.run("detect", Cli.picture(1)).out());
    Path climbing = ModelCopy.zip(folder.resolve("climbing.zip"), "../evil", new byte[10]);
    detectWith(climbing).assertFailed(3, "climbing.zip", "../evil");
    Path bomb = folder.resolve("bomb.zip");
    try (ZipOutputStream zip = new ZipOutputStream(new FileOutputStream(bomb.toFile()))) {
      zip.putNextEntry(new ZipEntry("end2end.onnx"));
      zip.write(new byte[8 << 20]);
    }
    detectWith(bomb).assertFailed(3, "bomb.zip", "200 times");
    Path text = Files.writeString(folder.resolve("text.zip"), "no zip");
    detectWith(text).assertFailed(3, "text.zip");
    detectWith(folder.resolve("none")).assertFailed(3, "there is no model", "none");
  }

  @Test
  void shouldRefuseUnknownDevicesEnginesAndOptions() {
    String[][] cases = {
      {"--device", "tpu", "no engine here knows the device \"tpu\""},
      {"--device", "mars:cpu", "there is no engine \"mars\"; there is [onnxruntime, openvino]"},
      {"--device", "", "[engine:]device[:n]"},
      {"--threads", "-1", "threads=-1: expected 0 (auto) to 1024"},
      {"--threads", "many", "--threads"},
      {"--plan", "best", "--plan"},
    };
    for (String[] one : cases) {
      Cli.run("detect", one[0], one[1], Cli.picture(1)).assertFailed(2, one[2]);
    }
    Cli.run("detect", "--engine-option", "warp=9", Cli.picture(1)).assertFailed(3, "\"warp\"");
  }
}
