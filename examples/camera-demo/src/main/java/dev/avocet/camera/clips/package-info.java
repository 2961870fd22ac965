/** Videos of what happened around events, within a quota on the disk. */
package dev.avocet.camera.clips;
