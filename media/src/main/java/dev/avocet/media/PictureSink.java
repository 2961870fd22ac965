package dev.avocet.media;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.ImageCodec;
import dev.avocet.media.internal.OutputFiles;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * One picture file, or picture files in a folder. In a folder a picture keeps the name of its input
 * ({@code door.jpg}), and a frame of a video has its number in it ({@code clip-000012.png}); what
 * would have the name of another input's gets {@code -2}, {@code -3}, … Each file is whole or
 * absent at any moment.
 */
final class PictureSink implements FrameSink {
  private final ImageCodec codec = ImageCodec.installed();
  private final Path path;
  private final boolean folder;
  private final boolean png;
  private final Set<Path> pictures = new HashSet<>();
  private final Map<String, String> videos = new HashMap<>();
  private boolean written;

  /**
   * @param path a file whose name says the format, or a folder that exists
   * @param folder which of the two
   * @param png whether everything in a folder is a PNG file
   */
  PictureSink(Path path, boolean folder, boolean png) {
    this.path = path;
    this.folder = folder;
    this.png = png;
  }

  @Override
  public Path write(Frame frame, Image picture) {
    if (!folder && written) {
      throw AvocetException.invalidArgument(
          "%s names a file, and there is a second picture, of %s: name a folder"
              .formatted(path, frame.input()));
    }
    Path file = path;
    if (folder) {
      file = frame.timeMillis().isPresent() ? ofVideo(frame) : ofPicture(Path.of(frame.input()));
    }
    OutputFiles.refuseInput(file, frame.input());
    codec.write(picture, file);
    written = true;
    return file;
  }

  private Path ofPicture(Path input) {
    String name = String.valueOf(input.getFileName());
    int dot = name.lastIndexOf('.');
    String stem = dot > 0 ? name.substring(0, dot) : name;
    boolean known = OpenCvImageCodec.ENDINGS.contains(OutputFiles.ending(input));
    String suffix = known && !png ? name.substring(dot) : ".png";
    Path file = path.resolve(stem + suffix);
    for (int n = 2; !pictures.add(file); n++) {
      file = path.resolve(stem + "-" + n + suffix);
    }
    return file;
  }

  private Path ofVideo(Frame frame) {
    String stem = videos.get(frame.input());
    if (stem == null) {
      String first = stem(frame.input());
      stem = first;
      for (int n = 2; videos.containsValue(stem); n++) {
        stem = first + "-" + n;
      }
      videos.put(frame.input(), stem);
    }
    return path.resolve("%s-%06d.png".formatted(stem, frame.index()));
  }

  /** A short name for a video, camera or stream, without what could be a password. */
  private static String stem(String input) {
    String name = input;
    if (input.contains("://") || input.startsWith("camera:")) {
      name = input.replaceFirst("^[^:]*://([^/]*@)?", "").replaceFirst("[?#].*$", "");
    }
    name = name.replaceFirst("/+$", "");
    name = name.substring(name.lastIndexOf('/') + 1).replace(':', '-');
    int dot = name.lastIndexOf('.');
    name = dot > 0 ? name.substring(0, dot) : name;
    return name.isEmpty() ? input.replaceFirst("\\W.*", "") : name;
  }

  @Override
  public void finish() {
    // Every picture is complete when it is written.
  }

  @Override
  public void close() {
    // Holds nothing.
  }
}
