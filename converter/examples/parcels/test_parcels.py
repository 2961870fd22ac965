# Copyright 2026 The Avocet authors
# SPDX-License-Identifier: Apache-2.0
"""Tests of the geometry, the pictures' determinism, the decoding and the AP; no training needed."""

import json
import math

import cv2
import numpy as np
import pytest

import evaluate
import scenes


def rows(*values):
    return np.array(values, float).reshape(-1, 6)


def truth(*values):
    return np.array(values, float).reshape(-1, 5)


BOX = (10, 10, 30, 30)
FAR = (60, 60, 80, 80)


def test_ap_is_one_for_perfect_detections():
    pictures = [(truth((0, *BOX), (0, *FAR)), rows((0, 0.9, *BOX), (0, 0.8, *FAR)))]
    assert evaluate.class_ap(pictures, 0, 0.5) == (1.0, 2)


def test_ap_samples_precision_at_101_recalls():
    pictures = [(truth((0, *BOX), (0, *FAR)), rows((0, 0.9, *BOX)))]
    ap, _ = evaluate.class_ap(pictures, 0, 0.5)
    assert ap == pytest.approx(51 / 101)  # recalls 0.00 ... 0.50 at precision 1


def test_a_false_box_above_a_hit_costs_precision():
    ap = evaluate.average_precision(np.array([0.9, 0.8]), np.array([False, True]), 1)
    assert ap == pytest.approx(0.5)


def test_a_second_box_on_a_code_is_false():
    marks = evaluate.match(np.array([BOX, BOX], float), np.array([BOX], float), np.array([True]), 0.5)
    assert marks.tolist() == [1, 0]


def test_codes_outside_a_bucket_are_left_out():
    pictures = [(truth((0, *BOX), (0, 100, 100, 300, 300)), rows((0, 0.9, 100, 100, 300, 300), (0, 0.8, *BOX)))]
    assert evaluate.class_ap(pictures, 0, 0.5, (20, 40)) == (1.0, 1)


def test_a_class_without_codes_has_no_ap():
    assert math.isnan(evaluate.class_ap([(truth(), rows())], 1, 0.5)[0])


def test_decode_follows_the_levels_in_order():
    size = 64
    output = np.zeros((64 + 16 + 4, 8), np.float32)
    output[9, :] = (0.5, 0.5, math.log(2), 0, 0.5, 1, 0, 0)  # row 1, column 1 of stride 8
    output[64 + 16 + 1, :] = (0, 0, 0, 0, 1, 0, 0.5, 0)  # row 0, column 1 of stride 32
    found = evaluate.decode(output, size)
    np.testing.assert_allclose(found[9], (12, 12, 16, 8, 0.5, 0, 0), rtol=1e-6)
    np.testing.assert_allclose(found[81], (32, 0, 32, 32, 0, 0.5, 0), rtol=1e-6)


def test_the_network_decodes_as_the_evaluation_does():
    torch = pytest.importorskip("torch")
    import model
    raw = np.random.default_rng(0).normal(size=(64 + 16 + 4, 8)).astype(np.float32)
    corners = model.decode(torch.from_numpy(raw), model.anchor_points(64, 64)).numpy()
    found = evaluate.decode(raw, 64)
    np.testing.assert_allclose((corners[:, :2] + corners[:, 2:]) / 2, found[:, :2], rtol=1e-4, atol=1e-4)
    np.testing.assert_allclose(corners[:, 2:] - corners[:, :2], found[:, 2:4], rtol=1e-4, atol=1e-4)


def test_suppression_keeps_the_best_of_overlapping_boxes():
    boxes = np.array([BOX, (11, 10, 31, 30), FAR], float)
    assert evaluate.suppress(boxes, np.array([0.5, 0.9, 0.3]), 0.45) == [1, 2]


def test_letterbox_is_at_the_top_left():
    padded, scale = evaluate.letterbox(np.zeros((50, 100, 3), np.uint8), 64)
    assert scale == 0.64 and (padded[:32] == 0).all() and (padded[32:] == 114).all()


