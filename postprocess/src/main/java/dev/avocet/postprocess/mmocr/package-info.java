/** Heads that find and read text, named as MMOCR's exporter names them. */
package dev.avocet.postprocess.mmocr;
