/** The page and what it talks to. */
package dev.avocet.camera.web;
