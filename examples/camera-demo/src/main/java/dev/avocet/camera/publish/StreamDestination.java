package dev.avocet.camera.publish;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** JSON lines in a stream that somebody else owns. Confined to one thread. */
final class StreamDestination implements Destination {
  private final OutputStream stream;

  StreamDestination(OutputStream stream) {
    this.stream = stream;
  }

  @Override
  public String name() {
    return "file";
  }

  @Override
  public Outcome publish(List<Message> messages) {
    int done = 0;
    try {
      for (Message message : messages) {
        stream.write(FileDestination.line(message));
        done++;
      }
      stream.flush();
      return Outcome.delivered(done);
    } catch (IOException e) {
      return Outcome.tryAgain(
          done, "standard output cannot be written: %s".formatted(e.getMessage()));
    }
  }

  /** Leaves the stream open. */
  @Override
  public void close() {}
}
