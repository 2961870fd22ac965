/** The page, driven in a real Chromium. */
package dev.avocet.camera.page;
