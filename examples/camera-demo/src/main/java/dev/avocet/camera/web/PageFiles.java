package dev.avocet.camera.web;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * The page's files, all read from the class path once: what is not among them is not served,
 * whatever a path says. Immutable.
 */
final class PageFiles {
  private static final String FOLDER = "page/";
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html;charset=utf-8",
          "css", "text/css;charset=utf-8",
          "js", "text/javascript;charset=utf-8",
          "json", "application/json",
          "webmanifest", "application/manifest+json",
          "svg", "image/svg+xml",
          "png", "image/png",
          "ico", "image/x-icon");

  private final Map<String, PageFile> files;

  /** A file: what it is and the tag by which a browser knows whether it has changed. */
  @SuppressWarnings("ArrayRecordComponent") // Sent, never compared.
  private record PageFile(String type, String tag, byte[] bytes) {}

  private PageFiles(Map<String, PageFile> files) {
    this.files = Map.copyOf(files);
  }

  /** Reads them; files of a type that the page has no use for, such as notes, are left out. */
  static PageFiles read() {
    Map<String, PageFile> files = new TreeMap<>();
    try {
      for (String name : names(PageFiles.class.getResource(FOLDER + "index.html"))) {
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (type != null) {
          files.put("/" + name, file(name, type));
        }
      }
    } catch (IOException | URISyntaxException | NoSuchAlgorithmException e) {
      throw new AvocetException(Status.FAIL, "the page cannot be read: " + e, e);
    }
    files.put("/", files.get("/index.html"));
    return new PageFiles(files);
  }

  private static PageFile file(String name, String type)
      throws IOException, NoSuchAlgorithmException {
    try (InputStream in = PageFiles.class.getResourceAsStream(FOLDER + name)) {
      byte[] bytes = in.readAllBytes();
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return new PageFile(type, '"' + HexFormat.of().formatHex(hash, 0, 12) + '"', bytes);
    }
  }

  /** Names of all files beside one, in a folder or in a jar. */
  private static List<String> names(URL index) throws IOException, URISyntaxException {
    if (index == null) {
      throw new IOException("it is missing from this build");
    }
    if (index.openConnection() instanceof JarURLConnection jar) {
      String entry = jar.getEntryName();
      String folder = entry.substring(0, entry.lastIndexOf('/') + 1);
      return jar.getJarFile().stream()
          .filter(e -> e.getName().startsWith(folder) && !e.isDirectory())
          .map(e -> e.getName().substring(folder.length()))
          .toList();
    }
    Path folder = Path.of(index.toURI()).getParent();
    List<String> names = new ArrayList<>();
    try (Stream<Path> all = Files.walk(folder)) {
      all.filter(Files::isRegularFile).forEach(f -> names.add(name(folder, f)));
    }
    return names;
  }

  private static String name(Path folder, Path file) {
    return folder.relativize(file).toString().replace('\\', '/');
  }

  /** Whether there is a file of a path. */
  boolean has(String path) {
    return files.containsKey(path);
  }

  /** Answers with the file of a path that there is. */
  void answer(String path, Request request, Response response, Callback callback) {
    PageFile file = files.get(path);
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-cache");
    response.getHeaders().put(HttpHeader.ETAG, file.tag());
    if (request.getHeaders().getCSV(HttpHeader.IF_NONE_MATCH, true).contains(file.tag())) {
      response.setStatus(304);
      response.write(true, null, callback);
    } else {
      Answer.bytes(response, callback, 200, file.type(), file.bytes());
    }
  }
}
