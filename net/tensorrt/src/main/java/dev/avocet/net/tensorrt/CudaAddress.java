package dev.avocet.net.tensorrt;

import org.bytedeco.javacpp.Pointer;

/** An address as JavaCPP wants it; owns nothing, and is used again for other addresses. */
final class CudaAddress extends Pointer {
  /** This, at another address; 0 is null. */
  CudaAddress at(long place) {
    address = place;
    return this;
  }
}
