package dev.avocet.bridge;

import java.lang.reflect.Modifier;
import org.bytedeco.javacpp.Pointer;
import org.graalvm.nativeimage.hosted.Feature;
import org.graalvm.nativeimage.hosted.RuntimeJNIAccess;
import org.graalvm.nativeimage.hosted.RuntimeReflection;

/**
 * Registers the JavaCPP types that the image reaches, and only those: C++ looks them up by name and
 * makes objects of them without a constructor, and JavaCPP's Loader reads their annotations.
 */
final class PointerFeature implements Feature {
  @Override
  public void beforeAnalysis(BeforeAnalysisAccess access) {
    access.registerSubtypeReachabilityHandler(
        (during, type) -> {
          RuntimeReflection.register(type);
          RuntimeJNIAccess.register(type);
          if (!type.isInterface() && !Modifier.isAbstract(type.getModifiers())) {
            during.registerAsUnsafeAllocated(type);
          }
        },
        Pointer.class);
  }
}
