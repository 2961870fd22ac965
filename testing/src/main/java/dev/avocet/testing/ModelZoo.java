package dev.avocet.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The folders of {@code docs/model-zoo.md}, written with the JSON that stands there. */
public final class ModelZoo {
  private static final Pattern BLOCK =
      Pattern.compile("^```json ([^\\n]+)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

  private ModelZoo() {}

  /** The block with this title; its words may name several networks. */
  private static Optional<String> find(String kind, String name) throws IOException {
    String page =
        Files.readString(Path.of(System.getProperty("avocet.root"), "docs", "model-zoo.md"));
    return BLOCK
        .matcher(page)
        .results()
        .filter(m -> List.of(m.group(1).split(" ")).containsAll(List.of(kind, name)))
        .map(m -> m.group(2))
        .findFirst();
  }

  /** The block, which has to be there. */
  public static String block(String kind, String name) throws IOException {
    return find(kind, name)
        .orElseThrow(() -> new AssertionError("model-zoo.md has no block " + kind + " " + name));
  }

  /**
   * Writes a folder.
   *
   * @param folder where; made if it is not there
   * @param name of the page's block
   * @param network below the shared {@code assets}
   * @return the folder
   */
  public static Path write(Path folder, String name, String network) throws IOException {
    Path assets = SharedFolder.resolve("assets");
    Files.createDirectories(folder);
    Files.copy(assets.resolve(network), folder.resolve("net.onnx"));
    Files.writeString(folder.resolve("deploy.json"), block("deploy", "all"));
    Files.writeString(folder.resolve("pipeline.json"), block("pipeline", name));
    Optional<String> card = find("avocet", name);
    if (card.isPresent()) {
      Files.writeString(folder.resolve("avocet.json"), card.get());
    }
    return folder;
  }

  /** Changes a text of the folder's {@code pipeline.json}, which has to be there. */
  public static void replace(Path folder, String from, String to) throws IOException {
    Path file = folder.resolve("pipeline.json");
    String text = Files.readString(file);
    if (!text.contains(from)) {
      throw new AssertionError(file + " has no " + from);
    }
    Files.writeString(file, text.replace(from, to));
  }
}
