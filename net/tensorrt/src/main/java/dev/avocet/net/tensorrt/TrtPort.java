package dev.avocet.net.tensorrt;

import dev.avocet.core.TensorInfo;
import org.bytedeco.javacpp.BytePointer;

/**
 * One input or output of an engine.
 *
 * @param name as TensorRT takes it, which would make an object of a Java string in each call
 * @param info as the network says
 * @param host whether TensorRT reads or writes it in the host's memory: extents that are computed
 */
record TrtPort(BytePointer name, TensorInfo info, boolean host) {}
