package dev.avocet.cli;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.ImageCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Where drawn pictures go: one file, or files in a folder under the names of their inputs. */
final class OutputFiles {
  private static final Set<String> ENDINGS =
      Set.of("png", "jpg", "jpeg", "webp", "bmp", "tif", "tiff", "ppm");

  private final Path path;
  private final boolean folder;
  private final Set<Path> taken = new HashSet<>();

  private OutputFiles(Path path, boolean folder) {
    this.path = path;
    this.folder = folder;
  }

  /**
   * Checks and prepares what {@code -o} names: for one picture a file, or a folder where it is one
   * or its name has no picture's ending; for more a folder. Folders are created.
   *
   * @param output as the user wrote it
   * @param pictures how many there will be
   */
  static OutputFiles prepare(String output, long pictures) {
    Path path = Path.of(output);
    boolean named = !output.endsWith("/") && ENDINGS.contains(ending(path));
    boolean folder = Files.isDirectory(path) || (!named && !Files.exists(path));
    if (!folder && pictures > 1) {
      throw CommandFailure.usage(
          "-o %s names a file, and there are %d pictures: name a folder"
              .formatted(output, pictures));
    }
    Path needed = folder ? path : path.toAbsolutePath().getParent();
    try {
      if (needed != null && !Files.isDirectory(needed)) {
        Files.createDirectories(needed);
      }
    } catch (IOException e) {
      throw new CommandFailure(
          CommandFailure.RUNNING,
          "the folder %s cannot be created; name another with -o".formatted(needed),
          e);
    }
    return new OutputFiles(path, folder);
  }

  /** Writes the picture made from an input; answers where. */
  Path write(String input, Image picture) {
    Path file = folder ? inFolder(Path.of(input)) : path;
    try {
      if (Files.exists(file) && Files.isSameFile(file, Path.of(input))) {
        throw CommandFailure.usage(
            "-o %s would overwrite the input %s: name another folder".formatted(path, input));
      }
    } catch (IOException e) {
      throw new CommandFailure(CommandFailure.RUNNING, file + " cannot be read: " + e, e);
    }
    try {
      ImageCodec.installed().write(picture, file);
    } catch (AvocetException e) {
      throw new CommandFailure(CommandFailure.RUNNING, e.getMessage(), e);
    }
    return file;
  }

  private Path inFolder(Path input) {
    String name = String.valueOf(input.getFileName());
    String ending = ending(input);
    int dot = name.lastIndexOf('.');
    String stem = dot > 0 ? name.substring(0, dot) : name;
    String suffix = ENDINGS.contains(ending) ? name.substring(dot) : ".png";
    Path file = path.resolve(stem + suffix);
    // Inputs from different folders may have the same name.
    for (int n = 2; !taken.add(file); n++) {
      file = path.resolve(stem + "-" + n + suffix);
    }
    return file;
  }

  private static String ending(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
  }
}
