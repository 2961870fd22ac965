package dev.avocet.core.model;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import dev.avocet.core.internal.ProtobufFields;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A model that is one {@code .onnx} file: the network, and beside it in {@code metadata_props} the
 * other files, each a property with the file's name for its key. Without a {@code deploy.json}
 * there the network is called {@code net}. Field numbers are those of onnx.proto. Thread safe.
 */
final class OnnxFiles implements ModelFiles {
  /** What the network's file is called inside of the model. */
  static final String NET = "net.onnx";

  private static final String DEPLOY =
      "{\"models\": [{\"name\": \"net\", \"net\": \"" + NET + "\", \"backend\": \"onnxruntime\"}]}";

  private static final int IR_VERSION = 1;
  private static final int GRAPH = 7;
  private static final int METADATA = 14;
  private static final int KEY = 1;
  private static final int VALUE = 2;

  private final String origin;
  private final Optional<Path> file;
  private volatile Map<String, byte[]> files;

  private OnnxFiles(String origin, Optional<Path> file, Map<String, byte[]> files) {
    this.origin = origin;
    this.file = file;
    this.files = files;
  }

  /** Whether these bytes look like an ONNX file. */
  static boolean isOnnx(byte[] bytes) {
    ProtobufFields fields = new ProtobufFields(ByteBuffer.wrap(bytes));
    boolean version = false;
    boolean graph = false;
    while (fields.next()) {
      version |= fields.number() == IR_VERSION;
      graph |= fields.number() == GRAPH && fields.bytes().isPresent();
    }
    return version && graph;
  }

  /** A file on disk, which engines open where it lies. */
  static OnnxFiles read(Path file) {
    return new OnnxFiles(
        file.toString(), Optional.of(file), properties(file.toString(), bytes(file)));
  }

  /** A file in memory. */
  static OnnxFiles read(String origin, byte[] onnx) {
    Map<String, byte[]> files = properties(origin, onnx);
    files.put(NET, onnx);
    return new OnnxFiles(origin, Optional.empty(), files);
  }

  private static byte[] bytes(Path file) {
    // Not a channel: the JDK opens sockets, to look around, for the first one of a process.
    try (InputStream in = new FileInputStream(file.toFile())) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new AvocetException(Status.FAIL, file + " cannot be read: " + e, e);
    } catch (OutOfMemoryError e) {
      throw new AvocetException(
          Status.OUT_OF_MEMORY,
          file + " does not fit into the heap: raise -Xmx or use a model folder",
          e);
    }
  }

  private static Map<String, byte[]> properties(String origin, byte[] onnx) {
    Map<String, byte[]> files = new TreeMap<>();
    files.put(DeployInfo.FILE, DEPLOY.getBytes(StandardCharsets.UTF_8));
    ProtobufFields fields = new ProtobufFields(ByteBuffer.wrap(onnx));
    while (fields.next()) {
      if (fields.number() == METADATA && fields.bytes().isPresent()) {
        property(fields.bytes().get(), files);
      }
    }
    if (!files.containsKey(PipelineSpec.FILE)) {
      throw AvocetException.notSupported(
          "%s: a bare .onnx says how it is used in its metadata property \"%s\", which it has not:"
                  .formatted(origin, PipelineSpec.FILE)
              + " add it, or make a model folder of it (docs/model-zoo.md)");
    }
    return files;
  }

  private static void property(ByteBuffer message, Map<String, byte[]> files) {
    ProtobufFields fields = new ProtobufFields(message);
    String key = "";
    byte[] value = {};
    while (fields.next()) {
      if (fields.number() == KEY) {
        key = fields.text();
      } else if (fields.number() == VALUE && fields.bytes().isPresent()) {
        value = new byte[fields.bytes().get().remaining()];
        fields.bytes().get().get(value);
      }
    }
    files.put(key, value);
  }

  private Map<String, byte[]> files() {
    Map<String, byte[]> open = files;
    if (open == null) {
      throw new AvocetException(Status.CLOSED, "the model " + origin + " is closed");
    }
    return open;
  }

  @Override
  public String origin() {
    return origin;
  }

  @Override
  public boolean has(String name) {
    return files().containsKey(name) || path(name).isPresent();
  }

  @Override
  public byte[] read(String name) {
    byte[] bytes = files().get(name);
    if (bytes == null && path(name).isPresent()) {
      return bytes(path(name).get());
    }
    if (bytes == null) {
      throw new AvocetException(
          Status.FILE_NOT_FOUND, "the model " + origin + " has no file " + name);
    }
    return bytes;
  }

  @Override
  public Optional<Path> path(String name) {
    files();
    return name.equals(NET) ? file : Optional.empty();
  }

  @Override
  public void close() {
    files = null;
  }
}
