/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file answers.h
 * Results as text: the fields of one entry, as dev.avocet.bridge.Expected writes those of the Java handles, and how two
 * such texts compare.
 */
#ifndef AVOCET_TEST_ANSWERS_H
#define AVOCET_TEST_ANSWERS_H

#include <avocet/avocet.h>
#include <stdio.h>

void write_classification(FILE* out, const avocet_classification_t* entry);
void write_detection(FILE* out, const avocet_detection_t* entry);
void write_rotated(FILE* out, const avocet_rotated_detection_t* entry);
void write_segmentation(FILE* out, const avocet_segmentation_t* entry);
void write_picture(FILE* out, const avocet_image_t* entry);
void write_pose(FILE* out, const avocet_pose_t* entry);
void write_tracked(FILE* out, const avocet_tracked_pose_t* entry);
void write_region(FILE* out, const avocet_text_region_t* entry);
void write_text(FILE* out, const avocet_text_t* entry);

/** A pipeline's answer as JSON. */
void write_value(FILE* out, const avocet_value_t* value);

/**
 * Whether two texts say the same. They are compared word by word, where spaces and JSON's punctuation part words;
 * words that are numbers with fractions may differ.
 * @param tolerance by how much at most, for numbers above 1 as a part of them
 */
int alike(const char* expected, const char* found, double tolerance);

#endif
