/** Stands in for a part of bytedeco's dnnl that its ONNX Runtime binding names but never calls. */
package org.bytedeco.dnnl.presets;
