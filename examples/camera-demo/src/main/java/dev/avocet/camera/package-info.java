/** Cameras in, a live page out: an application around the public API of Avocet. */
package dev.avocet.camera;
