package dev.avocet.core.model;

import static dev.avocet.core.Failures.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ParamsTest {

  private static Params params(String json) {
    return Params.parse("f.json", json);
  }

  private static Arguments bad(String value, String expected, Consumer<Params> getter) {
    return Arguments.of(value, expected, getter);
  }

  static Stream<Arguments> wrongTypes() {
    String whole = "a whole number";
    return Stream.of(
        bad("\"5\"", whole, p -> p.intValue("k")),
        bad("true", whole, p -> p.intValue("k")),
        bad("5.5", whole, p -> p.intValue("k")),
        bad("2147483648", whole, p -> p.intValue("k")),
        bad("-2147483649", whole, p -> p.intValue("k", 1)),
        bad("[1]", whole, p -> p.intValue("k", 1)),
        bad("\"x\"", "a number", p -> p.doubleValue("k")),
        bad("{}", "a number", p -> p.doubleValue("k", 1)),
        bad("false", "a number", p -> p.floatValue("k", 1)),
        bad("1e300", "a number", p -> p.floatValue("k", 1)),
        bad("1", "true or false", p -> p.booleanValue("k", true)),
        bad("\"true\"", "true or false", p -> p.booleanValue("k", true)),
        bad("1", "a text", p -> p.text("k")),
        bad("[\"a\"]", "a text", p -> p.text("k", "")),
        bad("1", "an array of whole numbers", p -> p.ints("k")),
        bad("1", "an array of numbers", p -> p.floats("k")),
        bad("{\"a\":1}", "a text or an array of texts", p -> p.texts("k")),
        bad("[]", "an object", p -> p.object("k")),
        bad("7", "an object", p -> p.objectOrEmpty("k")),
        bad("{}", "an array of objects", p -> p.objects("k")));
  }

  @ParameterizedTest
  @MethodSource("wrongTypes")
  void shouldNameFilePathExpectedAndFoundWhenTheTypeIsWrong(
      String value, String expected, Consumer<Params> getter) {
    Params params = params("{\"o\":{\"k\":" + value + "}}").object("o");
    String found = value.equals("1e300") ? "1.0E300" : value;
    assertFails(Status.INVALID_ARG, () -> getter.accept(params))
        .isEqualTo("f.json: $.o.k: expected " + expected + ", found " + found);
  }

  static Stream<Arguments> required() {
    return Stream.of(
        bad("", "a whole number", p -> p.intValue("k")),
        bad("", "a number", p -> p.doubleValue("k")),
        bad("", "a text", p -> p.text("k")),
        bad("", "an array of whole numbers", p -> p.ints("k")),
        bad("", "an array of numbers", p -> p.floats("k")),
        bad("", "a text or an array of texts", p -> p.texts("k")),
        bad("", "an object", p -> p.object("k")),
        bad("", "an array of objects", p -> p.objects("k")));
  }

  @ParameterizedTest
  @MethodSource("required")
  void shouldSayWhatIsMissingWhenAKeyIsAbsentOrNull(
      String unused, String expected, Consumer<Params> getter) {
    assertFails(Status.INVALID_ARG, () -> getter.accept(params("{}")))
        .isEqualTo("f.json: $.k: expected " + expected + ", found nothing");
    assertFails(Status.INVALID_ARG, () -> getter.accept(params("{\"k\":null}")))
        .isEqualTo("f.json: $.k: expected " + expected + ", found null");
  }

  @Test
  void shouldGiveTheDefaultWhenAKeyIsAbsentOrNull() {
    for (String json : List.of("{}", "{\"k\":null}")) {
      Params p = params(json);
      assertThat(p.has("k")).isFalse();
      assertThat(p.isNumber("k") || p.isArray("k") || p.isObject("k")).isFalse();
      assertThat(p.intValue("k", 7)).isEqualTo(7);
      assertThat(p.doubleValue("k", 7.5)).isEqualTo(7.5);
      assertThat(p.floatValue("k", 0.1f)).isEqualTo(0.1f);
      assertThat(p.booleanValue("k", true)).isTrue();
      assertThat(p.text("k", "d")).isEqualTo("d");
      assertThat(p.objectOrEmpty("k").where()).isEqualTo("f.json: $.k");
      assertThat(p.objectOrEmpty("k").keys()).isEmpty();
    }
  }

  @Test
  void shouldGiveWhatIsWritten() {
    Params p =
        params(
            """
            {"i": 5.0, "d": 1e-3, "b": false, "t": "ü", "is": [1, -2], "fs": [1, 0.5],
             "ts": ["a", "b"], "o": {"x": {"y": 3}}, "os": [{"a": 1}, {"a": 2}]}
            """);
    assertThat(p.intValue("i")).isEqualTo(5);
    assertThat(p.doubleValue("d")).isEqualTo(1e-3);
    assertThat(p.floatValue("d", 0)).isEqualTo(1e-3f);
    assertThat(p.booleanValue("b", true)).isFalse();
    assertThat(p.text("t")).isEqualTo("ü");
    assertThat(p.ints("is")).containsExactly(1, -2);
    assertThat(p.floats("fs")).containsExactly(1f, 0.5f);
    assertThat(p.texts("ts")).containsExactly("a", "b");
    assertThat(p.texts("t")).containsExactly("ü");
    assertThat(p.isNumber("i") && p.isArray("is") && p.isObject("o")).isTrue();
    assertThat(p.isNumber("t") || p.isArray("o") || p.isObject("is")).isFalse();
    assertThat(p.object("o").object("x").intValue("y")).isEqualTo(3);
    assertThat(p.objects("os")).hasSize(2).last().extracting(o -> o.intValue("a")).isEqualTo(2);
    assertThat(p.keys()).startsWith("i", "d", "b").hasSize(9);
  }

  @Test
  void shouldNameTheEntryOfAnArrayThatIsWrong() {
    Params p = params("{\"a\": [1, \"x\", {\"b\": 1}], \"n\": [NaN], \"t\": [\"x\", 4]}");
    assertFails(Status.INVALID_ARG, () -> p.ints("a"))
        .isEqualTo("f.json: $.a[1]: expected a whole number, found \"x\"");
    assertFails(Status.INVALID_ARG, () -> p.floats("a"))
        .isEqualTo("f.json: $.a[1]: expected a number, found \"x\"");
    assertFails(Status.INVALID_ARG, () -> p.texts("t"))
        .isEqualTo("f.json: $.t[1]: expected a text, found 4");
    assertFails(Status.INVALID_ARG, () -> p.objects("a"))
        .isEqualTo("f.json: $.a[0]: expected an object, found 1");
    assertFails(Status.INVALID_ARG, () -> p.floats("n"))
        .contains("$.n[0]: expected a number, found")
        .contains("NaN");
  }

  @Test
  void shouldRefuseNumbersThatAreNotFinite() {
    Params p = params("{\"a\": NaN, \"b\": -Infinity, \"c\": 1e999}");
    for (String key : p.keys()) {
      assertFails(Status.INVALID_ARG, () -> p.doubleValue(key)).contains("expected a number");
      assertFails(Status.INVALID_ARG, () -> p.floatValue(key, 0)).contains("expected a number");
      assertFails(Status.INVALID_ARG, () -> p.intValue(key)).contains("expected a whole number");
    }
  }

  @Test
  void shouldShortenWhatItShows() {
    Params p = params("{\"k\": \"" + "x".repeat(1000) + "\"}");
    assertFails(Status.INVALID_ARG, () -> p.intValue("k")).hasSizeLessThan(120).endsWith("xxx...");
  }

  @Test
  void shouldListWhatNothingHasRead() {
    Params p =
        params("{\"a\": 1, \"b\": {\"c\": 1, \"d\": 2}, \"e\": [{\"f\": 1}], \"g\": {\"h\": 1}}");
    p.intValue("a");
    p.object("b").intValue("c");
    p.objects("e");
    assertThat(p.unread()).containsExactly("$.g", "$.b.d", "$.e[0].f");
    // Reading an object again is the same reading.
    p.object("b").intValue("d");
    p.objects("e").get(0).intValue("f");
    p.object("g").has("h");
    assertThat(p.unread()).isEmpty();
  }

  @Test
  void shouldBeReadableByManyThreads() throws Exception {
    StringBuilder json = new StringBuilder("{\"last\": 1");
    for (int i = 0; i < 500; i++) {
      json.append(",\"k").append(i).append("\": {\"v\": ").append(i).append('}');
    }
    Params p = params(json.append('}').toString());
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<Integer>> sums = new ArrayList<>();
      for (int t = 0; t < 8; t++) {
        sums.add(
            threads.submit(
                () -> {
                  int sum = 0;
                  for (int i = 0; i < 500; i++) {
                    sum += p.object("k" + i).intValue("v");
                  }
                  return sum;
                }));
      }
      for (Future<Integer> sum : sums) {
        assertThat(sum.get()).isEqualTo(500 * 499 / 2);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(p.unread()).containsExactly("$.last");
  }

  @Test
  void shouldLayNestedRowsOfNumbersOut() {
    Params p = Params.parse("f", "{\"k\":[[[1,2],[3,4]],[5],[]],\"n\":[[1],2],\"t\":[[\"a\"]]}");

    List<float[]> rows = p.floatRows("k");

    assertThat(rows).hasSize(3);
    assertThat(rows.get(0)).containsExactly(1, 2, 3, 4);
    assertThat(rows.get(1)).containsExactly(5);
    assertThat(rows.get(2)).isEmpty();
    assertFails(Status.INVALID_ARG, () -> p.floatRows("n"))
        .isEqualTo("f: $.n[1]: expected an array of numbers, found 2");
    assertFails(Status.INVALID_ARG, () -> p.floatRows("t"))
        .isEqualTo("f: $.t[0]: expected a number, found \"a\"");
  }
}
