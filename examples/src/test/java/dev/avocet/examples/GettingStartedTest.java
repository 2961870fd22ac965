package dev.avocet.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every Java block of {@code docs/getting-started-java.md}, {@code docs/video.md}, {@code
 * docs/observability.md}, {@code docs/pipelines.md} and of the root's README.
 */
class GettingStartedTest {
  private static final String CLASS =
      """
      // %s
      import dev.avocet.*;
      import dev.avocet.core.*;
      import dev.avocet.core.graph.*;
      import dev.avocet.core.model.Params;
      import dev.avocet.core.net.*;
      import dev.avocet.core.postprocess.Boxes;
      import dev.avocet.media.*;
      import dev.avocet.metrics.*;
      import dev.avocet.track.*;
      import io.micrometer.prometheusmetrics.*;
      import java.nio.ByteBuffer;
      import java.nio.file.Path;
      import java.time.Duration;
      import java.util.*;
      import java.util.concurrent.CompletableFuture;

      public final class %s {
        public static void run() {
      %s
        }
      }
      """;

  @TempDir Path folder;

  @Test
  void shouldCompileAndRunEveryBlock() throws IOException, ReflectiveOperationException {
    List<Page.Block> blocks = new ArrayList<>(Page.read("README.md").blocks("java"));
    blocks.addAll(Page.read("docs/getting-started-java.md").blocks("java"));
    blocks.addAll(Page.read("docs/video.md").blocks("java"));
    blocks.addAll(Page.read("docs/observability.md").blocks("java"));
    Page pipelines = Page.read("docs/pipelines.md");
    blocks.addAll(pipelines.blocks("java"));
    Files.writeString(
        folder.resolve("codes.json"),
        pipelines
            .block("codes.json")
            .replace("models/parcels", Page.root().resolve("models/parcels").toString()));
    assertThat(blocks).hasSizeGreaterThan(7);
    List<Path> sources = new ArrayList<>();
    for (int i = 0; i < blocks.size(); i++) {
      sources.add(write("Snippet" + i, blocks.get(i)));
    }
    compile(sources);
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      List<String> printed = new ArrayList<>();
      for (int i = 0; i < blocks.size(); i++) {
        printed.add(run(loader, "Snippet" + i));
      }
      assertThat(printed.get(0)).contains("qr_code");
      assertThat(printed.get(1)).contains("qr_code").contains(" at ");
      assertThat(printed).anyMatch(text -> text.contains("[qr_code, data_matrix, barcode]"));
      assertThat(printed).anyMatch(text -> text.matches("(?s).*net \\d+ times, p50 PT.*"));
      assertThat(printed).anyMatch(text -> text.contains("images FLOAT32[?,3,640,640]"));
      assertThat(printed).anyMatch(text -> text.matches("(?s)0 at \\[[\\d.,]+].*\\d+ x \\d+\\s+"));
      assertThat(printed).anyMatch(text -> text.contains("[list of Boxes]"));
      assertThat(printed).anyMatch(text -> text.contains("{gate={in=0, out=0}}"));
      assertThat(printed).anyMatch(text -> text.matches("(?s).*net: 1 runs in PT.*, p99 PT.*"));
      assertThat(printed).anyMatch(text -> text.contains("avocet_stage_seconds_count{"));
    }
    assertThat(folder.resolve("out.png")).isNotEmptyFile();
    assertThat(folder.resolve("found.mp4")).isNotEmptyFile();
  }

  private Path write(String name, Page.Block block) throws IOException {
    Path root = Page.root();
    String text =
        block
            .text()
            .replace("\"models/parcels", "\"" + root.resolve("models/parcels"))
            .replace("\"photo.jpg", "\"" + root.resolve("examples/media/parcel-1.jpg"))
            .replace("\"codes.json", "\"" + folder.resolve("codes.json"))
            .replace("\"out.png", "\"" + folder.resolve("out.png"))
            .replace("\"clip.mp4", "\"test://?frames=3")
            .replace("\"found.mp4", "\"" + folder.resolve("found.mp4"));
    Path source = folder.resolve(name + ".java");
    return Files.writeString(source, CLASS.formatted(block.where(), name, text));
  }

  private void compile(List<Path> sources) {
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    var files =
        javac
            .getStandardFileManager(null, null, StandardCharsets.UTF_8)
            .getJavaFileObjectsFromPaths(sources);
    String classPath = System.getProperty("java.class.path");
    List<String> options = List.of("-d", folder.toString(), "-cp", classPath, "-proc:none");
    StringWriter messages = new StringWriter();
    boolean done = javac.getTask(messages, null, null, options, null, files).call();
    assertThat(done)
        .as("%s\n%s", messages, sources.stream().map(GettingStartedTest::firstLine).toList())
        .isTrue();
  }

  private static String firstLine(Path source) {
    try {
      return source.getFileName() + ": " + Files.readAllLines(source).get(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String run(ClassLoader loader, String name) throws ReflectiveOperationException {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      loader.loadClass(name).getMethod("run").invoke(null);
    } finally {
      System.setOut(before);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }
}
