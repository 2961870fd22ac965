/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file avocet_extensions.h
 * What Avocet adds to MMDeploy's API. Handles of tasks, pipelines and trackers may also be given to avocet_warmup and
 * avocet_stats_json of avocet/common.h.
 */
#ifndef MMDEPLOY_AVOCET_EXTENSIONS_H
#define MMDEPLOY_AVOCET_EXTENSIONS_H

#include "common.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Makes a value of a JSON text (RFC 8259), such as a pipeline's config. Later ones of equal names in an object replace
 * earlier ones.
 * @param json ends with a NUL; nested at most 200 deep
 * @param[out] value freed by mmdeploy_value_destroy
 * @return MMDEPLOY_E_INVALID_ARG with the place of the mistake in mmdeploy_last_error
 */
MMDEPLOY_API int mmdeploy_value_create_from_json(const char* json, mmdeploy_value_t* value);

/**
 * A value as one line of JSON. Pictures are {"width", "height", "format"}, masks {"width", "height"}, maps of classes
 * {"width", "height", "classes"}; numbers that are not finite are null.
 * @return valid until the value is destroyed; NULL for NULL and for a stale handle
 */
MMDEPLOY_API const char* mmdeploy_value_json(mmdeploy_value_t value);

/**
 * What went wrong in this thread's last call that failed, or gave NULL, with what to do; empty after one that
 * succeeded. Valid until this thread's next call. Never NULL.
 */
MMDEPLOY_API const char* mmdeploy_last_error(void);

#ifdef __cplusplus
}
#endif
#endif
