import dev.avocet.core.internal.EmptyLibrary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Writes empty libraries, for {@code ./build}. Arguments: platform, folder, the libraries' names. */
final class EmptyLibraries {
  private EmptyLibraries() {}

  public static void main(String[] args) throws Exception {
    for (String name : Arrays.asList(args).subList(2, args.length)) {
      Files.write(Path.of(args[1], name), EmptyLibrary.bytes(args[0], name));
    }
  }
}
