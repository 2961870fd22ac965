// Padding before the network: a function that releases before 2026 lack, so that it is asked for by name when it is needed.
#pragma once
#include <dlfcn.h>
#include "openvino/c/openvino.h"

typedef ov_status_e (*avocet_pad_function)(const ov_preprocess_preprocess_steps_t*, const int* const, size_t, const int* const,
                                           size_t, float, int);

static inline avocet_pad_function avocet_find_pad(void) {
    return (avocet_pad_function)dlsym(RTLD_DEFAULT, "ov_preprocess_preprocess_steps_pad");
}

static inline int avocet_can_pad(void) {
    return avocet_find_pad() != NULL;
}

// Adds rows and columns of a value: begin and end have one number for each of 4 axes.
static inline int avocet_pad(const ov_preprocess_preprocess_steps_t* steps, const int* begin, const int* end, float value) {
    avocet_pad_function pad = avocet_find_pad();
    return pad == NULL ? -5 /* NOT_FOUND */ : (int)pad(steps, begin, 4, end, 4, value, 0 /* CONSTANT */);
}
