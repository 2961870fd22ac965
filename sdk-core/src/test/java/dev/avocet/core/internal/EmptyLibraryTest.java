package dev.avocet.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmptyLibraryTest {
  @TempDir Path folder;

  @Test
  void shouldLoadAndBeMappedUnderItsFileName() throws IOException {
    Path file = folder.resolve("libnothing.so.7");
    Files.write(file, EmptyLibrary.bytes(Loader.getPlatform(), "libnothing.so.7"));

    System.load(file.toString());

    assertThat(Files.readString(Path.of("/proc/self/maps"))).contains(file.toString());
  }

  @ParameterizedTest
  @CsvSource({"linux-x86_64, 62", "linux-arm64, 183"})
  void shouldNameItsMachineAndNothingMoreThanItsName(String platform, int machine) {
    byte[] file = EmptyLibrary.bytes(platform, "libx.so.0");

    assertThat(EmptyLibrary.knows(platform)).isTrue();
    assertThat(file[18] & 0xff).isEqualTo(machine);
    assertThat(new String(file, StandardCharsets.US_ASCII)).endsWith("libx.so.0\0");
    assertThat(file).hasSizeLessThan(1024).isEqualTo(EmptyLibrary.bytes(platform, "libx.so.0"));
  }

  @Test
  void shouldStandInForWhatTheMachineLacksOnly() throws IOException {
    Natives.prepare();

    EmptyLibrary.standInForMissing("libc.so.6", "libavocet-missing.so.1");
    EmptyLibrary.standInForMissing("libavocet-missing.so.1");

    assertThat(Files.readString(Path.of("/proc/self/maps"))).contains("/libavocet-missing.so.1");
    Path cache = Loader.getCacheDir().toPath().resolve("empty-" + Loader.getPlatform());
    assertThat(cache.resolve("libavocet-missing.so.1")).exists();
    assertThat(cache.resolve("libc.so.6")).doesNotExist();
    Files.delete(cache.resolve("libavocet-missing.so.1"));
  }

  @Test
  void shouldKnowNoOtherPlatform() {
    assertThat(EmptyLibrary.knows("windows-x86_64")).isFalse();
  }
}
