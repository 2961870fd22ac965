package dev.avocet.camera.web;

import dev.avocet.camera.seen.Observation;
import dev.avocet.core.AvocetException;
import dev.avocet.core.model.Params;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.StatusCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One page that looks on. Holds for each source that it watches the newest frame that has not been
 * sent, and beside that at most one message that is being sent, so that a slow one costs no more
 * memory than a fast one, and nobody waits for it. The next frame of a source is sent when the page
 * has said that it has drawn the last. Public for Jetty only, which calls it by reflection. Thread
 * safe.
 */
public final class Viewer implements Session.Listener.AutoDemanding {
  private static final Logger LOG = LoggerFactory.getLogger(Viewer.class);

  /** What RFC 6455 leaves for the reason of a close. */
  private static final int MOST_REASON = 120;

  private final LiveHub hub;
  private final Map<String, Stream> streams = new LinkedHashMap<>();
  private final Map<String, String> texts = new LinkedHashMap<>();
  private Session session;
  private boolean sending;
  private boolean pinged;
  private long heardNanos = System.nanoTime();

  /** A source that is watched. */
  private static final class Stream {
    private LiveFrame waiting;
    private Observation unanswered;

    boolean isReady() {
      return waiting != null && unanswered == null;
    }
  }

  Viewer(LiveHub hub) {
    this.hub = hub;
  }

  @Override
  public void onWebSocketOpen(Session opened) {
    synchronized (this) {
      session = opened;
    }
    if (!hub.add(this)) {
      opened.close(StatusCode.TRY_AGAIN_LATER, LiveHub.FULL, Callback.NOOP);
    }
  }

  @Override
  public void onWebSocketText(String message) {
    try {
      heard();
      take(Params.parse("message", message));
    } catch (AvocetException e) {
      close(StatusCode.POLICY_VIOLATION, e.getMessage(), Callback.NOOP);
    }
  }

  private void take(Params json) {
    if (json.has("watch")) {
      watch(json.texts("watch"));
    }
    if (json.has("drawn")) {
      Params drawn = json.object("drawn");
      drawn(drawn.text("source"), drawn.doubleValue("frame"));
    }
    if (!json.unread().isEmpty()) {
      throw AvocetException.invalidArgument(
          "message: " + json.unread().get(0) + " is not known here; send watch or drawn");
    }
  }

  private synchronized void watch(List<String> sources) {
    streams.keySet().retainAll(sources);
    sources.forEach(source -> streams.putIfAbsent(source, new Stream()));
  }

  private void drawn(String source, double frame) {
    Observation answered = null;
    synchronized (this) {
      Stream stream = streams.get(source);
      if (stream != null
          && stream.unanswered != null
          && Double.compare((double) stream.unanswered.frame(), frame) == 0) {
        answered = stream.unanswered;
        stream.unanswered = null;
      }
    }
    if (answered != null) {
      hub.drawn(answered);
      wake();
    }
  }

  @Override
  public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
    callback.succeed();
    close(StatusCode.BAD_DATA, "send text, as docs/camera-api.md has it", Callback.NOOP);
  }

  @Override
  public void onWebSocketPong(ByteBuffer payload) {
    heard();
  }

  private synchronized void heard() {
    heardNanos = System.nanoTime();
    pinged = false;
  }

  @Override
  public void onWebSocketError(Throwable cause) {
    LOG.debug("a viewer's connection failed", cause);
  }

  @Override
  public void onWebSocketClose(int code, String reason, Callback callback) {
    hub.remove(this);
    callback.succeed();
  }

  synchronized boolean watches(String source) {
    return streams.containsKey(source);
  }

  /** Takes a frame if its source is watched; one that has not been sent is passed over. */
  void offer(LiveFrame frame) {
    synchronized (this) {
      Stream stream = streams.get(frame.seen().source());
      if (stream == null) {
        return;
      }
      if (stream.waiting != null) {
        hub.passed();
      }
      stream.waiting = frame;
    }
    wake();
  }

  /** Takes a text, which replaces one of the same kind that has not been sent. */
  void offer(String kind, String text) {
    synchronized (this) {
      texts.put(kind, text);
    }
    wake();
  }

  /** Asks for a sign of life after half of a time without one, and hangs up after all of it. */
  void check(long silenceNanos) {
    Session open;
    boolean ping;
    synchronized (this) {
      open = session;
      long silent = System.nanoTime() - heardNanos;
      if (silent > silenceNanos) {
        LOG.info("a viewer is dropped: nothing was heard of it for {} s", seconds(silent));
        open.disconnect();
        return;
      }
      ping = silent > silenceNanos / 2 && !pinged;
      pinged |= ping;
    }
    if (ping) {
      open.sendPing(ByteBuffer.allocate(0), Callback.NOOP);
    }
  }

  private static long seconds(long nanos) {
    return TimeUnit.NANOSECONDS.toSeconds(nanos);
  }

  /** Hangs up with a sentence; then something is done when that was sent or has failed. */
  void close(int code, String reason, Callback then) {
    Session open;
    synchronized (this) {
      open = session;
    }
    String ascii = reason.replaceAll("[^ -~]", "?");
    open.close(code, ascii.substring(0, Math.min(ascii.length(), MOST_REASON)), then);
  }

  /** Lets one of Jetty's threads send what there is, unless one does already. */
  private void wake() {
    synchronized (this) {
      boolean something = !texts.isEmpty() || streams.values().stream().anyMatch(Stream::isReady);
      if (sending || session == null || !something) {
        return;
      }
      sending = true;
    }
    hub.execute(this::send);
  }

  private void send() {
    String text = null;
    LiveFrame frame = null;
    synchronized (this) {
      if (texts.isEmpty()) {
        frame = takeFrame();
      } else {
        text = texts.remove(texts.keySet().iterator().next());
      }
    }
    Callback then = Callback.from(this::sent, x -> session.disconnect());
    if (text != null) {
      session.sendText(text, then);
    } else if (frame != null) {
      hub.sent();
      session.sendBinary(frame.message(), then);
    } else {
      sent();
    }
  }

  /** The next frame to send; its source goes to the end of the line. */
  private LiveFrame takeFrame() {
    for (Map.Entry<String, Stream> entry : streams.entrySet()) {
      Stream stream = entry.getValue();
      if (stream.isReady()) {
        LiveFrame frame = stream.waiting;
        stream.waiting = null;
        stream.unanswered = frame.seen();
        String source = entry.getKey();
        streams.remove(source);
        streams.put(source, stream);
        return frame;
      }
    }
    return null;
  }

  private void sent() {
    synchronized (this) {
      sending = false;
    }
    wake();
  }
}
