/** The functions of OpenVINO's C API. */
package org.bytedeco.openvino.global;
