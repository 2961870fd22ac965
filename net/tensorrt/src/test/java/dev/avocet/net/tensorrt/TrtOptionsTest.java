package dev.avocet.net.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Device;
import dev.avocet.core.Status;
import dev.avocet.core.net.NetOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TrtOptionsTest {
  private static final Device GPU = Device.parse("tensorrt:cuda:1");

  @TempDir Path folder;

  @Test
  void shouldBuildAndKeepWhenNothingIsSaid() {
    TrtOptions options = options();

    assertThat(options.deviceIndex()).isEqualTo(1);
    assertThat(options.precision()).isEqualTo(TrtPrecision.FP32);
    assertThat(options.dla()).isEqualTo(-1);
    assertThat(options.ranges()).isEmpty();
    assertThat(options.workspace()).isEmpty();
    assertThat(options.level()).isEmpty();
    assertThat(options.cache())
        .hasValueSatisfying(p -> assertThat(p.toString()).endsWith("avocet/tensorrt"));
    assertThat(options.timingCache()).isEqualTo(options.cache());
    assertThat(options.cacheBytes()).isEqualTo(4096L << 20);
    assertThat(options.cudaGraph()).isTrue();
    assertThat(options.mapped()).isEmpty();
    assertThat(options.profile()).isFalse();
  }

  @Test
  void shouldTakeEveryOptionWhenItIsWellFormed() throws IOException {
    Path a = Files.createFile(folder.resolve("a.so"));
    Path b = Files.createFile(folder.resolve("b.so"));
    TrtOptions options =
        options(
            "precision", "int8",
            "calibration", folder.toString(),
            "dla", "1",
            "gpu_fallback", "false",
            "profile", "x:0:1x3x8x8,2x3x16x16,4x3x32x32;y:7",
            "workspace_mb", "512",
            "builder_level", "5",
            "cache_dir", folder.resolve("c").toString(),
            "cache_mb", "100",
            "timing_cache", folder.resolve("t").toString(),
            "plugins", a + ":" + b,
            "cuda_graph", "false",
            "mapped", "true",
            "profile_layers", "true");

    assertThat(options.precision()).isEqualTo(TrtPrecision.INT8);
    assertThat(options.calibration()).contains(folder);
    assertThat(options.dla()).isEqualTo(1);
    assertThat(options.gpuFallback()).isFalse();
    assertThat(options.ranges())
        .isEqualTo(
            Map.of("x:0", TrtRange.parse("1x3x8x8,2x3x16x16,4x3x32x32"), "y", TrtRange.parse("7")));
    assertThat(options.workspace()).hasValue(512L << 20);
    assertThat(options.level()).hasValue(5);
    assertThat(options.cache()).contains(folder.resolve("c"));
    assertThat(options.cacheBytes()).isEqualTo(100L << 20);
    assertThat(options.timingCache()).contains(folder.resolve("t"));
    assertThat(options.plugins()).isEqualTo(List.of(a, b));
    assertThat(options.cudaGraph()).isFalse();
    assertThat(options.mapped()).contains(true);
    assertThat(options.profile()).isTrue();
  }

  @Test
  void shouldKeepNothingWhenThatIsAskedFor() {
    TrtOptions options = options("cache_dir", "none");

    assertThat(options.cache()).isEmpty();
    assertThat(options.timingCache()).isEmpty();
    assertThat(options("timing_cache", "none").timingCache()).isEmpty();
    assertThat(options("timing_cache", "none").cache()).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "precision | fp64 | precision=\"fp64\": expected one of [fp32, tf32, fp16, bf16, int8, fp8, best, typed]",
        "precision | FP16 | precision=\"FP16\": expected one of",
        "dla | -1 | dla=\"-1\": expected 0 to 15",
        "dla | x | dla=\"x\": expected 0 to 15",
        "gpu_fallback | yes | gpu_fallback=\"yes\": expected true or false",
        "profile | x | profile=\"x\": expected INPUT:SMALLEST,BEST,LARGEST, several separated by ;",
        "profile | :1x3 | profile=\":1x3\": expected INPUT:",
        "profile | x:1x-3 | profile: input x: \"1x-3\" is no shape: expected up to 8 extents, for example 1x3x640x640",
        "profile | x:1x3,1x3 | profile: input x: 1x3,1x3: expected one shape, or the smallest, the best and the largest",
        "profile | x:2,1,3 | profile: input x: 2, 1, 3: axis 0 has to grow from the smallest to the best to the largest shape, from 1 to 2147483647",
        "profile | x:0 | profile: input x: 0, 0, 0: axis 0 has to grow",
        "profile | x:9999999999 | axis 0 has to grow",
        "profile | x:1,1x1,1 | profile: input x: 1, 1x1, 1: smallest, best and largest shape have to have as many axes each",
        "profile | x:1;x:2 | input \"x\" once",
        "profile | x:1; | profile=\"x:1;\": expected INPUT:",
        "workspace_mb | 0 | workspace_mb=\"0\": expected 1 to 9999999",
        "workspace_mb | 1G | workspace_mb=\"1G\": expected 1 to 9999999",
        "builder_level | 6 | builder_level=\"6\": expected 0 to 5",
        "cache_mb | 12345678 | cache_mb=\"12345678\": expected 1 to 9999999",
        "cache_dir | ' ' | cache_dir=\" \": expected a path",
        "timing_cache | ' ' | timing_cache=\" \": expected a path",
        "plugins | a.so: | plugins=a.so: there is no such file",
        "calibration | none.cache | calibration=none.cache: there is no such file",
        "cuda_graph | 1 | cuda_graph=\"1\": expected true or false",
        "mapped | maybe | mapped=\"maybe\": expected true, false or auto",
        "profile_layers | on | profile_layers=\"on\": expected true or false",
        "precison | fp16 | option \"precison\" is not known to tensorrt; known are [builder_level, cache_dir, cache_mb, calibration, cuda_graph, dla, gpu_fallback, mapped, plugins, precision, profile, profile_layers, timing_cache, workspace_mb]",
      })
  void shouldSayWhatIsExpectedWhenAnOptionIsMalformed(String key, String value, String message) {
    AvocetException e = assertThrows(AvocetException.class, () -> options(key, value));

    assertThat(e).hasMessageContaining(message);
    assertThat(e.status())
        .isEqualTo(message.contains("no such file") ? Status.FILE_NOT_FOUND : Status.INVALID_ARG);
  }

  @Test
  void shouldRefuseOptionsThatDoNotGoTogether() {
    String here = folder.toString();
    assertThat(refusal("calibration", here, "precision", "fp16"))
        .isEqualTo("calibration=%s is for precision=int8, not for precision=fp16".formatted(here));
    assertThat(refusal("gpu_fallback", "true"))
        .isEqualTo("gpu_fallback=true is for a network on dla=CORE");
    assertThat(refusal("dla", "0"))
        .isEqualTo("dla=0 computes in precision=fp16 or int8, not in precision=fp32");
  }

  @Test
  void shouldTellEnginesApartWhenAnOptionChangesThem() {
    List<String> all =
        List.of(
            options().building(),
            options("precision", "fp16").building(),
            options("precision", "fp16", "dla", "0").building(),
            options("precision", "fp16", "dla", "0", "gpu_fallback", "false").building(),
            options("profile", "x:1").building(),
            options("profile", "x:2").building(),
            options("workspace_mb", "1").building(),
            options("builder_level", "1").building());

    assertThat(all).doesNotHaveDuplicates();
    assertThat(options("cuda_graph", "false", "mapped", "false", "cache_mb", "3").building())
        .isEqualTo(all.get(0));
    assertThat(options("profile", "a:1;b:2").building())
        .isEqualTo(options("profile", "b:2;a:1").building());
  }

  private static String refusal(String... pairs) {
    AvocetException e = assertThrows(AvocetException.class, () -> options(pairs));
    assertThat(e.status()).isEqualTo(Status.INVALID_ARG);
    return e.getMessage();
  }

  static TrtOptions options(String... pairs) {
    Map<String, String> properties = new HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      properties.put(pairs[i], pairs[i + 1]);
    }
    return TrtOptions.of(new NetOptions(0, properties), GPU);
  }
}
