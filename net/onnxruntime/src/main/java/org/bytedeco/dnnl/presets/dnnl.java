package org.bytedeco.dnnl.presets;

import java.util.AbstractList;
import java.util.List;
import org.bytedeco.javacpp.ClassProperties;
import org.bytedeco.javacpp.LoadEnabled;
import org.bytedeco.javacpp.annotation.Properties;
import org.bytedeco.javacpp.presets.javacpp;

/**
 * Stands in for bytedeco's own class of this name, whose jars (115 MB of oneDNN and OpenCL) are
 * excluded. The ONNX Runtime binding inherits its loading properties from here; so this is also
 * where JavaCPP learns not to unpack and load the binding's own libonnxruntime, its providers, and
 * any CUDA library it finds: {@code OrtLibrary} has loaded the one that counts.
 */
@Properties(inherit = javacpp.class)
public class dnnl implements LoadEnabled {
  /** A list that has everything already and stays empty. */
  private static final class Nothing extends AbstractList<String> {
    @Override
    public String get(int index) {
      throw new IndexOutOfBoundsException(index);
    }

    @Override
    public int size() {
      return 0;
    }

    @Override
    public void add(int index, String element) {
      // What the binding wants loaded beside it is not wanted here.
    }

    @Override
    public boolean contains(Object element) {
      return true;
    }
  }

  @Override
  public void init(ClassProperties properties) {
    List<String> nothing = new Nothing();
    properties.put("platform.link", nothing);
    properties.put("platform.preload", nothing);
  }
}
