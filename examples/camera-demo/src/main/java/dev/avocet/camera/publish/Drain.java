package dev.avocet.camera.publish;

import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/**
 * Reads an answer's body away, so that its connection can be used again; a body above 64 KB is not
 * worth it, and its connection is closed. Called by one thread at a time.
 */
final class Drain implements HttpResponse.BodySubscriber<Void> {
  private static final long MOST_BYTES = 1 << 16;

  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private Flow.Subscription subscription;
  private long bytes;

  @Override
  public CompletionStage<Void> getBody() {
    return done;
  }

  @Override
  public void onSubscribe(Flow.Subscription body) {
    subscription = body;
    body.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> part) {
    part.forEach(b -> bytes += b.remaining());
    if (bytes > MOST_BYTES) {
      subscription.cancel();
      done.complete(null);
    }
  }

  /** The status has been read, and it is what counts. */
  @Override
  public void onError(Throwable failure) {
    done.complete(null);
  }

  @Override
  public void onComplete() {
    done.complete(null);
  }
}
