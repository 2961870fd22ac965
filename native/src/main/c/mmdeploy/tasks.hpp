// SPDX-License-Identifier: Apache-2.0
// What the functions of all tasks have in common.
#pragma once

#include "answers.hpp"
#include "task.hpp"

namespace mm {

// [[{"ori_img": picture}, …]]
Value input_of(const mmdeploy_mat_t* mats, int count);
void give_input(const mmdeploy_mat_t* mats, int count, mmdeploy_value_t* value);

template <typename H>
void open(Kind kind, mmdeploy_model_t model, const Settings& settings, H* handle) {
  require(handle != nullptr, "the out parameter for the handle is NULL");
  *handle = static_cast<H>(open_task(kind, model_of(model), settings));
}

template <typename H>
void open(Kind kind, mmdeploy_model_t model, const char* device_name, int device_id, H* handle) {
  Settings settings;
  settings.device = device_named(device_name, device_id);
  open(kind, model, settings, handle);
}

template <typename H>
void open_path(Kind kind, const char* path, const char* device_name, int device_id, H* handle) {
  require(handle != nullptr, "the out parameter for the handle is NULL");
  device_named(device_name, device_id);
  mmdeploy_model_t model = nullptr;
  int status = mmdeploy_model_create_by_path(path, &model);
  if (status != MMDEPLOY_SUCCESS) {
    throw Failure(status, last_error());
  }
  std::shared_ptr<mmdeploy_model> owner(model, mmdeploy_model_destroy);
  open(kind, model, device_name, device_id, handle);
}

inline void run_value(Kind kind, const void* handle, mmdeploy_value_t input, mmdeploy_value_t* output) {
  TaskPtr task = task_of(handle, kind);
  require(output != nullptr, "output=NULL");
  *output = give(run_and_wait(task, value_of(input)));
}

inline void run_sender(Kind kind, const void* handle, mmdeploy_sender_t input, mmdeploy_sender_t* output) {
  TaskPtr task = task_of(handle, kind);
  require(output != nullptr, "output=NULL");
  *output = give(apply_async(task, take_input(input)));
}

inline void run_input(Kind kind, const void* handle, Value input, mmdeploy_sender_t* output) {
  TaskPtr task = task_of(handle, kind);
  require(output != nullptr, "output=NULL");
  *output = give(apply_async(task, just(std::move(input))));
}

// An answer with counts; the out parameters are looked at before anything runs.
template <typename R>
void answer(Kind kind, const void* handle, Value input, R** results, int** result_count) {
  TaskPtr task = task_of(handle, kind);
  require(results != nullptr && result_count != nullptr, "results=NULL or result_count=NULL");
  give_results(kind, run_and_wait(task, std::move(input)), results, result_count);
}

template <typename R>
void answer(Kind kind, const void* handle, Value input, R** results) {
  TaskPtr task = task_of(handle, kind);
  require(results != nullptr, "results=NULL");
  give_results(kind, run_and_wait(task, std::move(input)), results);
}

}  // namespace mm

// The functions of a task that differ in types only. TASK is the name in functions and types.
#define MM_TASK_HANDLE(TASK, KIND)                                                                               \
  int mmdeploy_##TASK##_create(mmdeploy_model_t model, const char* device_name, int device_id,                   \
                               mmdeploy_##TASK##_t* handle) {                                                    \
    return mm::guarded([=] { mm::open(mm::Kind::KIND, model, device_name, device_id, handle); });                \
  }                                                                                                              \
  int mmdeploy_##TASK##_create_by_path(const char* path, const char* device_name, int device_id,                 \
                                       mmdeploy_##TASK##_t* handle) {                                            \
    return mm::guarded([=] { mm::open_path(mm::Kind::KIND, path, device_name, device_id, handle); });            \
  }                                                                                                              \
  int mmdeploy_##TASK##_create_v2(mmdeploy_model_t model, mmdeploy_context_t context,                            \
                                  mmdeploy_##TASK##_t* handle) {                                                 \
    return mm::guarded([=] { mm::open(mm::Kind::KIND, model, mm::settings_of(context), handle); });              \
  }                                                                                                              \
  void mmdeploy_##TASK##_destroy(mmdeploy_##TASK##_t handle) {                                                   \
    mm::guarded([=] { mm::close_task(handle, mm::Kind::KIND); });                                                \
  }                                                                                                              \
  int mmdeploy_##TASK##_apply_v2(mmdeploy_##TASK##_t handle, mmdeploy_value_t input, mmdeploy_value_t* output) { \
    return mm::guarded([=] { mm::run_value(mm::Kind::KIND, handle, input, output); });                           \
  }

#define MM_TASK_ASYNC(TASK, KIND)                                                                \
  int mmdeploy_##TASK##_apply_async(mmdeploy_##TASK##_t handle, mmdeploy_sender_t input,         \
                                    mmdeploy_sender_t* output) {                                 \
    return mm::guarded([=] { mm::run_sender(mm::Kind::KIND, handle, input, output); });          \
  }

#define MM_TASK_PICTURES(TASK)                                                                                \
  int mmdeploy_##TASK##_create_input(const mmdeploy_mat_t* mats, int mat_count, mmdeploy_value_t* value) {    \
    return mm::guarded([=] { mm::give_input(mats, mat_count, value); });                                      \
  }

// Answers with counts.
#define MM_TASK_COUNTED(TASK, KIND, RESULT)                                                                      \
  int mmdeploy_##TASK##_apply(mmdeploy_##TASK##_t handle, const mmdeploy_mat_t* mats, int mat_count,             \
                              RESULT** results, int** result_count) {                                            \
    return mm::guarded(                                                                                          \
        [=] { mm::answer(mm::Kind::KIND, handle, mm::input_of(mats, mat_count), results, result_count); });      \
  }                                                                                                              \
  int mmdeploy_##TASK##_get_result(mmdeploy_value_t output, RESULT** results, int** result_count) {              \
    return mm::guarded([=] {                                                                                     \
      mm::require(results != nullptr && result_count != nullptr, "results=NULL or result_count=NULL");           \
      mm::give_results(mm::Kind::KIND, mm::value_of(output), results, result_count);                             \
    });                                                                                                          \
  }

// The answer of a value, one entry a sample.
#define MM_TASK_RESULT(TASK, KIND, RESULT)                                          \
  int mmdeploy_##TASK##_get_result(mmdeploy_value_t output, RESULT** results) {     \
    return mm::guarded([=] {                                                        \
      mm::require(results != nullptr, "results=NULL");                              \
      mm::give_results(mm::Kind::KIND, mm::value_of(output), results);              \
    });                                                                             \
  }                                                                                 \
  void mmdeploy_##TASK##_release_result(RESULT* results, int) {                     \
    mm::release(mm::Kind::KIND, results);                                           \
  }
