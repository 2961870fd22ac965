package dev.avocet.media.gst;

import dev.avocet.core.Image;
import dev.avocet.core.internal.Memory;
import dev.avocet.media.internal.FrameQueue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/** Memory for one frame, used again for others of the same size. Confined to who has it. */
final class GstSlot implements FrameQueue.Slot {
  private Memory memory;

  /**
   * Reads a whole frame.
   *
   * @return false where the frames end before it is whole
   */
  boolean read(ReadableByteChannel from, GstCaps caps) throws IOException {
    if (memory == null || memory.bytes() != caps.bytes()) {
      close();
      memory = Memory.allocate(caps.bytes());
    }
    ByteBuffer bytes = Memory.view(memory.address(), memory.bytes());
    while (bytes.hasRemaining()) {
      if (from.read(bytes) < 0) {
        return false;
      }
    }
    return true;
  }

  /** The frame, valid as long as the slot keeps it. */
  Image image(GstCaps caps) {
    return Image.wrap(caps.planes(memory.address()), caps.format(), caps.width(), caps.height());
  }

  @Override
  public void empty() {
    // The next frame takes the same memory.
  }

  @Override
  public void close() {
    if (memory != null) {
      memory.close();
      memory = null;
    }
  }
}
