package dev.avocet.media;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import dev.avocet.media.internal.OutputFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;

/** Opens what a user names as output. Stateless. */
public final class FrameSinks {
  /** Frames a second of a video whose frames carry no time and whose source says nothing. */
  public static final double DEFAULT_FRAME_RATE = 25;

  /** Names that nobody means to be a folder's. */
  private static final Set<String> VIDEOS =
      Set.of("mp4", "m4v", "mov", "mkv", "avi", "webm", "mpg", "mpeg", "ts", "flv", "wmv", "gif");

  private FrameSinks() {}

  /**
   * Opens an output: a video where an installed {@link FrameSinkProvider} takes the name ({@code
   * found.mp4}), a picture file where the name has a picture's ending, else a folder of pictures,
   * which is made where it is missing, as are the folders above a file. An existing file is
   * replaced once the new one is whole.
   *
   * @param output as the user writes it; a slash at its end says that it is a folder
   * @param frames how many frames will come, where that is known
   * @param frameRate frames a second of a video whose frames carry no time
   * @throws AvocetException INVALID_ARG where one picture is named for several frames, or a video
   *     whose kind is not written; NOT_SUPPORTED where no provider for videos is installed; FAIL
   *     where a folder cannot be made or a file not be written
   */
  public static FrameSink open(String output, OptionalLong frames, double frameRate) {
    Path path = Path.of(output);
    boolean named = !output.endsWith("/") && !Files.isDirectory(path);
    String ending = OutputFiles.ending(path);
    Optional<FrameSinkProvider> video = named ? provider(path) : Optional.empty();
    if (video.isEmpty() && named && VIDEOS.contains(ending)) {
      throw unwritten(output, ending);
    }
    boolean picture = named && OpenCvImageCodec.ENDINGS.contains(ending);
    boolean file = video.isPresent() || picture || (named && Files.exists(path));
    if (file && video.isEmpty() && frames.orElse(Long.MAX_VALUE) > 1) {
      throw AvocetException.invalidArgument(
          "%s names a file, and there are %s: name a folder%s"
              .formatted(
                  output,
                  frames.isPresent() ? frames.getAsLong() + " pictures" : "many frames",
                  frames.isPresent() ? "" : ", or a video such as found.mp4"));
    }
    makeFolder(file ? path.toAbsolutePath().getParent() : path);
    return video.isPresent()
        ? video.get().open(path, frameRate)
        : new PictureSink(path, !file, false);
  }

  /**
   * Opens a folder of pictures that keep every pixel as it is: all are PNG files, whatever their
   * inputs are. The folder is made where it is missing.
   *
   * @throws AvocetException FAIL where the folder cannot be made
   */
  public static FrameSink pngFolder(String folder) {
    Path path = Path.of(folder);
    makeFolder(path);
    return new PictureSink(path, true, true);
  }

  private static Optional<FrameSinkProvider> provider(Path file) {
    try {
      for (FrameSinkProvider provider : ServiceLoader.load(FrameSinkProvider.class)) {
        if (provider.accepts(file)) {
          return Optional.of(provider);
        }
      }
      return Optional.empty();
    } catch (ServiceConfigurationError | LinkageError e) {
      throw new AvocetException(
          Status.NOT_SUPPORTED, "a writer of videos cannot be loaded: " + e, e);
    }
  }

  private static AvocetException unwritten(String output, String ending) {
    boolean installed = provider(Path.of("x.mp4")).isPresent();
    return installed
        ? AvocetException.invalidArgument(
            "%s: videos of kind .%s are not written; use .mp4, .mov or .mkv"
                .formatted(output, ending))
        : AvocetException.notSupported(
            output
                + ": no writer of videos is on the class path: add the module"
                + " avocet-media-ffmpeg");
  }

  private static void makeFolder(Path folder) {
    try {
      if (folder != null && !Files.isDirectory(folder)) {
        Files.createDirectories(folder);
      }
    } catch (IOException e) {
      throw new AvocetException(
          Status.FAIL, "the folder %s cannot be created: name another".formatted(folder), e);
    }
  }
}
