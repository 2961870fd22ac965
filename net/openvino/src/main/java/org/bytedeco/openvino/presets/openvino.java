package org.bytedeco.openvino.presets;

import org.bytedeco.javacpp.annotation.Platform;
import org.bytedeco.javacpp.annotation.Properties;

/**
 * How JavaCPP binds OpenVINO's C API. Nothing is linked: the soname of the library carries its
 * release, so whichever is there is loaded globally first, and the binding takes its functions from
 * it.
 */
@Properties(
    value =
        @Platform(
            value = {"linux-x86_64", "linux-arm64"},
            include = "openvino/c/openvino.h"),
    target = "org.bytedeco.openvino",
    global = "org.bytedeco.openvino.global.openvino")
@SuppressWarnings("TypeNameCasing") // the official preset's name
public class openvino {}
