package dev.avocet.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A Markdown page and its fenced blocks.
 *
 * @param name path from the repository's root
 * @param text the whole page
 * @param blocks in order
 */
record Page(String name, String text, List<Block> blocks) {
  /**
   * A fenced block.
   *
   * @param language first word after the fence
   * @param topic what else stands there: a file's name, or what the test is to do with the block
   * @param text with a line end behind each line
   * @param where page and line, for messages
   */
  record Block(String language, String topic, String text, String where) {}

  static Page read(String name) throws IOException {
    String text = Files.readString(root().resolve(name));
    List<Block> blocks = new ArrayList<>();
    StringBuilder block = new StringBuilder();
    String info = null;
    int indent = 0;
    int start = 0;
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      boolean fence = line.strip().startsWith("```");
      if (info == null && fence) {
        info = line.strip().substring(3);
        indent = line.indexOf('`');
        start = number;
      } else if (info != null && fence) {
        String[] words = (info + " ").split(" ", 2);
        blocks.add(new Block(words[0], words[1].strip(), block.toString(), name + ":" + start));
        info = null;
        block.setLength(0);
      } else if (info != null) {
        block.append(line.substring(Math.min(indent, line.length()))).append('\n');
      }
    }
    if (info != null) {
      throw new AssertionError(name + ":" + start + ": the block has no end");
    }
    return new Page(name, text, List.copyOf(blocks));
  }

  List<Block> blocks(String language) {
    return blocks.stream().filter(b -> b.language().equals(language)).toList();
  }

  /** The text of the one block with this topic. */
  String block(String topic) {
    List<Block> found = blocks.stream().filter(b -> b.topic().equals(topic)).toList();
    if (found.size() != 1) {
      throw new AssertionError(name + " has " + found.size() + " blocks \"" + topic + "\"");
    }
    return found.get(0).text();
  }

  static Path root() {
    return Path.of(System.getProperty("avocet.root"));
  }
}
