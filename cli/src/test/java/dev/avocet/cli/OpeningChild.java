package dev.avocet.cli;

/** Opens for ever, as an engine does that builds for long, until it has to give up. */
final class OpeningChild {
  private OpeningChild() {}

  /** Says {@code given up} when it has. */
  public static void main(String[] args) throws InterruptedException {
    Console console = new Console(System.out, System.err, false);
    try (Opening opening = new Opening(console)) {
      while (opening.progress("Building Engine", 1, 2)) {
        System.out.println("step");
        Thread.sleep(50);
      }
      System.out.println("given up");
      System.out.flush();
    }
  }
}
