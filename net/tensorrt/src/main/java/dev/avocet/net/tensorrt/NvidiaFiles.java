package dev.avocet.net.tensorrt;

import dev.avocet.core.internal.LibraryFiles;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;

/**
 * Looks for a library by its file's name in one place after another, the first that has it counts,
 * and notes where it has looked. Nothing is loaded. Confined to one thread.
 */
final class NvidiaFiles {
  private static final Pattern RELEASE = Pattern.compile("\\.so\\.(\\d{1,4})");

  private final String name;
  private final List<String> looked = new ArrayList<>();
  private final List<Path> others = new ArrayList<>();
  private Optional<URL> found = Optional.empty();
  private boolean ended;

  /**
   * A search that has not begun.
   *
   * @param name of the file, for example {@code libnvinfer.so.10}
   */
  NvidiaFiles(String name) {
    this.name = name;
  }

  /** A system property that names the file, one beside it, or a folder above; it counts alone. */
  NvidiaFiles property(String property, List<String> below) {
    String value = System.getProperty(property, "");
    if (!value.isBlank()) {
      named("-D" + property + "=" + value, Path.of(value), below);
      ended = true;
    }
    return this;
  }

  /** A variable of the environment that names an installation. */
  NvidiaFiles environment(String variable, List<String> below) {
    String home = System.getenv(variable);
    if (home == null || home.isBlank()) {
      return this;
    }
    return named(variable + "=" + home, Path.of(home), below);
  }

  private NvidiaFiles named(String what, Path path, List<String> below) {
    if (!Files.isRegularFile(path)) {
      return folders(what, below.stream().map(path::resolve).toList());
    }
    if (ended || !path.getFileName().toString().startsWith(stem())) {
      return folders(what, List.of(path.toAbsolutePath().getParent()));
    }
    found = Optional.of(url(path));
    ended = true;
    return this;
  }

  /** A jar of NVIDIA's libraries on the class path. */
  NvidiaFiles jar(String folder) {
    if (!ended) {
      String path = "/" + folder + "/" + Loader.getPlatform() + "/" + name;
      found = Optional.ofNullable(NvidiaFiles.class.getResource(path));
      ended = found.isPresent();
      looked.add("the class path");
    }
    return this;
  }

  /**
   * The loader's folders, those of the system's packages, and of archives below {@code /usr/local}.
   *
   * @param archives how their folders' names begin, in lower case
   */
  NvidiaFiles system(String archives, List<String> below) {
    List<Path> folders = new ArrayList<>();
    String path = System.getenv("LD_LIBRARY_PATH");
    Stream.of((path == null ? "" : path).split(":", -1))
        .filter(folder -> !folder.isBlank())
        .map(Path::of)
        .forEach(folders::add);
    folders.addAll(LibraryFiles.systemFolders());
    for (Path installed : LibraryFiles.list(Path.of("/usr/local"), "*")) {
      if (installed.getFileName().toString().toLowerCase(Locale.ROOT).startsWith(archives)) {
        below.forEach(folder -> folders.add(installed.resolve(folder)));
      }
    }
    return folders("the system's folders, /usr/local/%s*".formatted(archives), folders);
  }

  /** Folders of installed wheels. */
  NvidiaFiles wheels(List<String> below) {
    return folders(
        "Python's wheels",
        below.stream().flatMap(folder -> LibraryFiles.inWheels(folder).stream()).toList());
  }

  /** Folders that may have it. */
  private NvidiaFiles folders(String what, List<Path> folders) {
    if (ended) {
      return this;
    }
    looked.add(what);
    folders.forEach(folder -> others.addAll(LibraryFiles.list(folder, stem() + ".[0-9]*")));
    found =
        folders.stream()
            .map(folder -> folder.resolve(name))
            .filter(Files::isRegularFile)
            .findFirst()
            .map(NvidiaFiles::url);
    ended = found.isPresent();
    return this;
  }

  private static URL url(Path path) {
    try {
      return path.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(path + " has no address", e);
    }
  }

  /** {@code libnvinfer.so} of {@code libnvinfer.so.10}. */
  private String stem() {
    return name.substring(0, name.indexOf(".so") + 3);
  }

  String name() {
    return name;
  }

  /** Whether any place has it. */
  boolean isFound() {
    return found.isPresent();
  }

  /**
   * The file, where any place has it; from a jar it is unpacked into JavaCPP's cache, once.
   *
   * @param besides names of files that it opens, which are unpacked with it
   * @throws UnsatisfiedLinkError if it cannot be unpacked
   */
  Optional<Path> file(List<String> besides) {
    return found.map(url -> file(url, besides));
  }

  private static Path file(URL url, List<String> besides) {
    if (url.getProtocol().equals("file")) {
      return Path.of(URI.create(url.toString()));
    }
    String text = url.toString();
    String folder = text.substring(text.indexOf("!/") + 1, text.lastIndexOf('/') + 1);
    besides.stream()
        .map(beside -> NvidiaFiles.class.getResource(folder + beside))
        .filter(Objects::nonNull)
        .forEach(NvidiaFiles::unpack);
    return unpack(url);
  }

  private static Path unpack(URL url) {
    try {
      return Loader.cacheResource(url).toPath();
    } catch (IOException e) {
      UnsatisfiedLinkError error =
          new UnsatisfiedLinkError("%s cannot be unpacked into the cache: %s".formatted(url, e));
      error.initCause(e);
      throw error;
    }
  }

  /** Where it was looked for, and what was there instead. */
  String looked() {
    String places = String.join(", ", looked);
    return others.isEmpty() ? places : "%s, which have only %s".formatted(places, others.get(0));
  }

  /** The major release of another that lies where this one was looked for. */
  Optional<Integer> otherMajor() {
    return others.stream()
        .map(path -> RELEASE.matcher(path.getFileName().toString()))
        .filter(Matcher::find)
        .map(matcher -> Integer.valueOf(matcher.group(1)))
        .findFirst();
  }
}
