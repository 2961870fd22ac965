package dev.avocet.net.tensorrt;

/** What a test runs in a JVM of its own, since a library that is loaded stays. */
final class TrtChild {
  private TrtChild() {}

  public static void main(String[] args) {
    TrtProvider provider = new TrtProvider();
    System.out.println(
        provider.unavailable().orElseGet(() -> "TensorRT " + provider.version() + " is there"));
  }
}
