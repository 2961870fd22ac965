package dev.avocet.bridge;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import org.bytedeco.javacpp.LoadEnabled;
import org.bytedeco.javacpp.Pointer;
import org.graalvm.nativeimage.hosted.Feature;
import org.graalvm.nativeimage.hosted.RuntimeJNIAccess;
import org.graalvm.nativeimage.hosted.RuntimeReflection;

/**
 * Tells native-image what of JavaCPP's bindings is looked up by name as they run. The
 * configurations in their jars name everything, which is hundreds of classes that nothing calls.
 */
final class JavaCppFeature implements Feature {
  /** What the Loader reads the annotations of, and initialises, before it loads a library. */
  static final List<String> LIBRARIES =
      List.of(
          "org.bytedeco.javacpp.presets.javacpp",
          "org.bytedeco.openblas.presets.openblas",
          "org.bytedeco.openblas.presets.openblas_nolapack",
          "org.bytedeco.openblas.global.openblas",
          "org.bytedeco.openblas.global.openblas_nolapack",
          "org.bytedeco.opencv.presets.opencv_core",
          "org.bytedeco.opencv.presets.opencv_imgproc",
          "org.bytedeco.opencv.presets.opencv_imgcodecs",
          "org.bytedeco.opencv.global.opencv_core",
          "org.bytedeco.opencv.global.opencv_imgproc",
          "org.bytedeco.opencv.global.opencv_imgcodecs",
          "org.bytedeco.onnxruntime.presets.onnxruntime",
          "org.bytedeco.onnxruntime.global.onnxruntime");

  @Override
  public void beforeAnalysis(BeforeAnalysisAccess access) {
    for (String name : LIBRARIES) {
      Class<?> library = access.findClassByName(name);
      RuntimeReflection.register(library);
      if (LoadEnabled.class.isAssignableFrom(library)) {
        RuntimeReflection.registerForReflectiveInstantiation(library);
      }
      returned(access, library);
    }
    access.registerSubtypeReachabilityHandler(
        (during, type) -> {
          register(during, type);
          returned(during, type);
        },
        Pointer.class);
  }

  /** What its native functions return, although no Java code makes such objects. */
  private static void returned(BeforeAnalysisAccess access, Class<?> type) {
    for (Method method : type.getDeclaredMethods()) {
      if (Modifier.isNative(method.getModifiers())
          && Pointer.class.isAssignableFrom(method.getReturnType())) {
        register(access, method.getReturnType());
      }
    }
  }

  /** C++ finds a pointer's type by its name and makes objects of it without a constructor. */
  private static void register(BeforeAnalysisAccess access, Class<?> pointer) {
    RuntimeReflection.register(pointer);
    RuntimeJNIAccess.register(pointer);
    if (!Modifier.isAbstract(pointer.getModifiers())) {
      access.registerAsUnsafeAllocated(pointer);
    }
  }
}
