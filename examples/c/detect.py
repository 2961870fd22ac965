#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Finds objects in a picture through the C API alone. usage: detect.py PREFIX/lib/libavocet.so MODEL PICTURE"""
import sys
from ctypes import CDLL, POINTER, Structure, byref, c_char_p, c_float, c_int32, c_void_p


class Detection(Structure):
    _fields_ = [("class_id", c_int32), ("score", c_float), ("box", c_float * 4), ("label", c_char_p),
                ("mask", c_void_p), ("keypoints", c_void_p), ("keypoint_count", c_int32), ("reserved", c_int32)]


class Detections(Structure):
    _fields_ = [("count", c_int32), ("reserved", c_int32), ("items", POINTER(Detection))]


library, model, picture = sys.argv[1:]
avocet = CDLL(library)
avocet.avocet_last_error.restype = c_char_p


def call(name, *arguments):
    if getattr(avocet, name)(*arguments) != 0:
        sys.exit(f"{name}: {avocet.avocet_last_error().decode()}")


detector, image, found = c_void_p(), c_void_p(), POINTER(Detections)()
call("avocet_detector_create_by_path", model.encode(), None, byref(detector))
call("avocet_image_read", picture.encode(), byref(image))
call("avocet_detector_apply", detector, image, 1, None, byref(found))
for d in found[0].items[:found[0].count]:
    print(d.label.decode() if d.label else f"class {d.class_id}", f"{d.score:.3f}", *(f"{edge:.1f}" for edge in d.box))
call("avocet_detector_release_result", found)
call("avocet_image_release", image)
call("avocet_detector_destroy", detector)
