package dev.avocet.media;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** The files that a path, a folder or a glob stands for. Stateless. */
final class InputFiles {
  private static final Set<String> ENDINGS =
      Set.of(
          "jpg", "jpeg", "jpe", "png", "bmp", "dib", "gif", "webp", "tif", "tiff", "ppm", "pgm",
          "pbm", "pnm");

  private InputFiles() {}

  /**
   * Files to read, at least one, perhaps one that does not exist.
   *
   * @throws AvocetException INVALID_ARG for a folder without pictures and for a bad pattern,
   *     FILE_NOT_FOUND where a glob matches nothing, FAIL where a folder cannot be read
   */
  static List<Path> expand(String input) {
    try {
      Path path = Path.of(input);
      if (Files.isDirectory(path)) {
        return folder(path);
      }
      boolean glob = !Files.exists(path) && firstWildcard(path) < path.getNameCount();
      return glob ? glob(path) : List.of(path);
    } catch (InvalidPathException | PatternSyntaxException e) {
      throw new AvocetException(
          Status.INVALID_ARG, input + ": is neither a path nor a glob: " + e.getMessage(), e);
    } catch (IOException | UncheckedIOException e) {
      throw new AvocetException(Status.FAIL, input + ": cannot be listed: " + e.getMessage(), e);
    }
  }

  private static List<Path> folder(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> pictures =
          files.filter(InputFiles::isPicture).filter(Files::isRegularFile).sorted().toList();
      if (pictures.isEmpty()) {
        throw AvocetException.invalidArgument(
            folder
                + ": the folder holds no pictures (files ending in .jpg, .png, …); videos in it are"
                + " named one by one or by a glob such as *.mp4");
      }
      return pictures;
    }
  }

  private static boolean isPicture(Path file) {
    String name = file.getFileName().toString();
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return !name.startsWith(".") && ENDINGS.contains(ending);
  }

  /** Index of the first name with a wildcard in it; the number of names where there is none. */
  private static int firstWildcard(Path path) {
    int i = 0;
    while (i < path.getNameCount() && !path.getName(i).toString().matches(".*[*?\\[{].*")) {
      i++;
    }
    return i;
  }

  private static List<Path> glob(Path path) throws IOException {
    int first = firstWildcard(path);
    Path below = path.subpath(first, path.getNameCount());
    Path start = path.isAbsolute() ? path.getRoot() : Path.of("");
    if (first > 0) {
      start = start.resolve(path.subpath(0, first));
    }
    String pattern = below.toString();
    // In Java's globs "**/" wants a folder, in shells' it may be none.
    PathMatcher matcher =
        FileSystems.getDefault().getPathMatcher("glob:" + pattern.replace("**/", "{**/,}"));
    boolean hidden = pattern.startsWith(".") || pattern.contains("/.");
    int depth = pattern.contains("**") ? Integer.MAX_VALUE : below.getNameCount();
    List<Path> files = List.of();
    if (Files.isDirectory(start)) {
      Path root = start;
      try (Stream<Path> all = Files.walk(root, depth)) {
        files =
            all.filter(file -> matcher.matches(root.relativize(file)))
                .filter(file -> hidden || !isHidden(root.relativize(file)))
                .filter(Files::isRegularFile)
                .sorted()
                .toList();
      }
    }
    if (files.isEmpty()) {
      throw new AvocetException(Status.FILE_NOT_FOUND, path + ": matches no file");
    }
    return files;
  }

  private static boolean isHidden(Path relative) {
    for (Path name : relative) {
      if (name.toString().startsWith(".")) {
        return true;
      }
    }
    return false;
  }
}
