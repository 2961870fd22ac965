/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file answers.h
 * Results as text, one line for each thing that was found, as dev.avocet.bridge.Expected writes those of the Java
 * handles. Numbers with nine digits tell a float from its neighbours.
 */
#ifndef AVOCET_TEST_ANSWERS_H
#define AVOCET_TEST_ANSWERS_H

#include <avocet/avocet.h>
#include <stdio.h>

void write_classifications(FILE* out, const avocet_classifications_t* results);
void write_detections(FILE* out, const avocet_detections_t* results);
void write_segmentation(FILE* out, const avocet_segmentation_t* results);
void write_picture(FILE* out, const avocet_image_t* results);
void write_rotated(FILE* out, const avocet_rotated_detections_t* results);
void write_poses(FILE* out, const avocet_poses_t* results);
void write_regions(FILE* out, const avocet_text_regions_t* results);
void write_texts(FILE* out, const avocet_texts_t* results);
void write_tracked(FILE* out, const avocet_tracked_poses_t* results);
void write_value(FILE* out, const avocet_value_t* value);

#endif
