package dev.avocet.media;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.ImageCodec;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.Rotation;
import dev.avocet.core.Status;
import dev.avocet.core.internal.Memory;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Picture files by OpenCV. Reads JPEG, PNG, BMP, GIF (its first picture), WebP, TIFF and PNM,
 * whatever the file is called, as {@code imread(IMREAD_COLOR)} does: 8 bits, BGR, alpha dropped,
 * grey repeated. Pixels are decoded straight into the picture's memory; one copy more where the
 * orientation exchanges width and height. Thread safe.
 */
public final class OpenCvImageCodec implements ImageCodec {
  /** Endings of the files that are written, in lower case. */
  static final Set<String> ENDINGS =
      Set.of("jpg", "jpeg", "png", "bmp", "webp", "tif", "tiff", "ppm");

  /** Endings whose format keeps alpha and 16 bits, as far as OpenCV writes them. */
  private static final Set<String> KEEP_ALPHA = Set.of("png", "webp", "tif", "tiff");

  private static final Set<String> KEEP_16_BITS = Set.of("png", "tif", "tiff");

  /** Bytes that pass between a file and native memory at a time. */
  private static final int BLOCK = 1 << 16;

  @Override
  public Image read(Path file, Options options) {
    if (!Files.exists(file)) {
      throw new AvocetException(Status.FILE_NOT_FOUND, file + ": no such file");
    }
    if (!Files.isRegularFile(file)) {
      throw AvocetException.invalidArgument(
          file + ": is " + (Files.isDirectory(file) ? "a folder" : "a device") + ", not a picture");
    }
    // Not a channel: the JDK opens sockets, to look around, for the first one of a process.
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      long bytes = in.length();
      if (bytes == 0) {
        throw AvocetException.invalidArgument(file + ": is empty");
      }
      ByteBuffer first = ByteBuffer.allocate(PictureHeader.MAGIC);
      readFully(in, first);
      // Before a large file that is no picture is read as a whole.
      PictureHeader.Kind.of(file.toString(), first.flip());
      try (Memory memory = Memory.allocate(bytes)) {
        ByteBuffer encoded = Memory.view(memory.address(), bytes);
        in.seek(0);
        readFully(in, encoded);
        return decode(file.toString(), encoded.flip(), options);
      }
    } catch (IOException e) {
      throw new AvocetException(Status.FAIL, file + ": cannot be read: " + reason(e), e);
    }
  }

  private static void readFully(RandomAccessFile in, ByteBuffer to) throws IOException {
    byte[] block = new byte[Math.min(BLOCK, to.remaining())];
    while (to.hasRemaining()) {
      int n = in.read(block, 0, Math.min(block.length, to.remaining()));
      if (n < 0) {
        return;
      }
      to.put(block, 0, n);
    }
  }

  @Override
  public Image decode(ByteBuffer encoded, Options options) {
    String name = "encoded picture of " + encoded.remaining() + " bytes";
    if (!encoded.hasRemaining()) {
      throw AvocetException.invalidArgument(name + ": is empty");
    }
    if (encoded.isDirect()) {
      return decode(name, encoded.slice(), options);
    }
    try (Memory memory = Memory.allocate(encoded.remaining())) {
      ByteBuffer copy = Memory.view(memory.address(), memory.bytes());
      copy.put(encoded.duplicate()).flip();
      return decode(name, copy, options);
    }
  }

  private static Image decode(String name, ByteBuffer encoded, Options options) {
    PictureHeader header = PictureHeader.read(name, encoded, options.maxPixels());
    int flags =
        opencv_imgcodecs.IMREAD_COLOR
            | (options.applyOrientation() ? 0 : opencv_imgcodecs.IMREAD_IGNORE_ORIENTATION);
    Image image = Image.allocate(PixelFormat.BGR, header.width(), header.height());
    boolean kept = false;
    try (Mat to = OpenCv.view(image);
        BytePointer bytes = new BytePointer(encoded);
        Mat from = new Mat(1, encoded.remaining(), opencv_core.CV_8UC1, bytes);
        Mat decoded = opencv_imgcodecs.imdecode(from, flags, to)) {
      if (decoded.empty()) {
        throw PictureHeader.damaged(
            name,
            "OpenCV cannot decode what follows its header: cut short, or of a kind it does not read",
            null);
      }
      kept = decoded.data().address() == image.planes().get(0).address();
      return kept ? image : OpenCv.copyOf(decoded);
    } finally {
      if (!kept) {
        image.close();
      }
    }
  }

  @Override
  public void write(Image image, Path file) {
    String ending = ending(file);
    if (Files.isDirectory(file)) {
      throw new AvocetException(Status.FAIL, file + ": is a folder; name a file");
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new AvocetException(
          Status.FAIL, file + ": the folder " + folder + " does not exist; create it first");
    }
    // Not a UUID: its source of randomness makes a JDK 25 open sockets, to look around.
    String unique = Long.toHexString(ThreadLocalRandom.current().nextLong());
    Path temporary = folder.resolve("." + file.getFileName() + "." + unique + ".tmp");
    try (Mat pixels = encodable(image, ending);
        BytePointer encoded = new BytePointer()) {
      if (!opencv_imgcodecs.imencode("." + ending, pixels, encoded)) {
        throw new AvocetException(
            Status.FAIL, file + ": OpenCV cannot encode " + image + " as " + ending);
      }
      try (OutputStream out = new FileOutputStream(temporary.toFile())) {
        ByteBuffer bytes = encoded.asByteBuffer();
        byte[] block = new byte[Math.min(BLOCK, bytes.remaining())];
        while (bytes.hasRemaining()) {
          int n = Math.min(block.length, bytes.remaining());
          bytes.get(block, 0, n);
          out.write(block, 0, n);
        }
      }
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new AvocetException(Status.FAIL, file + ": cannot be written: " + reason(e), e);
    } finally {
      delete(temporary);
    }
  }

  private static String ending(Path file) {
    Path last = file.getFileName();
    String name = last == null ? "" : last.toString();
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    if (!name.contains(".") || !ENDINGS.contains(ending)) {
      throw AvocetException.invalidArgument(
          file
              + ": the ending says no known picture format; use .png, .jpg, .webp, .bmp, .tif or"
              + " .ppm");
    }
    return ending;
  }

  /** The pixels in a form that the encoder keeps as much of as the format can; to be closed. */
  private static Mat encodable(Image image, String ending) {
    boolean asIs =
        switch (image.format()) {
          case GRAY8 -> !ending.equals("ppm");
          case GRAY16 -> KEEP_16_BITS.contains(ending);
          case BGRA, RGBA -> KEEP_ALPHA.contains(ending);
          default -> false;
        };
    if (!asIs) {
      return OpenCv.uprightBgr(image);
    }
    Mat pixels = OpenCv.view(image);
    boolean redFirst = image.format() == PixelFormat.RGBA;
    if (image.rotation() == Rotation.NONE && !redFirst) {
      return pixels;
    }
    try (pixels) {
      Mat own = new Mat();
      if (redFirst) {
        opencv_imgproc.cvtColor(pixels, own, opencv_imgproc.COLOR_RGBA2BGRA);
      } else {
        pixels.copyTo(own);
      }
      OpenCv.turn(image, own, own);
      return own;
    }
  }

  /** Removes what a failure has left; after success there is nothing of this name. */
  private static void delete(Path temporary) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      throw new AvocetException(Status.FAIL, temporary + ": cannot be removed", e);
    }
  }

  /** What an operating system's refusal means, without the path that its message repeats. */
  private static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "no permission";
    }
    if (e instanceof FileNotFoundException && e.getMessage() != null) {
      // Its message is "PATH (REASON)".
      return e.getMessage().replaceFirst("(?s)^.*\\((.*)\\)$", "$1");
    }
    String reason = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
    return reason == null ? e.toString() : reason;
  }
}
