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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files are made up after the form that MMDeploy's exporter writes. */
final class TrtMetaTest {
  @TempDir Path folder;

  @Test
  void shouldReadShapesAndBatchWhenTheExporterHasWrittenThem() throws IOException {
    write("deploy.json", "{'models': [{'name': 'a', 'net': 'end2end.onnx', 'batch_size': 3}]}");
    write(
        "detail.json",
        """
        {'version': '1.3.1', 'codebase': {'task': 'ObjectDetection'},
         'backend_config': {'type': 'tensorrt',
           'common_config': {'fp16_mode': false, 'max_workspace_size': 1073741824},
           'model_inputs': [{'input_shapes': {'input': {
             'min_shape': [1, 3, 320, 320], 'opt_shape': [1, 3, 800, 1344],
             'max_shape': [2, 3, 1344, 1344]}}}]},
         'calib_config': {}}
        """);

    TrtMeta meta = meta("end2end.onnx");

    assertThat(meta.ranges())
        .isEqualTo(Map.of("input", TrtRange.parse("1x3x320x320,1x3x800x1344,2x3x1344x1344")));
    assertThat(meta.batch()).hasValue(3);
  }

  @Test
  void shouldTakeTheShapesOfItsOwnNetworkWhenThereAreSeveral() throws IOException {
    write(
        "deploy.json",
        "{'models': [{'name': 'a', 'net': 'a.onnx'}, {'name': 'b', 'net': 'b.onnx'}, {'name': 'c', 'net': 'c.onnx'}]}");
    write(
        "detail.json",
        """
        {'backend_config': {'model_inputs': [
          {'input_shapes': {'x': {'min_shape': [1], 'opt_shape': [1], 'max_shape': [1]}}},
          {'input_shapes': {'x': {'min_shape': [2], 'opt_shape': [2], 'max_shape': [2]}}}]}}
        """);

    assertThat(meta("a.onnx").ranges()).containsEntry("x", TrtRange.parse("1"));
    assertThat(meta("b.onnx").ranges()).containsEntry("x", TrtRange.parse("2"));
    assertThat(meta("c.onnx").ranges()).isEmpty();
    assertThat(meta("b.onnx").batch()).hasValue(1);
    assertThat(meta("other.onnx").batch()).isEmpty();
  }

  @Test
  void shouldFindNothingWhenNothingIsSaid() throws IOException {
    assertThat(meta("a.onnx").ranges()).isEmpty();
    assertThat(meta("a.onnx").batch()).isEmpty();
    for (String detail :
        new String[] {
          "{}",
          "{'backend_config': null}",
          "{'backend_config': {'type': 'onnxruntime'}}",
          "{'backend_config': 'words for people'}"
        }) {
      write("detail.json", detail);
      assertThat(meta("a.onnx").ranges()).as(detail).isEmpty();
    }
  }

  @Test
  void shouldNameFileAndPathWhenAShapeIsWrong() throws IOException {
    assertThat(mistake("{'min_shape': [1], 'opt_shape': [2], 'max_shape': [0]}"))
        .startsWith(
            "detail.json: $.backend_config.model_inputs[0].input_shapes.x.max_shape: expected extents of 1 or more, found [0]");
    assertThat(mistake("{'min_shape': [1], 'opt_shape': [2]}"))
        .contains("input_shapes.x.max_shape: expected ");
    assertThat(mistake("{'min_shape': [3], 'opt_shape': [2], 'max_shape': [4]}"))
        .startsWith(
            "detail.json: $.backend_config.model_inputs[0].input_shapes.x: 3, 2, 4: axis 0 has to grow");
    assertThat(mistake("{'min_shape': 'a', 'opt_shape': [2], 'max_shape': [4]}"))
        .contains("min_shape: expected an array of whole numbers");
    assertThat(mistake("[1]")).contains("input_shapes.x: expected an object");
  }

  private String mistake(String input) throws IOException {
    write(
        "detail.json",
        "{'backend_config': {'model_inputs': [{'input_shapes': {'x': %s}}]}}".formatted(input));
    AvocetException e = assertThrows(AvocetException.class, () -> meta("a.onnx"));
    assertThat(e.status()).isEqualTo(Status.INVALID_ARG);
    return e.getMessage();
  }

  private TrtMeta meta(String file) {
    return TrtMeta.of(ModelFiles.directory(folder), file);
  }

  private void write(String name, String json) throws IOException {
    Files.writeString(folder.resolve(name), json.replace('\'', '"'));
  }
}
