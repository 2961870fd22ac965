package dev.avocet.bridge;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;

/**
 * Lets an isolate have only those of JavaCPP's types that it uses. A binding that is loaded tells
 * the Loader the size of every type it has; the Loader prints a warning for each that is not there.
 */
@TargetClass(Loader.class)
final class LoaderSubstitution {
  private LoaderSubstitution() {}

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

  @Alias
  static native void putMemberOffset(Class<? extends Pointer> type, String member, int offset);
}
