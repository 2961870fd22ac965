package dev.avocet.bridge;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.net.URL;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;

/**
 * What JavaCPP's Loader does otherwise in an isolate, which has only those of JavaCPP's types that
 * it uses, and no native library in itself.
 */
@TargetClass(Loader.class)
final class LoaderSubstitution {
  private LoaderSubstitution() {}

  /**
   * A binding that is loaded tells the size of every type it has. The original prints a warning for
   * each that is not there.
   */
  @Substitute
  static Class<?> putMemberOffset(String type, String member, int offset) {
    try {
      Class<?> found = Class.forName(type.replace('/', '.'), false, null);
      if (member != null) {
        putMemberOffset(found.asSubclass(Pointer.class), member, offset);
      }
      return found;
    } catch (ClassNotFoundException e) {
      // Nothing in the image uses it.
      return null;
    }
  }

  /** The original looks for hundreds of libraries among the resources, which takes a second. */
  @Substitute
  public static URL[] findResources(Class<?> type, String name, int maxLength) {
    return new URL[0];
  }

  @Alias
  static native void putMemberOffset(Class<? extends Pointer> type, String member, int offset);
}
