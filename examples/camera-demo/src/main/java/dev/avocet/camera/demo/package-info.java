/** A source that needs no camera: parcels on a belt. */
package dev.avocet.camera.demo;
