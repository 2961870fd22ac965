package dev.avocet.core.model;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Small models made in memory. */
final class TestModels {
  static final String DEPLOY =
      """
      {"version": "1.3.1", "task": "Detector", "customs": [], "models": [
        {"name": "tiny", "net": "end2end.onnx", "weights": "", "backend": "onnxruntime",
         "precision": "FP32", "batch_size": 4, "dynamic_shape": true}]}
      """;

  static final String PIPELINE =
      """
      {"pipeline": {"input": ["img"], "output": ["post_output"], "tasks": [
        {"type": "Task", "module": "Transform", "name": "Preprocess",
         "input": ["img"], "output": ["prep_output"],
         "transforms": [{"type": "LoadImageFromFile"}, {"type": "Resize", "size": [64, 32]}]},
        {"type": "Task", "module": "Net", "name": "tiny", "is_batched": true,
         "input": ["prep_output"], "output": ["infer_output"],
         "input_map": {"img": "images"}, "output_map": {"dets": "boxes"}},
        {"type": "Task", "module": "mmdet", "name": "postprocess", "component": "ResizeBBox",
         "params": {"score_thr": 0.3}, "input": ["prep_output", "infer_output"],
         "output": ["post_output"]}]}}
      """;

  static final String CARD =
      """
      {"labels": ["cat", "dog"], "description": "Two animals.", "licence": "Apache-2.0"}
      """;

  private TestModels() {}

  /** The files of a good model; the caller may change the map. */
  static Map<String, byte[]> files() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put(DeployInfo.FILE, bytes(DEPLOY));
    files.put(PipelineSpec.FILE, bytes(PIPELINE));
    files.put(ModelCard.FILE, bytes(CARD));
    files.put("end2end.onnx", new byte[] {1, 2, 3});
    return files;
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] zip(Map<String, byte[]> files) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue());
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Model files without a folder. */
  record InMemory(Map<String, byte[]> files, AtomicBoolean closed) implements ModelFiles {
    InMemory(Map<String, byte[]> files) {
      this(files, new AtomicBoolean());
    }

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
      if (!has(name)) {
        throw new AvocetException(Status.FILE_NOT_FOUND, "the model memory has no file " + name);
      }
      return files.get(name);
    }

    @Override
    public Optional<Path> path(String name) {
      return Optional.empty();
    }

    @Override
    public void close() {
      closed.set(true);
    }
  }

  /** A good model with one of its files replaced. */
  static Model with(String file, String text) {
    Map<String, byte[]> files = files();
    files.put(file, bytes(text));
    return Model.of(new InMemory(files));
  }
}
