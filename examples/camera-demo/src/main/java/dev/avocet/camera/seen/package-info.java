/** What was seen in a frame, whatever the model is, and its JSON. */
package dev.avocet.camera.seen;
