package dev.avocet.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is named for native-image exists: a misspelt name would show when an isolate runs. */
class NativeImageConfigurationTest {
  private static final String FOLDER = "/META-INF/native-image/dev.avocet/avocet-native/";

  @ParameterizedTest
  @MethodSource("types")
  void shouldNameMembersThatExist(JsonNode entry) throws ReflectiveOperationException {
    Class<?> type = named(entry.get("type").asText());
    for (JsonNode field : entry.path("fields")) {
      assertThat(type.getDeclaredField(field.get("name").asText())).isNotNull();
    }
    for (JsonNode method : entry.path("methods")) {
      String name = method.get("name").asText();
      Class<?>[] parameters = parameters(method);
      if (name.equals("<init>")) {
        assertThat(type.getDeclaredConstructor(parameters)).isNotNull();
      } else {
        assertThat(type.getDeclaredMethod(name, parameters)).isNotNull();
      }
    }
  }

  static Stream<JsonNode> types() throws IOException {
    try (InputStream in = open("reachability-metadata.json")) {
      JsonNode types = new ObjectMapper().readTree(in).get("reflection");
      assertThat(types).isNotEmpty();
      return Stream.of(new ObjectMapper().treeToValue(types, JsonNode[].class));
    }
  }

  @Test
  void shouldNameLibrariesThatExist() {
    assertThat(JavaCppFeature.LIBRARIES)
        .allSatisfy(name -> assertThatCode(() -> named(name)).doesNotThrowAnyException());
  }

  @Test
  void shouldNameItsFeature() throws IOException {
    Properties properties = new Properties();
    try (InputStream in = open("native-image.properties")) {
      properties.load(in);
    }

    assertThat(properties.getProperty("Args"))
        .contains("--features=" + JavaCppFeature.class.getName());
  }

  @Test
  void shouldSubstituteMethodsOfTheLoader() {
    assertThat(LoaderSubstitution.class.getDeclaredMethods())
        .allSatisfy(
            method ->
                assertThat(
                        Loader.class
                            .getDeclaredMethod(method.getName(), method.getParameterTypes())
                            .getReturnType())
                    .isEqualTo(method.getReturnType()));
  }

  private static Class<?>[] parameters(JsonNode method) throws ClassNotFoundException {
    JsonNode names = method.get("parameterTypes");
    Class<?>[] parameters = new Class<?>[names.size()];
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = named(names.get(i).asText());
    }
    return parameters;
  }

  private static Class<?> named(String name) throws ClassNotFoundException {
    return switch (name) {
      case "int" -> int.class;
      case "long" -> long.class;
      case "byte[]" -> byte[].class;
      default -> Class.forName(name, false, NativeImageConfigurationTest.class.getClassLoader());
    };
  }

  private static InputStream open(String name) {
    return NativeImageConfigurationTest.class.getResourceAsStream(FOLDER + name);
  }
}
