package org.bytedeco.openvino.global;

import org.bytedeco.javacpp.*;
import org.bytedeco.javacpp.annotation.*;
import org.bytedeco.openvino.*;

/**
 * The functions of OpenVINO's C API that Avocet calls, all of which 2024.4 and later have. Names
 * and signatures are those of bytedeco's own preset, which is to replace this package once it is
 * published. What a function answers is a status, 0 for success.
 */
@Properties(inherit = org.bytedeco.openvino.presets.openvino.class)
@SuppressWarnings("TypeNameCasing") // the official preset's name
public class openvino {
  static {
    Loader.load();
  }

  /** Values of {@code ov_color_format_e}. */
  public static final int NV12_SINGLE_PLANE = 1,
      I420_SINGLE_PLANE = 3,
      RGB = 5,
      BGR = 6,
      RGBX = 8,
      BGRX = 9;

  /** Value of {@code ov_preprocess_resize_algorithm_e}. */
  public static final int RESIZE_LINEAR = 0;

  private openvino() {}

  /** Release of the library. */
  public static native @Cast("ov_status_e") int ov_get_openvino_version(ov_version_t version);

  /** Frees what the struct points to. */
  public static native void ov_version_free(ov_version_t version);

  /** A copy of the words for the last call that failed, of any thread; freed with ov_free. */
  public static native @Cast("const char*") BytePointer ov_get_last_err_msg();

  /** Frees a text. */
  public static native void ov_free(@Cast("const char*") BytePointer content);

  /** Creates the core. */
  public static native @Cast("ov_status_e") int ov_core_create(@ByPtrPtr ov_core_t core);

  /** Frees the core; networks that it compiled stay. */
  public static native void ov_core_free(ov_core_t core);

  /** Compiles from what was exported, which may be freed afterwards. */
  public static native @Cast("ov_status_e") int ov_core_import_model(
      @Const ov_core_t core,
      @Cast("const char*") BytePointer content,
      @Cast("const size_t") long content_size,
      @Cast("const char*") BytePointer device_name,
      @ByPtrPtr ov_compiled_model_t compiled_model);

  /** Reads a network from files; {@code bin_path} may be null. */
  public static native @Cast("ov_status_e") int ov_core_read_model(
      @Const ov_core_t core,
      @Cast("const char*") BytePointer model_path,
      @Cast("const char*") BytePointer bin_path,
      @ByPtrPtr ov_model_t model);

  /** Reads a network from memory; {@code weights} may be null and has to outlive it. */
  public static native @Cast("ov_status_e") int ov_core_read_model_from_memory_buffer(
      @Const ov_core_t core,
      @Cast("const char*") BytePointer model_str,
      @Cast("const size_t") long str_len,
      @Const ov_tensor_t weights,
      @ByPtrPtr ov_model_t model);

  /** Asks a device for a property; the answer is freed with ov_free. */
  public static native @Cast("ov_status_e") int ov_core_get_property(
      @Const ov_core_t core,
      String device_name,
      String property_key,
      @Cast("char**") @ByPtrPtr BytePointer property_value);

  /** Names of the devices that are there. */
  public static native @Cast("ov_status_e") int ov_core_get_available_devices(
      @Const ov_core_t core, ov_available_devices_t devices);

  /** Frees what the struct points to. */
  public static native void ov_available_devices_free(ov_available_devices_t devices);

  /** Frees a network; what was compiled from it stays. */
  public static native void ov_model_free(ov_model_t model);

  /** Number of inputs. */
  public static native @Cast("ov_status_e") int ov_model_inputs_size(
      @Const ov_model_t model, @Cast("size_t*") SizeTPointer input_size);

  /** Input {@code index}. */
  public static native @Cast("ov_status_e") int ov_model_const_input_by_index(
      @Const ov_model_t model,
      @Cast("const size_t") long index,
      @ByPtrPtr ov_output_const_port_t input_port);

  /** Number of outputs. */
  public static native @Cast("ov_status_e") int ov_model_outputs_size(
      @Const ov_model_t model, @Cast("size_t*") SizeTPointer output_size);

