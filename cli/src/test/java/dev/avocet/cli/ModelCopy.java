package dev.avocet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The shipped model, copied to be spoilt. */
final class ModelCopy {
  private ModelCopy() {}

  static Path to(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (Path file : files()) {
      Files.copy(file, folder.resolve(file.getFileName().toString()));
    }
    return folder;
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(Cli.parcels())) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  static void replace(Path file, String from, String to) throws IOException {
    String text = Files.readString(file);
    assertThat(text).contains(from);
    Files.writeString(file, text.replace(from, to));
  }

  /** The model in a zip file, and one entry more. */
  static Path zip(Path zip, String extraName, byte[] extra) throws IOException {
    try (OutputStream out = Files.newOutputStream(zip);
        ZipOutputStream entries = new ZipOutputStream(out)) {
      for (Path file : files()) {
        entries.putNextEntry(new ZipEntry("parcels/" + file.getFileName()));
        entries.write(Files.readAllBytes(file));
      }
      entries.putNextEntry(new ZipEntry(extraName));
      entries.write(extra);
    }
    return zip;
  }
}
