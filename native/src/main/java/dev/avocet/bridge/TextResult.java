package dev.avocet.bridge;

/**
 * A text as a result, released as such whatever made it.
 *
 * @param text the characters
 */
record TextResult(String text) implements Result {
  @Override
  public void write(Out out) {
    out.text(text);
  }

  @Override
  public int releasedAs(int kind) {
    return Types.STRING;
  }
}