  /** Output {@code index}. */
  public static native @Cast("ov_status_e") int ov_model_const_output_by_index(
      @Const ov_model_t model,
      @Cast("const size_t") long index,
      @ByPtrPtr ov_output_const_port_t output_port);

  /** Gives inputs new extents. */
  public static native @Cast("ov_status_e") int ov_model_reshape_by_port_indexes(
      @Const ov_model_t model,
      @Cast("const size_t*") SizeTPointer port_indexes,
      @Const ov_partial_shape_t partial_shape,
      @Cast("size_t") long size);

  /** Number of inputs. */
  public static native @Cast("ov_status_e") int ov_compiled_model_inputs_size(
      @Const ov_compiled_model_t compiled_model, @Cast("size_t*") SizeTPointer size);

  /** Input {@code index}. */
  public static native @Cast("ov_status_e") int ov_compiled_model_input_by_index(
      @Const ov_compiled_model_t compiled_model,
      @Cast("const size_t") long index,
      @ByPtrPtr ov_output_const_port_t input_port);

  /** Number of outputs. */
  public static native @Cast("ov_status_e") int ov_compiled_model_outputs_size(
      @Const ov_compiled_model_t compiled_model, @Cast("size_t*") SizeTPointer size);

  /** Output {@code index}. */
  public static native @Cast("ov_status_e") int ov_compiled_model_output_by_index(
      @Const ov_compiled_model_t compiled_model,
      @Cast("const size_t") long index,
      @ByPtrPtr ov_output_const_port_t output_port);

  /** A new request. */
  public static native @Cast("ov_status_e") int ov_compiled_model_create_infer_request(
      @Const ov_compiled_model_t compiled_model, @ByPtrPtr ov_infer_request_t infer_request);

  /** Asks a compiled network for a property; the answer is freed with ov_free. */
  public static native @Cast("ov_status_e") int ov_compiled_model_get_property(
      @Const ov_compiled_model_t compiled_model,
      String property_key,
      @Cast("char**") @ByPtrPtr BytePointer property_value);

  /** Writes a compiled network to a file. */
  public static native @Cast("ov_status_e") int ov_compiled_model_export_model(
      @Const ov_compiled_model_t compiled_model,
      @Cast("const char*") BytePointer export_model_path);

  /** Frees a compiled network; its requests stay. */
  public static native void ov_compiled_model_free(ov_compiled_model_t compiled_model);

  /** One of the names of an input or output; freed with ov_free. */
  public static native @Cast("ov_status_e") int ov_port_get_any_name(
      @Const ov_output_const_port_t port, @Cast("char**") @ByPtrPtr BytePointer tensor_name);

  /** Extents of an input or output. */
  public static native @Cast("ov_status_e") int ov_port_get_partial_shape(
      @Const ov_output_const_port_t port, ov_partial_shape_t partial_shape);

  /** Element type of an input or output, in this release's numbers. */
  public static native @Cast("ov_status_e") int ov_port_get_element_type(
      @Const ov_output_const_port_t port, @Cast("ov_element_type_e*") IntPointer tensor_type);

  /** Frees a port. */
  public static native void ov_output_const_port_free(ov_output_const_port_t port);

  /** Frees what the struct points to. */
  public static native void ov_partial_shape_free(ov_partial_shape_t partial_shape);

  /** Makes a shape of fixed extents. */
  public static native @Cast("ov_status_e") int ov_partial_shape_create_static(
      @Cast("const int64_t") long rank,
      @Cast("const int64_t*") LongPointer dims,
      ov_partial_shape_t partial_shape_obj);

  /** Frees what the struct points to. */
  public static native @Cast("ov_status_e") int ov_shape_free(ov_shape_t shape);

  /** A tensor on the caller's memory. */
  public static native @Cast("ov_status_e") int ov_tensor_create_from_host_ptr(
      @Cast("const ov_element_type_e") int type,
      @Const @ByVal ov_shape_t shape,
      Pointer host_ptr,
      @ByPtrPtr ov_tensor_t tensor);

