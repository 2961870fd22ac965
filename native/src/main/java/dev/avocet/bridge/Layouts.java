package dev.avocet.bridge;

/**
 * Sizes and offsets, in bytes, of the structs of the C API and of {@code host.h}, as every 64-bit
 * Linux lays them out. A nested class is a struct ({@code CallOptions} is {@code
 * avocet_call_options_t}), {@code BYTES} its size, any other constant the offset of the field of
 * that name. A test compares all of them with what a C compiler says.
 */
final class Layouts {
  static final int POINTER = 8;
  static final int INT32 = 4;
  static final int FLOAT = 4;

  private Layouts() {}

  /** avocet_source_t. */
  static final class Source {
    static final int PATH = 0;
    static final int POSE_PATH = 8;
    static final int DATA = 16;

    /** The field {@code bytes}; BYTES is the struct's size. */
    static final int BYTES_FIELD = 24;

    static final int PARENT = 32;
    static final int POSE_PARENT = 40;
    static final int JSON = 48;
    static final int FOLDER = 56;
    static final int MODELS = 64;
    static final int MODEL_COUNT = 72;
    static final int PARAMS = 80;
    static final int BYTES = 88;

    private Source() {}
  }

  /** avocet_input_t. */
  static final class Input {
    static final int IMAGES = 0;
    static final int COUNT = 8;
    static final int FORM = 12;
    static final int OPTIONS = 16;
    static final int REGIONS = 24;
    static final int REGION_COUNTS = 32;
    static final int VIDEOS = 40;
    static final int STATES = 48;
    static final int MODES = 56;
    static final int VALUES = 64;
    static final int BYTES = 72;

    private Input() {}
  }

  /** avocet_image_t. */
  static final class Image {
    static final int SIZE = 0;
    static final int FORMAT = 4;
    static final int WIDTH = 8;
    static final int HEIGHT = 12;
    static final int ROTATION = 16;
    static final int MEMORY = 20;
    static final int PLANES = 24;
    static final int BYTES = 72;

    private Image() {}
  }

  /** avocet_plane_t. */
  static final class Plane {
    static final int DATA = 0;
    static final int STRIDE = 8;
    static final int BYTES = 16;

    private Plane() {}
  }

  /** avocet_options_t. */
  static final class Options {
    static final int SIZE = 0;
    static final int THREADS = 4;
    static final int DEVICE = 8;
    static final int CONCURRENCY = 16;
    static final int MAX_BATCH = 20;
    static final int PLAN = 24;
    static final int ENGINE_OPTION_COUNT = 28;
    static final int ENGINE_OPTIONS = 32;
    static final int BYTES = 40;

    private Options() {}
  }

  /** avocet_engine_option_t. */
  static final class EngineOption {
    static final int NAME = 0;
    static final int VALUE = 8;
    static final int BYTES = 16;

    private EngineOption() {}
  }

  /** avocet_call_options_t. */
  static final class CallOptions {
    static final int SIZE = 0;
    static final int TOP_K = 4;
    static final int SCORE_THRESHOLD = 8;
    static final int CLASS_COUNT = 12;
    static final int CLASSES = 16;
    static final int REGION_X = 24;
    static final int REGION_Y = 28;
    static final int REGION_WIDTH = 32;
    static final int REGION_HEIGHT = 36;
    static final int DEADLINE_US = 40;
    static final int BYTES = 48;

    private CallOptions() {}
  }

  /** avocet_tracker_params_t. */
  static final class TrackerParams {
    static final int SIZE = 0;
    static final int DETECTION_INTERVAL = 4;
    static final int DETECTION_LABEL = 8;
    static final int DETECTION_THRESHOLD = 12;
    static final int DETECTION_MIN_SIZE = 16;
    static final int DETECTION_NMS_THRESHOLD = 20;
    static final int MAX_POSES = 24;
    static final int KEYPOINT_THRESHOLD = 28;
    static final int MIN_KEYPOINTS = 32;
    static final int BOX_SCALE = 36;
    static final int MIN_BOX_SIZE = 40;
    static final int POSE_NMS_THRESHOLD = 44;
    static final int KEYPOINT_SIGMAS = 48;
    static final int KEYPOINT_SIGMA_COUNT = 56;
    static final int TRACK_IOU_THRESHOLD = 60;
    static final int MAX_MISSING = 64;
    static final int HISTORY_SIZE = 68;
    static final int POSITION_WEIGHT = 72;
    static final int VELOCITY_WEIGHT = 76;
    static final int SMOOTHING_BETA = 80;
    static final int SMOOTHING_CUTOFF = 84;
    static final int VELOCITY_CUTOFF = 88;
    static final int BYTES = 96;

    private TrackerParams() {}
  }

