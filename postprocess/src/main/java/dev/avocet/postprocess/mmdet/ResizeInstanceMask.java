package dev.avocet.postprocess.mmdet;

import dev.avocet.core.DataType;
import dev.avocet.core.Mask;
import dev.avocet.core.Rect;
import dev.avocet.core.Tensor;
import dev.avocet.core.model.ModelFiles;
import dev.avocet.core.model.Params;
import dev.avocet.core.postprocess.Boxes;
import dev.avocet.core.postprocess.Head;
import dev.avocet.core.postprocess.HeadOptions;
import dev.avocet.core.postprocess.HeadProvider;
import dev.avocet.core.postprocess.NetOutputs;
import dev.avocet.core.preprocess.SampleMeta;
import dev.avocet.postprocess.BilinearPlane;
import dev.avocet.postprocess.LinearAxis;
import dev.avocet.postprocess.Outputs;
import java.nio.FloatBuffer;

/**
 * Detections with masks. Source: MMDeploy 1.3.1, {@code codebase/mmdet/instance_segmentation.cpp}.
 *
 * <p>Reads what {@link ResizeBBox} reads of {@code dets} and {@code labels}, with its parameters,
 * and {@code masks} FLOAT32 [B,N,h,w], one for each of the dets. A pixel belongs to the object
 * where its value, sampled bilinearly, is more than {@code mask_thr_binary} (0.5). There are three
 * kinds:
 *
 * <ul>
 *   <li>with {@code rcnn} (whatever it holds), or without any parameter: a mask covers its box, as
 *       of Mask R-CNN. Its window is the box and a pixel around it, within the picture.
 *   <li>so, and {@code is_resize_mask} (true) is false: the network's own mask as it is, a window
 *       of that size at the same corner. Its pixels are parts of the box, not of the picture.
 *   <li>else: a mask covers the network's input, as of RTMDet-Ins and SOLO. It is resized to {@code
 *       int(h / scale + 0.5)} and its window is the whole picture.
 * </ul>
 *
 * <p>Other than in the reference a detection's mask is its own in the last kind too, not that of
 * another one when one before it has been dropped; and where the resized mask ends before the
 * picture, nothing is there instead of a failure.
 */
public final class ResizeInstanceMask implements Head<Boxes> {
  private static final String MASKS = "masks";

  private final ResizeBBox boxes;
  private final float maskThreshold;
  private final boolean ofBox;
  private final boolean resize;

  private ResizeInstanceMask(Params params) {
    boxes = new ResizeBBox(params);
    maskThreshold = params.floatValue("mask_thr_binary", 0.5f);
    ofBox = params.has("rcnn") || params.keys().isEmpty();
    resize = params.booleanValue("is_resize_mask", true);
  }

  /** Registers the head as {@code mmdet/ResizeInstanceMask}. */
  public static final class Provider implements HeadProvider {
    @Override
    public String module() {
      return "mmdet";
    }

    @Override
    public String component() {
      return "ResizeInstanceMask";
    }

    @Override
    public Head<?> create(Params params, ModelFiles files) {
      return new ResizeInstanceMask(params);
    }
  }

  @Override
  public Class<Boxes> resultType() {
    return Boxes.class;
  }

  @Override
  public Boxes decode(NetOutputs outputs, int index, SampleMeta meta, HeadOptions options) {
    Tensor masks = outputs.get(MASKS);
    if (masks.shape().rank() != 4) {
      throw Outputs.unexpected(MASKS, "FLOAT32[B,N,H,W]", masks);
    }
    Boxes found = boxes.decodeDets(outputs, index, meta, options);
    long[] dets = outputs.get(ResizeBBox.DETS).shape().toArray();
    Outputs.check(MASKS, masks, DataType.FLOAT32, dets[0], dets[1], Outputs.ANY, Outputs.ANY);
    if (ofBox) {
      pasteBoxes(found, masks, index, meta);
    } else {
      resizeAll(found, masks, index, meta);
    }
    return found;
  }

  private void pasteBoxes(Boxes found, Tensor masks, int index, SampleMeta meta) {
    FloatBuffer values = masks.floats();
    int height = (int) masks.shape().dim(2);
    int width = (int) masks.shape().dim(3);
    for (int i = 0; i < found.size(); i++) {
      int at = (index * (int) masks.shape().dim(1) + found.index(i)) * height * width;
      int x = Math.max((int) Math.floor(found.x1(i)) - 1, 0);
      int y = Math.max((int) Math.floor(found.y1(i)) - 1, 0);
      if (resize) {
        int right = Math.min((int) Math.ceil(found.x2(i)) + 1, meta.originalWidth());
        int bottom = Math.min((int) Math.ceil(found.y2(i)) + 1, meta.originalHeight());
        Rect window = new Rect(x, y, right - x, bottom - y);
        PastedMask mask = new PastedMask(values, at, width, height);
        found.mask(
            i,
            mask.paste(window, found.x1(i), found.y1(i), found.x2(i), found.y2(i), maskThreshold));
      } else {
        byte[] pixels = new byte[height * width];
        for (int k = 0; k < pixels.length; k++) {
          pixels[k] = pixel(values.get(at + k));
        }
        found.mask(i, new Mask(new Rect(x, y, width, height), pixels));
      }
    }
  }

  private void resizeAll(Boxes found, Tensor masks, int index, SampleMeta meta) {
    int height = (int) masks.shape().dim(2);
    int width = (int) masks.shape().dim(3);
    int resizedWidth = (int) (width / meta.scaleX() + 0.5);
    int resizedHeight = (int) (height / meta.scaleY() + 0.5);
    int columns = Math.min(resizedWidth, meta.originalWidth());
    int rows = Math.min(resizedHeight, meta.originalHeight());
    if (columns < 1 || rows < 1) {
      throw Outputs.unexpected(MASKS, "masks that are a pixel of the picture or more", masks);
    }
    BilinearPlane plane =
        new BilinearPlane(axis(width, resizedWidth, columns), axis(height, resizedHeight, rows));
    FloatBuffer values = masks.floats();
    Rect picture = new Rect(0, 0, meta.originalWidth(), meta.originalHeight());
    for (int i = 0; i < found.size(); i++) {
      int number = index * (int) masks.shape().dim(1) + found.index(i);
      plane.begin(values, number * height * width, 1);
      byte[] pixels = new byte[picture.width() * picture.height()];
      for (int y = 0; y < rows; y++) {
        float[] row = plane.row(y);
        for (int x = 0; x < columns; x++) {
          pixels[y * picture.width() + x] = pixel(row[x]);
        }
      }
      found.mask(i, new Mask(picture, pixels));
    }
  }

  /** The first {@code samples} of those that the resized mask has. */
  private static LinearAxis axis(int length, int resized, int samples) {
    return new LinearAxis(length, samples, 1 / ((double) resized / length), 0);
  }

  private byte pixel(float value) {
    if (Float.isNaN(value)) {
      throw Outputs.nan("a mask");
    }
    return (byte) (value > maskThreshold ? 255 : 0);
  }
}
