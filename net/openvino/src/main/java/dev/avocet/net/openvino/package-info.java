/**
 * The OpenVINO engine. The entry class is {@link dev.avocet.net.openvino.OvProvider}, found by
 * {@link java.util.ServiceLoader}; everything else is internal.
 */
package dev.avocet.net.openvino;
