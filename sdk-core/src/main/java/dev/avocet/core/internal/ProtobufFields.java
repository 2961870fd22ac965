package dev.avocet.core.internal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Walks over the fields of a message in Protocol Buffers' wire format. What is damaged ends the
 * walk. Confined to one thread.
 */
public final class ProtobufFields {
  private final ByteBuffer message;
  private int number;
  private ByteBuffer value;

  /** Begins before the first field; the buffer's position stays. */
  public ProtobufFields(ByteBuffer message) {
    this.message = message.duplicate();
  }

  /** Goes to the next field; false at the end, or where it is damaged. */
  public boolean next() {
    if (!message.hasRemaining()) {
      return false;
    }
    long tag = varint();
    number = (int) (tag >>> 3);
    int type = (int) (tag & 7);
    long length =
        switch (type) {
          case 0 -> {
            varint();
            yield 0;
          }
          case 1 -> 8;
          case 2 -> varint();
          case 5 -> 4;
          default -> -1;
        };
    if (length < 0 || length > message.remaining()) {
      return false;
    }
    value = type == 2 ? message.slice(message.position(), (int) length) : null;
    message.position(message.position() + (int) length);
    return true;
  }

  /** Number of the field. */
  public int number() {
    return number;
  }

  /** What the field holds, if it has a length: bytes, a text or a message. */
  public Optional<ByteBuffer> bytes() {
    return Optional.ofNullable(value);
  }

  /** What the field holds as a text, or an empty one. */
  public String text() {
    return value == null ? "" : StandardCharsets.UTF_8.decode(value).toString();
  }

  private long varint() {
    long result = 0;
    for (int shift = 0; shift < 64 && message.hasRemaining(); shift += 7) {
      byte next = message.get();
      result |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return result;
      }
    }
    return -1;
  }
}
