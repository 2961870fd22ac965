package dev.avocet.media;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Tells videos by their first bytes, whatever they are called. Stateless. */
public final class VideoFiles {
  /**
   * Enough for the second packet of an MPEG transport stream, whose packets may have 4 bytes more.
   */
  private static final int MAGIC = 197;

  private VideoFiles() {}

  /**
   * Whether a file begins like a video container or stream: MP4 and QuickTime, Matroska and WebM,
   * AVI, MPEG (transport, program and elementary streams, H.264 and H.265 among them), FLV, ASF,
   * Ogg, IVF, Y4M. False for what cannot be read.
   */
  public static boolean isVideo(Path file) {
    File plain = file.toFile();
    if (!plain.isFile()) {
      return false;
    }
    // Not a channel: the JDK opens sockets, to look around, for the first one of a process.
    try (RandomAccessFile in = new RandomAccessFile(plain, "r")) {
      byte[] first = new byte[MAGIC];
      int n = 0;
      for (int read = 0; read >= 0 && n < MAGIC; n += Math.max(0, read)) {
        read = in.read(first, n, MAGIC - n);
      }
      return isVideo(new String(first, 0, n, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      return false;
    }
  }

  /** As above, of the first bytes, each as the character of its number. */
  static boolean isVideo(String first) {
    boolean mp4 = first.matches("(?s)....(ftyp|moov|mdat|wide|free|skip|pnot).*");
    boolean riff = first.startsWith("RIFF") && first.startsWith("AVI ", 8);
    boolean packets = isTransportStream(first, 0, 188) || isTransportStream(first, 4, 192);
    return mp4
        || riff
        || packets
        || first.startsWith("\u001aE\u00df\u00a3") // Matroska, WebM
        || first.matches("(?s)\0?\0\0\u0001[\\x01-\\xff].*") // MPEG start code
        || first.startsWith("FLV\u0001")
        || first.startsWith("0&\u00b2u\u008ef\u00cf\u0011") // ASF, WMV
        || first.startsWith("OggS")
        || first.startsWith("DKIF")
        || first.startsWith("YUV4MPEG2 ");
  }

  private static boolean isTransportStream(String first, int at, int packet) {
    return first.length() > at + packet
        && first.charAt(at) == 'G'
        && first.charAt(at + packet) == 'G';
  }
}
