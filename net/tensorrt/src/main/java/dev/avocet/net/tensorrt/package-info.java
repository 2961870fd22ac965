/**
 * The TensorRT engine: networks on NVIDIA's GPUs, on boards and in desktops. Entry class: {@link
 * dev.avocet.net.tensorrt.TrtProvider}.
 */
package dev.avocet.net.tensorrt;
