package dev.avocet.bridge;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import java.util.List;
import java.util.Map;

/** What {@link Bridge#ask} answers. Thread safe. */
final class Questions {
  /** One question. */
  private interface Question {
    /** Answers, or does what it says and answers nothing. */
    long answer(Questions library, long subject, long argument);
  }

  private static final Map<Integer, Question> ALL =
      Map.of(
          1, (library, subject, argument) -> library.version(),
          3, (library, subject, argument) -> library.warmup(subject),
          4, (library, subject, argument) -> library.stats(subject),
          5, (library, subject, argument) -> library.readImage(subject),
          9, (library, subject, argument) -> library.live(argument));

  private final Handles handles;
  private final Results results;

  Questions(Handles handles, Results results) {
    this.handles = handles;
    this.results = results;
  }

  /** Answers question {@code number}; 0 where there is no answer but that it was done. */
  long ask(int number, long subject, long argument) {
    Question question = ALL.get(number);
    if (question == null) {
      throw AvocetException.invalidArgument("question=" + number + " is none");
    }
    return question.answer(this, subject, argument);
  }

  private long version() {
    return text("0.1.0");
  }

  private long text(String text) {
    return results.add(Types.STRING, out -> out.text(text));
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

  private long readImage(long path) {
    return picture(Image.read(CMemory.path("path", path)));
  }

  private long picture(Image image) {
    return results.add(Types.IMAGE, new PictureResult(List.of(image)));
  }

  private long live(long counts) {
    CMemory.int64(CMemory.need("argument", counts), handles.size());
    CMemory.int64(counts + Long.BYTES, results.size());
    return 0;
  }
}
