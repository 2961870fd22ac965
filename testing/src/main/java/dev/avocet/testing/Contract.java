package dev.avocet.testing;

import dev.avocet.core.net.NetProvider;
import org.junit.jupiter.api.BeforeEach;

/** What the contracts of engines have in common: the engine, without which they are skipped. */
abstract class Contract {
  final NetProvider provider;

  Contract(NetProvider provider) {
    this.provider = provider;
  }

  @BeforeEach
  void skipWithoutTheEngine() {
    EngineUnderTest.require(provider);
  }
}
