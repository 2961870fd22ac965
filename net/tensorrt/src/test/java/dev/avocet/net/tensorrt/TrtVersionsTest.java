package dev.avocet.net.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrtVersionsTest {
  private static TrtVersions pair(int loaded, int compiled, int cuda) {
    return new TrtVersions(TrtVersion.of(loaded), TrtVersion.of(compiled), cuda);
  }

  @ParameterizedTest
  @CsvSource({
    "101501, 10.15.1",
    "100300, 10.3.0",
    "100000, 10.0.0",
    "110000, 11.0.0",
    "8601, 8.6.1",
    "9300, 9.3.0"
  })
  void shouldReadNumbersOfAllReleasesAndWriteThem(int number, String text) {
    assertThat(TrtVersion.of(number)).hasToString(text);
    assertThat(TrtVersion.of(number).number()).isEqualTo(number);
  }

  @Property
  void shouldOrderVersionsAsTheirNumbers(
      @ForAll @IntRange(min = 100_000, max = 129_999) int a,
      @ForAll @IntRange(min = 100_000, max = 129_999) int b) {
    assertThat(Integer.signum(TrtVersion.of(a).compareTo(TrtVersion.of(b))))
        .isEqualTo(Integer.signum(Integer.compare(a, b)));
  }

  @ParameterizedTest
  @CsvSource({"101501, 101501", "101500, 101501", "100600, 100600"})
  void shouldSayNothingWhenTheMinorIsTheSame(int loaded, int compiled) {
    assertThat(pair(loaded, compiled, 13).objection()).isEmpty();
    assertThat(pair(loaded, compiled, 13).warning()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "100300, 100600, 12",
    "100700, 100600, 12",
    "101303, 101501, 13",
    "101600, 101501, 13"
  })
  void shouldWarnWithBothNumbersWhenTheMinorDiffers(int loaded, int compiled, int cuda) {
    TrtVersions versions = pair(loaded, compiled, cuda);
    assertThat(versions.objection()).isEmpty();
    assertThat(versions.warning())
        .contains(
            "TensorRT %s is loaded and Avocet is compiled for %s: only what both have is used"
                .formatted(TrtVersion.of(loaded), TrtVersion.of(compiled)));
  }

  @ParameterizedTest
  @CsvSource({"100300", "100400", "100700", "100799"})
  void shouldNameTheProfileWhenJetPack6MeetsTheDefaultBuild(int loaded) {
    assertThat(pair(loaded, 101501, 13).warning())
        .get()
        .asString()
        .endsWith("; if this is JetPack 6, use the build for it (mvn -P jetpack6)");
    assertThat(pair(loaded, 100600, 12).warning().orElse("")).doesNotContain("JetPack");
  }

  @Test
  void shouldNotNameTheProfileWhenTheReleaseIsNewerThanJetPack6() {
    assertThat(pair(100800, 101501, 13).warning()).get().asString().doesNotContain("JetPack");
  }

  @ParameterizedTest
  @CsvSource({"8601", "9300", "100000", "100299"})
  void shouldRefuseWhatIsOlderThanJetPack61AndSayWhatIsServed(int loaded) {
    assertThat(pair(loaded, 101501, 13).objection())
        .contains(
            "TensorRT %s is loaded and Avocet is compiled for 10.15.1: update it; JetPack 6.0 and older have none that is served, 6.1 has 10.3; %s"
                .formatted(TrtVersion.of(loaded), TrtVersions.SERVED));
    assertThat(TrtVersions.SERVED).contains("mvn -P jetpack6", "JetPack 7");
  }

  @Test
  void shouldRefuseALaterMajorAndSayWhichToInstall() {
    assertThat(pair(110000, 101501, 13).objection())
        .get()
        .asString()
        .startsWith(
            "TensorRT 11.0.0 is loaded and Avocet is compiled for 10.15.1: install TensorRT 10 beside or instead of it; ");
  }

  @Test
  void shouldNameTheProfileWhenCudaIsOfAnotherMajor() {
    assertThat(TrtVersions.otherCuda(12, 13))
        .isEqualTo(
            "CUDA 12 is there and Avocet is built for 13: on JetPack 6 use the build for it (mvn -P jetpack6), elsewhere install that of CUDA 13 beside");
    assertThat(TrtVersions.otherCuda(13, 12))
        .endsWith("use the default build (mvn without -P jetpack6)");
    assertThat(TrtVersions.otherCuda(11, 13)).endsWith("install that one beside");
  }

  @ParameterizedTest
  @CsvSource({"13, 13010", "13, 13000", "12, 12060", "12, 13010", "13, 14000"})
  void shouldTakeACompilerThatTheDriverServes(int compiler, int driver) {
    assertThat(TrtVersions.compilerObjection(compiler, driver)).isEmpty();
  }

  @Test
  void shouldRefuseACompilerThatIsNewerThanTheDriver() {
    assertThat(TrtVersions.compilerObjection(13, 12060))
        .contains(
            "the driver serves CUDA 12.6 and Avocet's preprocessing for the GPU is compiled by CUDA 13: update the driver (580 or later), on JetPack 6 use the build for it (mvn -P jetpack6)");
    assertThat(TrtVersions.compilerObjection(12, 11080))
        .get()
        .asString()
        .endsWith(": update the driver");
  }
}
