// Compiling with a list of properties, and setting one: OpenVINO's own functions take a variable number of arguments, which
// Java cannot give.
#pragma once
#include "openvino/c/openvino.h"

enum { AVOCET_MOST_PROPERTIES = 24 };

// texts: key, value, key, value, ... in an array of 2 * AVOCET_MOST_PROPERTIES, of which `count` are read.
static inline ov_status_e avocet_compile_model(const ov_core_t* core, const ov_model_t* model, const char* device,
                                               const char** t, size_t count, ov_compiled_model_t** compiled) {
    return ov_core_compile_model(core, model, device, count, compiled,
                                 t[0], t[1], t[2], t[3], t[4], t[5], t[6], t[7], t[8], t[9], t[10], t[11],
                                 t[12], t[13], t[14], t[15], t[16], t[17], t[18], t[19], t[20], t[21], t[22], t[23],
                                 t[24], t[25], t[26], t[27], t[28], t[29], t[30], t[31], t[32], t[33], t[34], t[35],
                                 t[36], t[37], t[38], t[39], t[40], t[41], t[42], t[43], t[44], t[45], t[46], t[47]);
}

static inline ov_status_e avocet_set_property(const ov_core_t* core, const char* device, const char* key, const char* value) {
    return ov_core_set_property(core, device, key, value, (const char*)0);
}
