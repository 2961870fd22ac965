package dev.avocet.media;

import dev.avocet.core.AvocetException;
import dev.avocet.core.ImageCodec;
import dev.avocet.core.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** Opens what a user names as inputs. Stateless. */
public final class Frames {
  private static final Set<String> ENDINGS =
      Set.of(
          "jpg", "jpeg", "jpe", "png", "bmp", "dib", "gif", "webp", "tif", "tiff", "ppm", "pgm",
          "pbm", "pnm");

  private Frames() {}

  /** Opens inputs with the installed codec, upright and up to 100 megapixels. */
  public static FrameSource open(String... inputs) {
    return open(SourceOptions.DEFAULT, List.of(inputs));
  }

  /**
   * Opens picture files, folders (the files in them with a picture's ending, not those of folders
   * within, sorted by name) and globs ({@code *}, {@code ?}, {@code [ab]}, {@code {a,b}}, and
   * {@code **}{@code /} for any number of folders; sorted by path; hidden files only where the
   * pattern names the dot), one after the other. What exists under a name is never taken for a
   * glob. An input that cannot be had is one failed frame.
   *
   * @param options for reading them
   * @throws AvocetException INVALID_ARG where there is no input
   */
  public static FrameSource open(SourceOptions options, List<String> inputs) {
    if (inputs.isEmpty()) {
      throw AvocetException.invalidArgument(
          "inputs=[]: name a picture, a folder or a glob such as photos/*.jpg");
    }
    List<Entry> entries = new ArrayList<>();
    for (String input : inputs) {
      try {
        for (Path file : expand(input)) {
          entries.add(new Entry(file.toString(), file, null));
        }
      } catch (AvocetException e) {
        entries.add(new Entry(input, null, e));
      }
    }
    return new Pictures(ImageCodec.installed(), options.pictures(), entries);
  }

  private static List<Path> expand(String input) {
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
          files.filter(Frames::isPicture).filter(Files::isRegularFile).sorted().toList();
      if (pictures.isEmpty()) {
        throw AvocetException.invalidArgument(
            folder + ": the folder holds no pictures (files ending in .jpg, .png, …)");
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

  /** A file to read, or why there is none. */
  private record Entry(String input, Path file, AvocetException error) {}

  /** Picture files, each read when its turn comes. */
  private static final class Pictures implements FrameSource {
    private final ImageCodec codec;
    private final ImageCodec.Options options;
    private final List<Entry> entries;
    private int next;

    Pictures(ImageCodec codec, ImageCodec.Options options, List<Entry> entries) {
      this.codec = codec;
      this.options = options;
      this.entries = entries;
    }

    @Override
    public Optional<Frame> next() {
      if (next == entries.size()) {
        return Optional.empty();
      }
      Entry entry = entries.get(next++);
      if (entry.error() != null) {
        return Optional.of(Frame.failed(entry.input(), 0, entry.error()));
      }
      try {
        return Optional.of(Frame.of(entry.input(), 0, codec.read(entry.file(), options)));
      } catch (AvocetException e) {
        return Optional.of(Frame.failed(entry.input(), 0, e));
      }
    }

    @Override
    public OptionalLong size() {
      return OptionalLong.of(entries.size());
    }

    @Override
    public void close() {
      next = entries.size();
    }
  }
}
