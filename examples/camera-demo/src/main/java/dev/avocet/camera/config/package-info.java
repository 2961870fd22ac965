/** What the application is told: records that are read from and written to a file of JSON. */
package dev.avocet.camera.config;
