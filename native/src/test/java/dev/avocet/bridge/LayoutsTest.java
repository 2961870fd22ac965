package dev.avocet.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.avocet.core.Status;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sizes, offsets and numbers of {@link Layouts} and its like, against a C compiler's. */
class LayoutsTest {
  private static final Path ROOT = Path.of(System.getProperty("avocet.root"), "native");
  private static final Pattern STRUCT = Pattern.compile("^typedef struct (avocet_\\w+_t) \\{", 8);

  /** Structs that are an {@link Layouts.Items}, with their field of items. */
  private static final Map<String, String> ITEMS =
      Map.of(
          "avocet_classifications_t", "items",
          "avocet_detections_t", "items",
          "avocet_rotated_detections_t", "items",
          "avocet_text_regions_t", "items",
          "avocet_texts_t", "items",
          "avocet_pose_t", "keypoints",
          "avocet_poses_t", "items",
          "avocet_tracked_poses_t", "items",
          "avocet_devices_t", "items");

  /** Functions alone: nothing of it lies in memory that the Java side sees. */
  private static final Set<String> OTHERS = Set.of("avocet_host_t");

  @TempDir Path folder;

  @Test
  void shouldAgreeWithTheCompiler() throws Exception {
    Map<String, Long> expressions = expressions();
    Set<String> structs = new TreeSet<>();
    expressions.keySet().stream()
        .filter(e -> e.startsWith("sizeof(avocet"))
        .forEach(e -> structs.add(e.substring(7, e.length() - 1)));
    structs.addAll(OTHERS);
    assertThat(structs).isEqualTo(declared());
    List<Long> found = compiled(List.copyOf(expressions.keySet()));
    int i = 0;
    for (Map.Entry<String, Long> expression : expressions.entrySet()) {
      assertThat(found.get(i++)).as(expression.getKey()).isEqualTo(expression.getValue());
    }
  }

  /** C expressions with the values that Java gives them. */
  private static Map<String, Long> expressions() throws IllegalAccessException {
    Map<String, Long> all = new LinkedHashMap<>();
    for (Class<?> struct : Layouts.class.getDeclaredClasses()) {
      if (struct != Layouts.Items.class) {
        addStruct(all, struct, "avocet_" + lower(struct.getSimpleName()) + "_t");
      }
    }
    ITEMS.forEach(
        (name, items) -> {
          all.put("sizeof(" + name + ")", of(Layouts.Items.BYTES));
          all.put("offsetof(" + name + ", count)", of(Layouts.Items.COUNT));
          all.put("offsetof(" + name + ", " + items + ")", of(Layouts.Items.ITEMS));
        });
    addNumbers(all, Types.class, "AVOCET_TYPE_");
    addNumbers(all, ValueKinds.class, "AVOCET_VALUE_");
    addNumbers(all, Questions.class, "AVOCET_ASK_");
    all.put("AVOCET_ERROR_SIZE", of(Failure.TEXT_BYTES));
    for (int i = 0; i < Images.FORMATS.size(); i++) {
      all.put("AVOCET_" + Images.FORMATS.get(i).name(), of(i));
    }
    List<String> rotations = List.of("NONE", "90_CLOCKWISE", "180", "90_COUNTERCLOCKWISE");
    for (int i = 0; i < rotations.size(); i++) {
      all.put("AVOCET_ROTATE_" + rotations.get(i), of(i));
    }
    for (Status status : Status.values()) {
      all.put("AVOCET_" + status.name(), of(status.code()));
    }
    return all;
  }

  private static void addStruct(Map<String, Long> all, Class<?> struct, String name)
      throws IllegalAccessException {
    for (Field field : struct.getDeclaredFields()) {
      long value = field.getInt(null);
      if (field.getName().equals("BYTES")) {
        all.put("sizeof(" + name + ")", value);
      } else {
        String of = lower(field.getName()).replace("_field", "");
        all.put("offsetof(" + name + ", " + of + ")", value);
      }
    }
  }

  private static void addNumbers(Map<String, Long> all, Class<?> numbers, String prefix)
      throws IllegalAccessException {
    for (Field field : numbers.getDeclaredFields()) {
      if (field.getType() == int.class && Modifier.isStatic(field.getModifiers())) {
        all.put(prefix + field.getName(), of(field.getInt(null)));
      }
    }
  }

  private static Long of(int number) {
    return (long) number;
  }

  private static String lower(String name) {
    return name.replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }

  /** All structs of the headers. */
  private static Set<String> declared() throws IOException {
    Set<String> names = new TreeSet<>();
    List<Path> headers = new ArrayList<>();
    headers.add(ROOT.resolve("src/main/c/shim/host.h"));
    try (var files = Files.list(ROOT.resolve("include/avocet"))) {
      files.forEach(headers::add);
    }
    for (Path header : headers) {
      Matcher matcher = STRUCT.matcher(Files.readString(header));
      while (matcher.find()) {
        names.add(matcher.group(1));
      }
    }
    return names;
  }

  private List<Long> compiled(List<String> expressions) throws Exception {
    StringBuilder program =
        new StringBuilder("#include \"host.h\"\n#include <stdio.h>\nint main(void) {\n");
    for (String expression : expressions) {
      program.append("  printf(\"%ld\\n\", (long)").append(expression).append(");\n");
    }
    program.append("  return 0;\n}\n");
    Path source = Files.writeString(folder.resolve("layouts.c"), program);
    String include = "-I" + ROOT.resolve("include");
    String shim = "-I" + ROOT.resolve("src/main/c/shim");
    Path binary = folder.resolve("layouts");
    run("gcc", "-std=c99", include, shim, source.toString(), "-o", binary.toString());
    return run(binary.toString()).lines().map(Long::valueOf).toList();
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process process = null;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      assumeTrue(false, "skipped: " + e.getMessage());
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
