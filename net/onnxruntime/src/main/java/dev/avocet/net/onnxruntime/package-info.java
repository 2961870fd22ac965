/**
 * The ONNX Runtime engine. The entry class is {@link dev.avocet.net.onnxruntime.OrtProvider}, found
 * by {@link java.util.ServiceLoader}; everything else is internal.
 */
package dev.avocet.net.onnxruntime;
