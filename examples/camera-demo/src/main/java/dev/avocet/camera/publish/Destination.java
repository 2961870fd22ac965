package dev.avocet.camera.publish;

import java.util.List;

/** Where messages go. Confined to its publisher's thread. */
interface Destination extends AutoCloseable {
  /** What it is called in figures and logs. */
  String name();

  /**
   * Delivers messages in their order, within a bounded time. Called about once a second without
   * any, so that it can look after its connection.
   *
   * @param messages some tens at most; those that were not done before come again first
   */
  Outcome publish(List<Message> messages);

  /** Ends in a bounded time; throws nothing. */
  @Override
  void close();
}
