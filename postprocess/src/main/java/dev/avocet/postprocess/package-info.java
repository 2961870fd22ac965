/**
 * What heads share: geometry back to source pixels and non-maximum suppression. The heads lie in
 * one package a codebase; start at {@link dev.avocet.postprocess.mmdet.ResizeBBox}.
 */
package dev.avocet.postprocess;
