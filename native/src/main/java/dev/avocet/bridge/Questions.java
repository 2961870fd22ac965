package dev.avocet.bridge;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.ImageCodec;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What {@link Bridge#ask} answers, by the numbers of {@code enum avocet_question}. Thread safe. */
final class Questions {
  static final int VERSION = 1;
  static final int DEVICES = 2;
  static final int WARMUP = 3;
  static final int STATS = 4;
  static final int READ_IMAGE = 5;
  static final int DECODE_IMAGE = 6;
  static final int WRITE_IMAGE = 7;
  static final int LOG = 8;
  static final int LIVE = 9;

  /** The release of the Java side; a test compares it with the build's. */
  static final String RELEASE = "0.1.0";

  /** Those that are done rather than answered. */
  private static final Set<Integer> SILENT = Set.of(WARMUP, WRITE_IMAGE, LOG, LIVE);

  /** One question. */
  private interface Question {
    /**
     * Answers.
     *
     * @return address of a result; 0 of those that are silent
     */
    long answer(long subject, long argument);
  }

  private final Handles handles;
  private final Results results;
  private final Map<Integer, Question> all;

  Questions(Handles handles, Results results) {
    this.handles = handles;
    this.results = results;
    all =
        Map.of(
            VERSION, (subject, argument) -> text(RELEASE),
            DEVICES, (subject, argument) -> results.add(Types.DEVICES, DeviceList.installed()),
            WARMUP, (subject, argument) -> warmup(subject),
            STATS, (subject, argument) -> stats(subject),
            READ_IMAGE, (subject, argument) -> read(subject),
            DECODE_IMAGE, this::decode,
            WRITE_IMAGE, Questions::write,
            LOG, (subject, argument) -> log(argument),
            LIVE, (subject, argument) -> live(argument));
  }

  /**
   * Answers question {@code number}.
   *
   * @param place where the address of the answer, a result, is written to, if there is one
   */
  void ask(int number, long subject, long argument, long place) {
    Question question = all.get(number);
    if (question == null) {
      throw AvocetException.invalidArgument("question=" + number + " is none");
    }
    boolean answered = !SILENT.contains(number);
    if (answered) {
      CMemory.need("answer", place);
    }
    long answer = question.answer(subject, argument);
    if (answered) {
      CMemory.int64(place, answer);
    }
  }

  private long text(String text) {
    return results.add(Types.STRING, new TextResult(text));
  }

  private long warmup(long handle) {
    warmup(Kinds.of(handles.type(handle)), handle);
    return 0;
  }

  private <H extends AutoCloseable> void warmup(Kind<H> kind, long handle) {
    kind.warmup(handles.get(handle, handles.type(handle), kind.handle()));
  }

  private long stats(long handle) {
    return text(stats(Kinds.of(handles.type(handle)), handle));
  }

  private <H extends AutoCloseable> String stats(Kind<H> kind, long handle) {
    return kind.stats(handles.get(handle, handles.type(handle), kind.handle()));
  }

  private long read(long path) {
    return picture(Image.read(CMemory.path("path", path)));
  }

  private long decode(long data, long bytes) {
    long count = CMemory.int64(CMemory.need("bytes", bytes));
    if (count < 1 || count > Integer.MAX_VALUE) {
      throw AvocetException.invalidArgument(
          "bytes=%d: a picture file has 1 to %d".formatted(count, Integer.MAX_VALUE));
    }
    return picture(Image.decode(CMemory.view(CMemory.need("data", data), count)));
  }

  private long picture(Image image) {
    return results.add(Types.IMAGE, new PictureResult(List.of(image)));
  }

  private static long write(long image, long path) {
    ImageCodec.installed().write(Images.read("image", image), CMemory.path("path", path));
    return 0;
  }

  private static long log(long level) {
    Log.level(CMemory.int32(CMemory.need("level", level)));
    return 0;
  }

  private long live(long counts) {
    CMemory.int64(CMemory.need("counts", counts), handles.size());
    CMemory.int64(counts + Long.BYTES, results.size());
    return 0;
  }
}
