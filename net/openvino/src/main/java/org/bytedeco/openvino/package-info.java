/**
 * OpenVINO's C API, as far as Avocet uses it; see {@link org.bytedeco.openvino.global.openvino}.
 */
package org.bytedeco.openvino;
