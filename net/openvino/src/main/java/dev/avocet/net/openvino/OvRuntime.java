package dev.avocet.net.openvino;

import static org.bytedeco.openvino.global.openvino.ov_available_devices_free;
import static org.bytedeco.openvino.global.openvino.ov_core_create;
import static org.bytedeco.openvino.global.openvino.ov_core_get_available_devices;
import static org.bytedeco.openvino.global.openvino.ov_core_get_property;
import static org.bytedeco.openvino.global.openvino.ov_free;
import static org.bytedeco.openvino.global.openvino.ov_get_last_err_msg;
import static org.bytedeco.openvino.global.openvino.ov_get_openvino_version;
import static org.bytedeco.openvino.global.openvino.ov_version_free;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import dev.avocet.core.internal.Attempt;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openvino.ov_available_devices_t;
import org.bytedeco.openvino.ov_core_t;
import org.bytedeco.openvino.ov_version_t;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * OpenVINO in this process: its core, its release, its element types. Created on first use and kept
 * for ever. Thread safe.
 */
final class OvRuntime {
  private static final Logger LOG = LoggerFactory.getLogger(OvRuntime.class);

  /** {@code INVALID_C_PARAM} of {@code ov_status_e}. */
  private static final int INVALID_PARAMETER = -14;

  private static final class Holder {
    static final Attempt<OvRuntime> ATTEMPT = Attempt.of("OpenVINO", OvRuntime::load, LOG);
  }

  final ov_core_t core = new ov_core_t();
  final OvTypes types;
  private final String build;

  private OvRuntime() {
    try (ov_version_t version = new ov_version_t()) {
      check(ov_get_openvino_version(version));
      build = version.buildNumber().getString();
      ov_version_free(version);
    }
    check(ov_core_create(core));
    types = OvTypes.ask(this);
  }

  private static OvRuntime load() {
    OvLibrary.load();
    return new OvRuntime();
  }

  /** Why there is no runtime, or empty. */
  static Optional<String> unavailable() {
    return Holder.ATTEMPT.unavailable();
  }

  /**
   * The runtime.
   *
   * @throws AvocetException NOT_SUPPORTED where there is none
   */
  static OvRuntime get() {
    return Holder.ATTEMPT.get();
  }

  /** The release, for example {@code 2026.4.1}. */
  String version() {
    int end = build.indexOf('-');
    return end < 0 ? build : build.substring(0, end);
  }

  /** The release and which build of it. */
  String build() {
    return build;
  }

  /** Names of the devices that are there: {@code CPU}, {@code GPU.0}. */
  List<String> devices() {
    try (ov_available_devices_t found = new ov_available_devices_t()) {
      check(ov_core_get_available_devices(core, found));
      try {
        List<String> names = new ArrayList<>();
        for (long i = 0; i < found.size(); i++) {
          names.add(found.devices().get(BytePointer.class, i).getString());
        }
        return names;
      } finally {
        ov_available_devices_free(found);
      }
    }
  }

  /** A property of a device, or empty where it has none of that name. */
  Optional<String> property(String device, String key) {
    BytePointer value = new BytePointer((Pointer) null);
    if (ov_core_get_property(core, device, key, value) != 0) {
      return Optional.empty();
    }
    return Optional.of(take(value));
  }

  /** Whether a device names an ability among its own: {@code FP32}, {@code EXPORT_IMPORT}. */
  boolean hasCapability(String device, String capability) {
    return property(device, "OPTIMIZATION_CAPABILITIES")
        .map(words -> List.of(words.split("[\\s,]+")).contains(capability))
        .orElse(false);
  }

  /** The text at an address that OpenVINO has allocated, which is freed. */
  static String take(BytePointer text) {
    try {
      return text.getString(StandardCharsets.UTF_8);
    } finally {
      ov_free(text);
    }
  }

  /** Throws FAIL where a call that cannot fail in ordinary use did. */
  static void check(int status) {
    if (status != 0) {
      throw failure(status).toException(Status.FAIL, "OpenVINO");
    }
  }

  /**
   * Why the last call failed. OpenVINO keeps one text for all threads: where two calls fail at the
   * same moment, either may get the words of the other.
   */
  static OvFailure failure(int status) {
    if (status == INVALID_PARAMETER) {
      // Found by the C API itself, which leaves the words of an earlier failure.
      return OvFailure.of("a parameter is missing or out of range");
    }
    return failure();
  }

  /** The words of the last failure of OpenVINO itself. */
  static OvFailure failure() {
    BytePointer words = ov_get_last_err_msg();
    return OvFailure.of(words == null ? "" : take(words));
  }
}
