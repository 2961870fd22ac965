package dev.avocet.media;

import dev.avocet.core.AvocetException;
import dev.avocet.core.ImageCodec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.regex.Pattern;

/** Opens what a user names as inputs. Stateless. */
public final class Frames {
  /** What names no file: {@code rtsp://host/door}, {@code camera:0}. */
  private static final Pattern ADDRESS =
      Pattern.compile("(?is)[a-z][a-z0-9+.-]+://.*|camera:[0-9].*|gst:.*");

  private static final Pattern USER = Pattern.compile("(?<=://)[^/?#\\s]*@");
  private static final Pattern SECRET =
      Pattern.compile(
          "(?i)(?<=[?&](?:user|usr|username|login|password|passwd|pass|pwd|token|access_token|key"
              + "|api_?key|auth|secret|sig|signature)=)[^&#\\s]+");

  private Frames() {}

  /** Opens inputs with the installed codec, upright and up to 100 megapixels. */
  public static FrameSource open(String... inputs) {
    return open(SourceOptions.DEFAULT, List.of(inputs));
  }

  /**
   * Opens inputs, one after the other; each is opened when its turn comes. An input that cannot be
   * had is one failed frame, and the next goes on.
   *
   * <ul>
   *   <li>a file: a picture, or what a {@link FrameSourceProvider} accepts, such as a video; its
   *       first bytes decide, not its name
   *   <li>a folder: the files in it with a picture's ending, not those of folders within, sorted by
   *       name
   *   <li>a glob ({@code *}, {@code ?}, {@code [ab]}, {@code {a,b}}, and {@code **}{@code /} for
   *       any number of folders): files of either kind, sorted by path; hidden files only where the
   *       pattern names the dot. What exists under a name is never taken for a glob
   *   <li>{@code test://}, {@code camera:0}, {@code v4l2:///dev/video0}, {@code rtsp://}, {@code
   *       http://}, {@code csi://0}, {@code gst:} and a pipeline of GStreamer, and whatever else a
   *       provider accepts
   * </ul>
   *
   * <p>{@link FrameSource#size} opens all files to ask them, and the first input where it is none;
   * it is empty where a stream or camera comes later. {@link FrameSource#close} may be called from
   * any thread, and ends a {@link FrameSource#next} that waits.
   *
   * @param options for reading them
   * @throws AvocetException INVALID_ARG where there is no input
   */
  public static FrameSource open(SourceOptions options, List<String> inputs) {
    if (inputs.isEmpty()) {
      throw AvocetException.invalidArgument(
          "inputs=[]: name a picture, a folder or a glob such as photos/*.jpg, a video, or camera:0");
    }
    List<FrameSourceProvider> providers =
        ServiceLoader.load(FrameSourceProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .toList();
    ImageCodec codec = ImageCodec.installed();
    List<Inputs.Entry> entries = new ArrayList<>();
    for (String input : inputs) {
      if (ADDRESS.matcher(input).matches()) {
        entries.add(
            new Inputs.Entry(nameOf(input), false, () -> address(input, providers, options)));
        continue;
      }
      try {
        for (Path file : InputFiles.expand(input)) {
          entries.add(
              new Inputs.Entry(file.toString(), true, () -> file(file, providers, codec, options)));
        }
      } catch (AvocetException e) {
        entries.add(
            new Inputs.Entry(
                input,
                true,
                () -> {
                  throw e;
                }));
      }
    }
    return new Inputs(entries);
  }

  /**
   * How an input is called in frames, logs and messages: as the user named it, but for the user,
   * password and keys in an address, which are written as {@code ***}.
   *
   * @param text an input, or any text with addresses in it
   */
  public static String nameOf(String text) {
    return SECRET.matcher(USER.matcher(text).replaceAll("***@")).replaceAll("***");
  }

  private static FrameSource address(
      String input, List<FrameSourceProvider> providers, SourceOptions options) {
    return accepting(input, providers)
        .orElseThrow(
            () ->
                AvocetException.notSupported(
                    nameOf(input)
                        + ": nothing on the class path opens this; camera:0, v4l2://, rtsp:// and"
                        + " http:// need dev.avocet:avocet-media-ffmpeg, csi:// needs"
                        + " dev.avocet:avocet-jetson, test:// and gst: need nothing"))
        .open(input, options);
  }

  private static FrameSource file(
      Path file, List<FrameSourceProvider> providers, ImageCodec codec, SourceOptions options) {
    String name = file.toString();
    Optional<FrameSourceProvider> provider = accepting(name, providers);
    if (provider.isPresent()) {
      return provider.get().open(name, options);
    }
    if (VideoFiles.isVideo(file)) {
      throw AvocetException.notSupported(
          name + ": is a video; add dev.avocet:avocet-media-ffmpeg to the class path to read it");
    }
    return new OneFrame(() -> Frame.of(name, 0, codec.read(file, options.pictures())), name);
  }

  private static Optional<FrameSourceProvider> accepting(
      String input, List<FrameSourceProvider> providers) {
    return providers.stream().filter(p -> p.accepts(input)).findFirst();
  }
}
