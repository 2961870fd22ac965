/** Heads for the raw outputs of PaddleOCR's networks (PP-OCR), named as PaddleOCR names them. */
package dev.avocet.postprocess.ppocr;