  /** avocet_named_model_t. */
  static final class NamedModel {
    static final int NAME = 0;
    static final int MODEL = 8;
    static final int BYTES = 16;

    private NamedModel() {}
  }

  /** avocet_clips_t. */
  static final class Clips {
    static final int CLIP_LENGTH = 0;
    static final int CLIP_COUNT = 4;
    static final int BYTES = 8;

    private Clips() {}
  }

  /** avocet_value_t. */
  static final class Value {
    static final int KIND = 0;
    static final int COUNT = 4;
    static final int INTEGER = 8;
    static final int REAL = 16;
    static final int TEXT = 24;
    static final int IMAGE = 32;
    static final int ITEMS = 40;
    static final int NAMES = 48;
    static final int BYTES = 56;

    private Value() {}
  }

  /** avocet_point_t. */
  static final class Point {
    static final int X = 0;
    static final int Y = 4;
    static final int BYTES = 8;

    private Point() {}
  }

  /** avocet_rect_t. */
  static final class Rect {
    static final int LEFT = 0;
    static final int TOP = 4;
    static final int RIGHT = 8;
    static final int BOTTOM = 12;
    static final int BYTES = 16;

    private Rect() {}
  }

  /** avocet_quad_t. */
  static final class Quad {
    static final int CORNERS = 0;
    static final int BYTES = 32;

    private Quad() {}
  }

  /** avocet_keypoint_t. */
  static final class Keypoint {
    static final int X = 0;
    static final int Y = 4;
    static final int SCORE = 8;
    static final int BYTES = 12;

    private Keypoint() {}
  }

  /** avocet_classification_t. */
  static final class Classification {
    static final int CLASS_ID = 0;
    static final int SCORE = 4;
    static final int LABEL = 8;
    static final int BYTES = 16;

    private Classification() {}
  }

  /** avocet_detection_t. */
  static final class Detection {
    static final int CLASS_ID = 0;
    static final int SCORE = 4;
    static final int BOX = 8;
    static final int LABEL = 24;
    static final int MASK = 32;
    static final int KEYPOINTS = 40;
    static final int KEYPOINT_COUNT = 48;
    static final int BYTES = 56;

    private Detection() {}
  }

  /** avocet_mask_t. */
  static final class Mask {
    static final int X = 0;
    static final int Y = 4;
    static final int WIDTH = 8;
    static final int HEIGHT = 12;
    static final int DATA = 16;
    static final int BYTES = 24;

    private Mask() {}
  }

  /** avocet_rotated_detection_t. */
  static final class RotatedDetection {
    static final int CLASS_ID = 0;
    static final int SCORE = 4;
    static final int CX = 8;
    static final int CY = 12;
    static final int WIDTH = 16;
    static final int HEIGHT = 20;
    static final int ANGLE = 24;
    static final int LABEL = 32;
    static final int BYTES = 40;

    private RotatedDetection() {}
  }

  /** avocet_segmentation_t. */
  static final class Segmentation {
    static final int X = 0;
    static final int Y = 4;
    static final int WIDTH = 8;
    static final int HEIGHT = 12;
    static final int CLASSES = 16;
    static final int NAME_COUNT = 20;
    static final int LABELS = 24;
    static final int SCORES = 32;
    static final int NAMES = 40;
    static final int BYTES = 48;

    private Segmentation() {}
  }

  /** avocet_text_region_t. */
  static final class TextRegion {
    static final int QUAD = 0;
    static final int SCORE = 32;
    static final int BYTES = 36;

    private TextRegion() {}
  }

  /** avocet_text_t. */
  static final class Text {
    static final int TEXT = 0;
    static final int SCORES = 8;
    static final int SCORE_COUNT = 16;
    static final int SCORE = 20;
    static final int BYTES = 24;

    private Text() {}
  }

  /** avocet_tracked_pose_t. */
  static final class TrackedPose {
    static final int ID = 0;
    static final int KEYPOINT_COUNT = 4;
    static final int BOX = 8;
    static final int KEYPOINTS = 24;
    static final int BYTES = 32;

    private TrackedPose() {}
  }

  /** avocet_device_t. */
  static final class Device {
    static final int NAME = 0;
    static final int ENGINE = 8;
    static final int ENGINE_VERSION = 16;
    static final int FULL_NAME = 24;
    static final int UNAVAILABLE = 32;
    static final int BYTES = 40;

    private Device() {}
  }

  /**
   * What all lists of answers have in common: a count and what it counts; avocet_classifications_t,
   * avocet_detections_t, avocet_rotated_detections_t, avocet_text_regions_t, avocet_texts_t,
   * avocet_pose_t, avocet_poses_t, avocet_tracked_poses_t and avocet_devices_t.
   */
  static final class Items {
    static final int COUNT = 0;
    static final int ITEMS = 8;
    static final int BYTES = 16;

    private Items() {}
  }
}
