package dev.avocet.core;

/** The element types of tensors. */
public enum DataType {
  FLOAT32(4),
  FLOAT16(2),
  BFLOAT16(2),
  UINT8(1),
  INT8(1),
  INT32(4),
  INT64(8),
  BOOL(1);

  private final int bytes;

  DataType(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes an element takes. */
  public int bytes() {
    return bytes;
  }
}