  /** Extents of a tensor. */
  public static native @Cast("ov_status_e") int ov_tensor_get_shape(
      @Const ov_tensor_t tensor, ov_shape_t shape);

  /** Memory of a tensor. */
  public static native @Cast("ov_status_e") int ov_tensor_data(
      @Const ov_tensor_t tensor, @Cast("void**") @ByPtrPtr Pointer data);

  /** Frees a tensor; the caller's memory stays. */
  public static native void ov_tensor_free(ov_tensor_t tensor);

  /** Gives an input its tensor. */
  public static native @Cast("ov_status_e") int ov_infer_request_set_input_tensor_by_index(
      ov_infer_request_t infer_request, @Cast("const size_t") long idx, @Const ov_tensor_t tensor);

  /** Gives an output its tensor. */
  public static native @Cast("ov_status_e") int ov_infer_request_set_output_tensor_by_index(
      ov_infer_request_t infer_request, @Cast("const size_t") long idx, @Const ov_tensor_t tensor);

  /** The tensor of an output. */
  public static native @Cast("ov_status_e") int ov_infer_request_get_output_tensor_by_index(
      @Const ov_infer_request_t infer_request,
      @Cast("const size_t") long idx,
      @ByPtrPtr ov_tensor_t tensor);

  /** Runs and waits. */
  public static native @Cast("ov_status_e") int ov_infer_request_infer(
      ov_infer_request_t infer_request);

  /** Starts a run. */
  public static native @Cast("ov_status_e") int ov_infer_request_start_async(
      ov_infer_request_t infer_request);

  /** Waits for a run that has been started. */
  public static native @Cast("ov_status_e") int ov_infer_request_wait(
      ov_infer_request_t infer_request);

  /** Names the function that is called when a run has ended. */
  public static native @Cast("ov_status_e") int ov_infer_request_set_callback(
      ov_infer_request_t infer_request, @Const ov_callback_t callback);

  /** Frees a request, which must not run. */
  public static native void ov_infer_request_free(ov_infer_request_t infer_request);

  /** What the layers took in the last run. */
  public static native @Cast("ov_status_e") int ov_infer_request_get_profiling_info(
      @Const ov_infer_request_t infer_request, ov_profiling_info_list_t profiling_infos);

  /** Frees what the struct points to. */
  public static native void ov_profiling_info_list_free(ov_profiling_info_list_t profiling_infos);

  /** Makes a layout of a text such as {@code NHWC}. */
  public static native @Cast("ov_status_e") int ov_layout_create(
      String layout_desc, @ByPtrPtr ov_layout_t layout);

  /** Frees a layout. */
  public static native void ov_layout_free(ov_layout_t layout);

  /** Begins to put something before a network, which is changed by it. */
  public static native @Cast("ov_status_e") int ov_preprocess_prepostprocessor_create(
      @Const ov_model_t model, @ByPtrPtr ov_preprocess_prepostprocessor_t preprocess);

  /** Frees it; what was built stays. */
  public static native void ov_preprocess_prepostprocessor_free(
      ov_preprocess_prepostprocessor_t preprocess);

  /** Input {@code tensor_index}. */
  public static native @Cast("ov_status_e") int
      ov_preprocess_prepostprocessor_get_input_info_by_index(
          @Const ov_preprocess_prepostprocessor_t preprocess,
          @Cast("const size_t") long tensor_index,
          @ByPtrPtr ov_preprocess_input_info_t preprocess_input_info);

  /** Frees it. */
  public static native void ov_preprocess_input_info_free(
      ov_preprocess_input_info_t preprocess_input_info);

  /** The caller's side of an input. */
  public static native @Cast("ov_status_e") int ov_preprocess_input_info_get_tensor_info(
      @Const ov_preprocess_input_info_t preprocess_input_info,
      @ByPtrPtr ov_preprocess_input_tensor_info_t preprocess_input_tensor_info);

  /** Frees it. */
  public static native void ov_preprocess_input_tensor_info_free(
      ov_preprocess_input_tensor_info_t preprocess_input_tensor_info);

