package dev.avocet.postprocess.mmocr;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import dev.avocet.core.model.ModelFiles;
import dev.avocet.core.model.Params;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the classes of a text recogniser stand for. Source: MMDeploy 1.3.1, {@code
 * codebase/mmocr/base_convertor.cpp}. Immutable.
 *
 * <p>The tokens are the lines of {@code dict_file}, UTF-8, split at {@code \n} alone, empty ones
 * kept; or else {@code dict_list}; or else those of {@code dict_type}, DICT36 (digits and small
 * letters) or DICT90 (capitals and signs too). Behind them come, each where it is asked for: one
 * token for start and end ({@code with_start}, {@code with_end} and {@code same_start_end}), or
 * else one for each; the padding, CTC's blank ({@code with_padding}); the unknown ({@code
 * with_unknown}, and {@code unknown_token} is there).
 *
 * <p>{@code ignore_chars} (["padding"]) names what is not to be read aloud: "padding", "end",
 * "unknown" or a token; a name that the dictionary lacks ignores nothing. Deviation: the reference
 * looks for it beside {@code params}, where no exporter writes it, so that there the default always
 * counts.
 *
 * @param tokens by class
 * @param padding class of the padding, -1 where there is none
 * @param end class of the end, -1 where there is none
 * @param ignored classes that are not part of the text
 */
record Dictionary(List<String> tokens, int padding, int end, Set<Integer> ignored) {
  private static final int NONE = -1;
  private static final String DICT36 = "0123456789abcdefghijklmnopqrstuvwxyz";
  private static final String DICT90 =
      DICT36 + "ABCDEFGHIJKLMNOPQRSTUVWXYZ!\"#$%&'()*+,-./:;<=>?@[\\]_`~";

  Dictionary {
    tokens = List.copyOf(tokens);
    ignored = Set.copyOf(ignored);
  }

  static Dictionary of(Params params, ModelFiles files) {
    List<String> tokens = new ArrayList<>(characters(params, files));
    boolean start = params.booleanValue("with_start", false);
    boolean end = params.booleanValue("with_end", false);
    int endClass = NONE;
    if (params.booleanValue("same_start_end", false) && start && end) {
      endClass = append(tokens, params.text("start_end_token", "<BOS/EOS>"));
    } else {
      if (start) {
        append(tokens, params.text("start_token", "<BOS>"));
      }
      if (end) {
        endClass = append(tokens, params.text("end_token", "<EOS>"));
      }
    }
    int padding = NONE;
    if (params.booleanValue("with_padding", false)) {
      padding = append(tokens, params.text("padding_token", "<PAD>"));
    }
    int unknown = NONE;
    if (params.booleanValue("with_unknown", false) && params.has("unknown_token")) {
      unknown = append(tokens, params.text("unknown_token"));
    }
    Set<Integer> ignored = new HashSet<>();
    for (String name :
        params.has("ignore_chars") ? params.texts("ignore_chars") : List.of("padding")) {
      ignored.add(
          switch (name) {
            case "padding" -> padding;
            case "end" -> endClass;
            case "unknown" -> unknown;
            default -> tokens.lastIndexOf(name);
          });
    }
    return new Dictionary(tokens, padding, endClass, ignored);
  }

  private static int append(List<String> tokens, String token) {
    tokens.add(token);
    return tokens.size() - 1;
  }

  private static List<String> characters(Params params, ModelFiles files) {
    if (params.has("dict_file")) {
      return lines(files.read(params.text("dict_file")));
    }
    if (params.has("dict_list")) {
      return params.texts("dict_list");
    }
    return switch (params.text("dict_type", "")) {
      case "DICT36" -> letters(DICT36);
      case "DICT90" -> letters(DICT90);
      case "" -> throw params.error("dict_file", "a file, or else dict_list or dict_type");
      default -> throw params.error("dict_type", "DICT36 or DICT90");
    };
  }

  private static List<String> letters(String all) {
    return all.chars().mapToObj(Character::toString).collect(Collectors.toList());
  }

  private static List<String> lines(byte[] bytes) {
    List<String> lines = Arrays.asList(new String(bytes, StandardCharsets.UTF_8).split("\n", -1));
    int last = lines.size() - 1;
    // What ends with a line break has no further line.
    return lines.get(last).isEmpty() ? lines.subList(0, last) : lines;
  }

  /**
   * What a class reads as.
   *
   * @throws AvocetException FAIL where the dictionary is too short for it
   */
  String token(int index) {
    if (index >= tokens.size()) {
      throw new AvocetException(
          Status.FAIL,
          "the network answered class %d, the dictionary has %d tokens: mend dict_file, dict_list"
                  .formatted(index, tokens.size())
              + " or dict_type, and with_start, with_end, with_padding and with_unknown");
    }
    return tokens.get(index);
  }
}
