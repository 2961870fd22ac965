/** Heads of YuNet's raw outputs. */
package dev.avocet.postprocess.yunet;
