package dev.avocet.core;

import java.util.Arrays;

/**
 * The extents of a tensor, outermost first. An extent of -1 is not known before a run. Immutable.
 */
public final class Shape {
  private final long[] dims;

  private Shape(long[] dims) {
    this.dims = dims;
  }

  /** A shape with these extents; each is zero or more, or -1 where it is not known. */
  public static Shape of(long... dims) {
    for (long d : dims) {
      if (d < -1) {
        throw AvocetException.invalidArgument(
            "shape=" + Arrays.toString(dims) + ": an extent is -1 (unknown), zero or more");
      }
    }
    return new Shape(dims.clone());
  }

  /** Number of axes. */
  public int rank() {
    return dims.length;
  }

  /**
   * Extent of axis {@code axis}; a negative axis counts from the end.
   *
   * @throws AvocetException OUT_OF_RANGE where there is no such axis
   */
  public long dim(int axis) {
    return dims[index(axis)];
  }

  private int index(int axis) {
    int index = axis < 0 ? dims.length + axis : axis;
    if (index < 0 || index >= dims.length) {
      throw new AvocetException(
          Status.OUT_OF_RANGE, "axis=" + axis + " is outside of shape=" + this);
    }
    return index;
  }

  /** A copy of the extents. */
  public long[] toArray() {
    return dims.clone();
  }

  /** Whether every extent is known. */
  public boolean isStatic() {
    for (long d : dims) {
      if (d < 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Number of elements: 1 for a scalar.
   *
   * @throws AvocetException INVALID_ARG where an extent is unknown, OUT_OF_RANGE where the product
   *     overflows
   */
  public long elements() {
    long n = 1;
    for (long d : dims) {
      if (d < 0) {
        throw AvocetException.invalidArgument("shape=" + this + " has an unknown extent");
      }
      try {
        n = Math.multiplyExact(n, d);
      } catch (ArithmeticException e) {
        throw new AvocetException(Status.OUT_OF_RANGE, "shape=" + this + " is too large", e);
      }
    }
    return n;
  }

  /** The same shape with axis {@code axis}, counted as in {@link #dim}, set to {@code extent}. */
  public Shape with(int axis, long extent) {
    long[] copy = dims.clone();
    copy[index(axis)] = extent;
    return of(copy);
  }

  /** Whether {@code actual} fits this shape, taking unknown extents as wild cards. */
  public boolean accepts(Shape actual) {
    if (actual.dims.length != dims.length) {
      return false;
    }
    for (int i = 0; i < dims.length; i++) {
      if (dims[i] >= 0 && dims[i] != actual.dims[i]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Shape s && Arrays.equals(dims, s.dims);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(dims);
  }

  @Override
  public String toString() {
    return Arrays.toString(dims).replace("-1", "?").replace(" ", "");
  }
}
