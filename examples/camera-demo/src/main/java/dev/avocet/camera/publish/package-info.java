/** Where observations go: files of JSON lines, MQTT, webhooks. */
package dev.avocet.camera.publish;
