// The WebSocket: frames, state and figures come in, "watch" and "drawn" go out.

const FIRST_WAIT_MS = 500;
const MOST_WAIT_MS = 10_000;
const QUIET_MS = 15_000;

/** A connection that comes back by itself. */
export class Live {
  /**
   * @param handlers `frame(observation, jpeg)`, `state(state)`, `stats(stats)`, and
   *     `status(state, seconds, reason)` with `open`, `connecting` or `waiting`
   */
  constructor(handlers) {
    this.handlers = handlers;
    this.names = [];
    this.wait = FIRST_WAIT_MS;
    addEventListener("online", () => this.now());
    document.addEventListener("visibilitychange", () => this.ask());
    // The server tells its figures every second: silence is a connection that is dead unnoticed.
    setInterval(() => {
      if (this.socket?.readyState === WebSocket.OPEN && Date.now() - this.heard > QUIET_MS) {
        this.socket.close();
      }
    }, 5000);
    this.open();
  }

  /** Says which sources are to be sent. */
  watch(names) {
    if (names.join() !== this.names.join()) {
      this.names = names;
      this.ask();
    }
  }

  /** Says that a frame is on the screen, so that the next may come. */
  drawn(source, frame) {
    this.send({ drawn: { source, frame } });
  }

  /** Tries at once where the connection is lost. */
  now() {
    if (this.timer) {
      clearTimeout(this.timer);
      this.open();
    }
  }

  open() {
    this.timer = null;
    this.handlers.status("connecting");
    const address = new URL("api/live", location.href);
    address.protocol = address.protocol.replace("http", "ws");
    address.hash = "";
    const socket = new WebSocket(address);
    socket.binaryType = "arraybuffer";
    socket.onopen = () => {
      this.heard = Date.now();
      this.handlers.status("open");
      this.ask();
    };
    socket.onmessage = (event) => this.take(event.data);
    socket.onclose = (event) => this.lost(event);
    this.socket = socket;
  }

  take(data) {
    this.heard = Date.now();
    this.wait = FIRST_WAIT_MS;
    if (typeof data === "string") {
      const message = JSON.parse(data);
      if (message.state) {
        this.handlers.state(message.state);
      }
      if (message.stats) {
        this.handlers.stats(message.stats);
      }
      return;
    }
    const length = new DataView(data).getUint32(0);
    const json = new TextDecoder().decode(new Uint8Array(data, 4, length));
    const jpeg = new Blob([new Uint8Array(data, 4 + length)], { type: "image/jpeg" });
    this.handlers.frame(JSON.parse(json), jpeg);
  }

  lost(event) {
    const reason =
      event.code === 1013 ? "The server has as many viewers as it takes." : "The connection is lost.";
    // Not all viewers of a server that was started anew come back at the same moment.
    const wait = this.wait * (0.8 + 0.4 * Math.random());
    this.wait = Math.min(MOST_WAIT_MS, this.wait * 2);
    this.timer = setTimeout(() => this.open(), wait);
    this.handlers.status("waiting", wait / 1000, reason);
  }

  /** A page that nobody sees asks for no pictures. */
  ask() {
    this.send({ watch: document.hidden ? [] : this.names });
  }

  send(message) {
    if (this.socket?.readyState === WebSocket.OPEN) {
      this.socket.send(JSON.stringify(message));
    }
  }
}