  /** The steps of an input. */
  public static native @Cast("ov_status_e") int ov_preprocess_input_info_get_preprocess_steps(
      @Const ov_preprocess_input_info_t preprocess_input_info,
      @ByPtrPtr ov_preprocess_preprocess_steps_t preprocess_input_steps);

  /** Frees them. */
  public static native void ov_preprocess_preprocess_steps_free(
      ov_preprocess_preprocess_steps_t preprocess_input_process_steps);

  /** The network's side of an input. */
  public static native @Cast("ov_status_e") int ov_preprocess_input_info_get_model_info(
      @Const ov_preprocess_input_info_t preprocess_input_info,
      @ByPtrPtr ov_preprocess_input_model_info_t preprocess_input_model_info);

  /** Frees it. */
  public static native void ov_preprocess_input_model_info_free(
      ov_preprocess_input_model_info_t preprocess_input_model_info);

  /** Sets the layout that the network takes. */
  public static native @Cast("ov_status_e") int ov_preprocess_input_model_info_set_layout(
      ov_preprocess_input_model_info_t preprocess_input_model_info, ov_layout_t layout);

  /** Sets the element type that the caller gives, in this release's numbers. */
  public static native @Cast("ov_status_e") int ov_preprocess_input_tensor_info_set_element_type(
      ov_preprocess_input_tensor_info_t preprocess_input_tensor_info,
      @Cast("const ov_element_type_e") int element_type);

  /** Sets the colour format that the caller gives. */
  public static native @Cast("ov_status_e") int ov_preprocess_input_tensor_info_set_color_format(
      ov_preprocess_input_tensor_info_t preprocess_input_tensor_info,
      @Cast("const ov_color_format_e") int colorFormat);

  /** Sets the height and width that the caller gives. */
  public static native @Cast("ov_status_e") int
      ov_preprocess_input_tensor_info_set_spatial_static_shape(
          ov_preprocess_input_tensor_info_t preprocess_input_tensor_info,
          @Cast("const size_t") long input_height,
          @Cast("const size_t") long input_width);

  /** Sets the layout that the caller gives. */
  public static native @Cast("ov_status_e") int ov_preprocess_input_tensor_info_set_layout(
      ov_preprocess_input_tensor_info_t preprocess_input_tensor_info, ov_layout_t layout);

  /** Adds a change of the element type. */
  public static native @Cast("ov_status_e") int ov_preprocess_preprocess_steps_convert_element_type(
      ov_preprocess_preprocess_steps_t preprocess_input_process_steps,
      @Cast("const ov_element_type_e") int element_type);

  /** Adds a change of the colour format. */
  public static native @Cast("ov_status_e") int ov_preprocess_preprocess_steps_convert_color(
      ov_preprocess_preprocess_steps_t preprocess_input_process_steps,
      @Cast("const ov_color_format_e") int colorFormat);

  /** Adds sampling at the size that the network takes. */
  public static native @Cast("ov_status_e") int ov_preprocess_preprocess_steps_resize(
      ov_preprocess_preprocess_steps_t preprocess_input_process_steps,
      @Cast("const ov_preprocess_resize_algorithm_e") int resize_algorithm);

  /** Adds keeping a part. */
  public static native @Cast("ov_status_e") int ov_preprocess_preprocess_steps_crop(
      ov_preprocess_preprocess_steps_t preprocess_input_process_steps,
      int[] begin,
      int begin_size,
      int[] end,
      int end_size);

  /** Adds a subtraction for each channel. */
  public static native @Cast("ov_status_e") int ov_preprocess_preprocess_steps_mean_multi_channels(
      ov_preprocess_preprocess_steps_t preprocess_input_process_steps,
      @Const float[] values,
      int value_size);

  /** Adds a division for each channel. */
  public static native @Cast("ov_status_e") int ov_preprocess_preprocess_steps_scale_multi_channels(
      ov_preprocess_preprocess_steps_t preprocess_input_process_steps,
      @Const float[] values,
      int value_size);

  /** Puts the steps before the network. */
  public static native @Cast("ov_status_e") int ov_preprocess_prepostprocessor_build(
      @Const ov_preprocess_prepostprocessor_t preprocess, @ByPtrPtr ov_model_t model);
}
