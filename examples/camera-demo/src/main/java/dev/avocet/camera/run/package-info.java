/** Sources, the handle that all share, tracking and counting: from frames to observations. */
package dev.avocet.camera.run;