def test_an_untilted_plane_only_turns():
    plane = scenes.tilted_plane(math.pi / 2, 0.3, 0, 100)
    np.testing.assert_allclose(scenes.project(plane, np.array([[3.0, 0.0]])), [[0, 3]], atol=1e-12)


def test_a_tilt_of_60_degrees_halves_across_its_axis():
    plane = scenes.tilted_plane(0, 0, math.radians(60), 1e9)
    np.testing.assert_allclose(scenes.project(plane, np.array([[1.0, 0.0], [0.0, 1.0]])), [[1, 0], [0, 0.5]], atol=1e-6)


def test_the_box_is_where_the_modules_are_drawn():
    rng = np.random.default_rng(5)
    img = np.full((200, 240, 3), 255, np.float32)
    panel = scenes.Panel(200, 160, (255, 255, 255), (0, 0, 0))
    panel.stamp(np.full((60, 90), 255, np.uint8), 40, 30, (0, 0, 0))
    plane = scenes.tilted_plane(0.6, 1.1, math.radians(50), 400)
    homography = scenes.scale_shift(1, 120, 100) @ plane @ scenes.scale_shift(0.5, -50, -40)
    scenes.paste(rng, img, panel, homography)
    x1, y1, x2, y2 = scenes.bounds(scenes.project(homography, scenes.rect_corners(40, 30, 90, 60)))
    dark = np.argwhere(img[..., 0] < 60)
    np.testing.assert_allclose([*dark.min(0)[::-1], *dark.max(0)[::-1] + 1], [x1, y1, x2, y2], atol=1.6)


@pytest.mark.parametrize("split", scenes.SPLITS)
def test_a_seed_gives_the_same_picture(split):
    try:
        first, boxes = scenes.scene(scenes.scene_rng(split, 5, 3), split, 320, 320)
    except OSError as missing:
        pytest.skip(f"a font is not installed: {missing}")
    again, same = scenes.scene(scenes.scene_rng(split, 5, 3), split, 320, 320)
    other, _ = scenes.scene(scenes.scene_rng(split, 6, 3), split, 320, 320)
    assert np.array_equal(first, again) and json.dumps(boxes) == json.dumps(same)
    assert not np.array_equal(first, other)
    if split == "empty":
        assert not boxes
    for box in boxes:
        x1, y1, x2, y2 = box["box"]
        assert x1 >= 0 and y1 >= 0 and x2 <= 320 and y2 <= 320
        assert scenes.MIN_SIDE - 0.1 <= max(x2 - x1, y2 - y1) <= scenes.MAX_SIDE + 0.1
        assert 0 <= box["tilt"] <= scenes.MAX_TILT


def test_symbols_are_the_real_thing():
    rng = np.random.default_rng(1)
    qr = scenes.qr_symbol(rng, 40)
    assert qr.shape[0] <= 40 and qr[:7, :7].sum() == 33  # a finder pattern
    matrix = scenes.data_matrix_symbol(rng, 20, False)
    assert matrix[:, 0].all() and matrix[-1].all() and matrix[0, ::2].all() and not matrix[0, 1::2].any()
    bars, _ = scenes.linear_symbol(rng, 70)
    assert len(bars) <= 70 and bars[0] and bars[-1]
    assert "".join("01"[int(b)] for b in scenes.linear_bars("ean8", "9638507")).startswith("101")


def test_training_crops_keep_their_boxes():
    pytest.importorskip("torch")
    import train
    img = np.full((200, 200, 3), 255, np.uint8)
    cv2.rectangle(img, (60, 80), (119, 109), (0, 0, 0), -1)
    for seed in range(20):
        crop, boxes = train.augment(np.random.default_rng(seed), img, np.array([[2, 60, 80, 120, 110]], np.float32), 240)
        assert crop.shape == (240, 240, 3) and boxes[0, 0] == 2
        x1, y1, x2, y2 = boxes[0, 1:].astype(int)
        assert crop[y1 + 8:y2 - 8, x1 + 8:x2 - 8].mean() + 20 < crop[y1:y2, max(0, x1 - 12):x1 - 6].mean()
