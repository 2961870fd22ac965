package dev.avocet.net.openvino;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;

/**
 * What the build packs: the binding and OpenVINO's libraries, in a jar of natives, or as files in a
 * folder of {@code java.library.path}, as in an archive of {@code dist/build}.
 */
final class OvPacked {
  private static final String BINDING = "libjniopenvino.so";

  private OvPacked() {}

  /** Why there is no binding, with what to do; empty where it is there. */
  static Optional<String> absence() {
    if (inLibraryPath().isPresent() || resource(BINDING) != null) {
      return Optional.empty();
    }
    List<String> leftOut = lines("left-out");
    String reason =
        leftOut.isEmpty()
            ? "add the jar dev.avocet:avocet-net-openvino with classifier " + Loader.getPlatform()
            : "OpenVINO was left out of this build, " + String.join(" ", leftOut);
    return Optional.of("the binding " + path(BINDING) + " is not on the class path: " + reason);
  }

  /**
   * The folder of the libraries, or empty where only the binding is packed. They need each other,
   * so all have to be there: from the jar they are unpacked into JavaCPP's cache. JavaCPP does that
   * file by file under a lock between processes, and takes one that is there only if it has the
   * size and time of the jar's, which it gets when it is complete; a folder as a whole would count
   * as changed, and be locked, each time.
   */
  static Optional<Path> folder() throws IOException {
    Optional<Path> folder = inLibraryPath();
    if (folder.isEmpty()) {
      for (String name : lines("libraries")) {
        folder = Optional.of(unpack(name).getParent());
      }
    }
    return folder;
  }

  private static Path unpack(String name) throws IOException {
    URL library = resource(name);
    if (library == null) {
      throw new FileNotFoundException("the jar has no " + path(name));
    }
    return library.getProtocol().equals("file")
        ? Path.of(URI.create(library.toString()))
        : Loader.cacheResource(library).toPath();
  }

  private static Optional<Path> inLibraryPath() {
    return Stream.of(System.getProperty("java.library.path", "").split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty() && new File(folder, BINDING).isFile())
        .map(Path::of)
        .findFirst();
  }

  private static String path(String name) {
    return "org/bytedeco/openvino/" + Loader.getPlatform() + "/" + name;
  }

  private static URL resource(String name) {
    return OvPacked.class.getResource("/" + path(name));
  }

  /** Lines of a file that the build has put beside the libraries; none where there is no file. */
  private static List<String> lines(String name) {
    try (InputStream in = OvPacked.class.getResourceAsStream("/" + path(name))) {
      return in == null
          ? List.of()
          : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UnsatisfiedLinkError(path(name) + " cannot be read from the class path: " + e);
    }
  }
}
