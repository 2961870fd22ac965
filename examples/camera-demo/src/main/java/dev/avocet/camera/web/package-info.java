/**
 * The page and what it talks to: one server ({@link dev.avocet.camera.web.CameraServer}) with the
 * page's files, an interface of HTTP and JSON, the live pictures over WebSocket, health and
 * metrics. docs/camera-api.md describes what it answers.
 */
package dev.avocet.camera.web;
