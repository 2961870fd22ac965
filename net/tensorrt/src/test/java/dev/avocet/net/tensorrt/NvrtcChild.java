package dev.avocet.net.tensorrt;

import dev.avocet.core.AvocetException;
import dev.avocet.core.internal.EmptyLibrary;
import dev.avocet.core.internal.LibraryFiles;
import dev.avocet.core.internal.Natives;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.bytedeco.cuda.global.nvrtc;
import org.bytedeco.javacpp.Loader;

/**
 * Compiles with NVIDIA's own compiler in a process that has nothing else of NVIDIA, and prints what
 * comes of it.
 */
final class NvrtcChild {
  private NvrtcChild() {}

  /**
   * Runs it.
   *
   * @param args the folder of the compiler; then architectures to compile the kernel for, or {@code
   *     broken} for a program that cannot be
   */
  public static void main(String[] args) {
    Natives.prepare();
    Path folder = Path.of(args[0]);
    for (String files : new String[] {"libnvrtc-builtins.so.*", "libnvrtc.so.*"}) {
      LibraryFiles.list(folder, files).forEach(file -> Loader.loadGlobal(file.toString()));
    }
    NvidiaNames names = new NvidiaNames();
    EmptyLibrary.standInForMissing(
        Stream.of("cuda", "cudart", "nvrtc").map(names::file).toArray(String[]::new));
    TrtLibrary.register(names, true);
    Loader.load(nvrtc.class);
    for (int i = 1; i < args.length; i++) {
      try {
        System.out.println(args[i] + ": " + compile(args[i]));
      } catch (AvocetException e) {
        System.out.println(args[i] + ": " + e.status() + " " + e.getMessage());
      }
    }
  }

  private static String compile(String what) {
    if (what.equals("broken")) {
      return "" + new NvrtcProgram("broken.cu", "int f() { return nothing; }").compile(90).length;
    }
    NvrtcProgram program = new NvrtcProgram("affine_pass.cu", AffineKernel.source());
    byte[] image = program.compile(Integer.parseInt(what));
    String text = new String(image, StandardCharsets.ISO_8859_1);
    if (text.startsWith("\u007fELF")) {
      return text.contains(".text." + AffineKernel.NAME) ? "machine code" : "no kernel";
    }
    String target = text.lines().filter(l -> l.startsWith(".target")).findFirst().orElse("");
    return text.contains(".entry " + AffineKernel.NAME + "(") && text.endsWith("\0")
        ? "PTX " + target
        : "no kernel";
  }
}
