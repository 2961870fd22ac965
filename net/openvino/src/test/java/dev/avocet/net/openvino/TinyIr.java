package dev.avocet.net.openvino;

import dev.avocet.core.AvocetException;
import dev.avocet.core.model.ModelFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A network in OpenVINO's own form: {@code y = relu(x * w)} for rows {@code x} of any number. */
final class TinyIr {
  static final int WIDTH = 48;

  private TinyIr() {}

  /** Weights that a seed decides. */
  static byte[] weights(int seed) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * WIDTH * WIDTH).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < WIDTH * WIDTH; i++) {
      bytes.putFloat(((i * 7 + seed * 13) % 23 - 11) / 16f);
    }
    return bytes.array();
  }

  /** The network's text; the number of rows may be left open with -1. */
  static byte[] xml(int rows) {
    String x = dims(rows, WIDTH);
    String text =
        """
        <?xml version="1.0"?><net name="tiny" version="11"><layers>
        <layer id="0" name="x" type="Parameter" version="opset1"><data shape="%s,%d" element_type="f32"/>
        <output><port id="0" precision="FP32" names="x">%s</port></output></layer>
        <layer id="1" name="w" type="Const" version="opset1">
        <data element_type="f32" shape="%2$d,%2$d" offset="0" size="%d"/>
        <output><port id="0" precision="FP32">%s</port></output></layer>
        <layer id="2" name="xw" type="MatMul" version="opset1"><data transpose_a="false" transpose_b="false"/>
        <input><port id="0" precision="FP32">%3$s</port><port id="1" precision="FP32">%5$s</port></input>
        <output><port id="2" precision="FP32">%3$s</port></output></layer>
        <layer id="3" name="y" type="ReLU" version="opset1"><input><port id="0" precision="FP32">%3$s</port></input>
        <output><port id="1" precision="FP32" names="y">%3$s</port></output></layer>
        <layer id="4" name="y/sink_port_0" type="Result" version="opset1" output_names="y">
        <input><port id="0" precision="FP32">%3$s</port></input></layer>
        </layers><edges><edge from-layer="0" from-port="0" to-layer="2" to-port="0"/>
        <edge from-layer="1" from-port="0" to-layer="2" to-port="1"/>
        <edge from-layer="2" from-port="2" to-layer="3" to-port="0"/>
        <edge from-layer="3" from-port="1" to-layer="4" to-port="0"/></edges></net>
        """
            .formatted(rows < 0 ? "?" : rows, WIDTH, x, 4 * WIDTH * WIDTH, dims(WIDTH, WIDTH));
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String dims(int rows, int columns) {
    return "<dim>%d</dim><dim>%d</dim>".formatted(rows, columns);
  }

  /** Writes {@code net.xml} and {@code net.bin}. */
  static ModelFiles write(Path folder, int rows, int seed) throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve("net.xml"), xml(rows));
    Files.write(folder.resolve("net.bin"), weights(seed));
    return ModelFiles.directory(folder);
  }

  /** The same as bytes, as a zip file gives them. */
  static ModelFiles bytes(int rows, int seed) {
    Map<String, byte[]> files = Map.of("net.xml", xml(rows), "net.bin", weights(seed));
    return new ModelFiles() {
      @Override
      public String origin() {
        return "memory";
      }

      @Override
      public boolean has(String name) {
        return files.containsKey(name);
      }

      @Override
      public byte[] read(String name) {
        return Optional.ofNullable(files.get(name))
            .orElseThrow(() -> AvocetException.invalidArgument(name));
      }

      @Override
      public Optional<Path> path(String name) {
        return Optional.empty();
      }

      @Override
      public void close() {}
    };
  }
}
