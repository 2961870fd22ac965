/** How JavaCPP binds OpenVINO's C API. */
package org.bytedeco.openvino.presets;
