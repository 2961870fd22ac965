package dev.avocet.core;

/** Where the bytes of a picture or tensor lie. */
public enum MemoryKind {
  /** Ordinary memory of the process. */
  HOST,
  /** Memory of a CUDA device. */
  CUDA
}
