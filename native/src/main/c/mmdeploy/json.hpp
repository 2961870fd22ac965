// SPDX-License-Identifier: Apache-2.0
// Values from JSON texts and back (RFC 8259).
#pragma once

#include "value.hpp"

namespace mm {

// Throws MMDEPLOY_E_INVALID_ARG with the place of a mistake.
Value parse_json(const char* text);

std::string to_json(const Value& value);

}  // namespace mm
