#!/usr/bin/env python3
# Copyright 2026 The Avocet authors
# SPDX-License-Identifier: Apache-2.0
"""Measure a detector of printed codes on rendered pictures.

    python evaluate.py HELDOUT --onnx end2end.onnx [--empty EMPTY] [--threshold 0.3]
    python evaluate.py HELDOUT --detections found.jsonl [--empty EMPTY --empty-detections none.jsonl]

The second form reads the lines that `avocet detect --json --score 0.01` prints, so that the numbers
are those of the product's own `Detector`:

    {"input": "a/000000.jpg", "detections": [{"class_id": 0, "score": 0.9, "box": [x1, y1, x2, y2]}]}

AP is COCO's: detections of a class in the order of their score, each matched to the free code of
its picture with the highest IoU, precision made monotonous and sampled at 101 recalls; at most 100
detections a picture. AP50:95 is the mean over IoU 0.50, 0.55 ... 0.95, "overall" the mean over
classes. By size, only codes whose box's longer side lies in the bucket count; detections matched to
other codes, or unmatched and outside the bucket, are left out.
"""

import argparse
import json
from pathlib import Path

import cv2
import numpy as np

CLASSES = ("qr_code", "data_matrix", "barcode")
STRIDES = (8, 16, 32)
IOUS = np.arange(0.5, 0.96, 0.05)
BUCKETS = ((20, 40), (40, 60), (60, 100), (100, 200), (200, 301))
MOST = 100


def iou_matrix(a, b):
    """IoU of boxes (n, 4) with boxes (m, 4)."""
    low = np.maximum(a[:, None, :2], b[None, :, :2])
    high = np.minimum(a[:, None, 2:], b[None, :, 2:])
    shared = np.prod(np.clip(high - low, 0, None), 2)
    areas = [np.prod(x[:, 2:] - x[:, :2], 1) for x in (a, b)]
    return shared / np.maximum(areas[0][:, None] + areas[1][None] - shared, 1e-9)


def longer_side(boxes):
    """The longer side of boxes (n, 4)."""
    return np.max(boxes[:, 2:] - boxes[:, :2], 1) if len(boxes) else np.zeros(0)


def average_precision(scores, hits, wanted):
    """101-point AP of detections with `scores`, `hits` (bool) against `wanted` codes."""
    if not wanted:
        return float("nan")
    hits = hits[np.argsort(-scores, kind="stable")]
    true = np.cumsum(hits)
    recall = true / wanted
    precision = true / np.arange(1, len(hits) + 1)
    precision = np.maximum.accumulate(precision[::-1])[::-1]
    at = np.searchsorted(recall, np.linspace(0, 1, 101) - 1e-9)
    return float(np.where(at < len(precision), np.append(precision, 0)[np.minimum(at, len(precision))], 0).mean())


def match(found, truth, counted, iou):
    """Match detections (score order) with codes at an IoU; `counted` says which codes count.
    Returns per detection 1 (hit), 0 (false) or -1 (met a code that does not count)."""
    result = np.zeros(len(found), int)
    if not len(truth):
        return result
    overlap = iou_matrix(found, truth)
    free = np.ones(len(truth), bool)
    for i, row in enumerate(overlap):
        for codes, mark in ((counted, 1), (~counted, -1)):
            open_to = np.where(codes & free, row, -1)
            best = int(open_to.argmax())
            if open_to[best] >= iou:
                free[best], result[i] = False, mark
                break
    return result


def class_ap(pictures, kind, iou, bucket=None):
    """AP of one class at one IoU over [(truth, found)]: truth rows (class, box), found rows
    (class, score, box)."""
    scores, hits, wanted = [], [], 0
    for truth, found in pictures:
        boxes = truth[truth[:, 0] == kind, 1:]
        mine = found[found[:, 0] == kind]
        mine = mine[np.argsort(-mine[:, 1], kind="stable")]
        counted = np.ones(len(boxes), bool)
        if bucket:
            counted = (longer_side(boxes) >= bucket[0]) & (longer_side(boxes) < bucket[1])
        marks = match(mine[:, 2:], boxes, counted, iou)
        keep = marks >= 0
        if bucket:
            sides = longer_side(mine[:, 2:])
            keep &= (marks == 1) | (sides >= bucket[0]) & (sides < bucket[1])
        scores.append(mine[keep, 1])
        hits.append(marks[keep] == 1)
        wanted += int(counted.sum())
    return average_precision(np.concatenate(scores), np.concatenate(hits), wanted), wanted


def letterbox(img, size):
    """Resized at the top left of a `size` square padded with 114, and the scale."""
    scale = min(size / img.shape[0], size / img.shape[1])
    h, w = (max(1, int(x * scale + 0.5)) for x in img.shape[:2])
    out = np.full((size, size, 3), 114, np.uint8)
    out[:h, :w] = cv2.resize(img, (w, h), interpolation=cv2.INTER_LINEAR)
    return out, scale


def decode(output, size):
    """Rows (cx, cy, w, h, score a class ...) in px of the network's picture from one raw output."""
    points = []
    for stride in STRIDES:
        y, x = np.mgrid[0:size // stride, 0:size // stride]
        points.append(np.stack([x.ravel(), y.ravel(), np.full(x.size, stride)], 1))
    points = np.concatenate(points).astype(np.float32)
    centre = (output[:, :2] + points[:, :2]) * points[:, 2:]
    extent = np.exp(output[:, 2:4]) * points[:, 2:]
    return np.concatenate([centre, extent, output[:, 4:5] * output[:, 5:]], 1)


def suppress(boxes, scores, iou):
    """Greedy NMS; returns the indices kept, by falling score."""
    order = np.argsort(-scores, kind="stable")
    kept = []
    while len(order):
        kept.append(order[0])
        order = order[1:][iou_matrix(boxes[order[:1]], boxes[order[1:]])[0] <= iou]
    return kept


def detect(session, img, least, nms=0.45, size=640):
    """Rows (class, score, x1, y1, x2, y2) in the picture's px."""
    padded, scale = letterbox(img, size)
    blob = padded.transpose(2, 0, 1)[None].astype(np.float32)
    rows = decode(session.run(None, {session.get_inputs()[0].name: blob})[0][0], size)
    found = []
    for kind in range(rows.shape[1] - 4):
        mine = rows[rows[:, 4 + kind] >= least]
        corners = np.concatenate([mine[:, :2] - mine[:, 2:4] / 2, mine[:, :2] + mine[:, 2:4] / 2], 1)
        for i in suppress(corners, mine[:, 4 + kind], nms):
            box = np.clip(corners[i] / scale, 0, [img.shape[1], img.shape[0]] * 2)
            found.append([kind, mine[i, 4 + kind], *box])
    return np.array(sorted(found, key=lambda row: -row[1])[:MOST], float).reshape(-1, 6)


def run_onnx(path, folder, notes, least):
    """Detections of every picture of `notes`, by file name."""
    import onnxruntime
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    return {note["file"]: detect(session, cv2.imread(str(folder / note["file"])), least) for note in notes}


def read_detections(path):
    """Detections that the command printed, by file name."""
    found = {}
    for line in open(path):
        if line.strip():
            item = json.loads(line)
            rows = [[d["class_id"], d["score"], *d["box"]] for d in item["detections"]]
            rows = np.array(sorted(rows, key=lambda row: -row[1])[:MOST], float).reshape(-1, 6)
            found[Path(item["input"]).name] = rows
    return found


def read_notes(folder):
    """The annotations of a rendered folder."""
    return [json.loads(line) for line in open(folder / "annotations.jsonl")]


def report(notes, found):
    """Figures of a set: a dict that prints as JSON."""
    pictures = []
    for note in notes:
        if note["file"] not in found:
            raise SystemExit(f"no detections for {note['file']}")
        truth = np.array([[b["class_id"], *b["box"]] for b in note["boxes"]], float).reshape(-1, 5)
        pictures.append((truth, found[note["file"]]))
    result = {"pictures": len(pictures), "classes": {}, "sizes": {}}
    for kind, label in enumerate(CLASSES):
        each = [class_ap(pictures, kind, iou) for iou in IOUS]
        result["classes"][label] = {"codes": each[0][1], "AP50": each[0][0], "AP50:95": float(np.mean([a for a, _ in each]))}
    for key in ("AP50", "AP50:95"):
        result[key] = float(np.mean([c[key] for c in result["classes"].values()]))
    for bucket in BUCKETS:
        each = [class_ap(pictures, kind, 0.5, bucket) for kind in range(len(CLASSES))]
        result["sizes"][f"{bucket[0]}-{bucket[1]}"] = {
            "codes": sum(n for _, n in each), "AP50": float(np.nanmean([a for a, _ in each])),
            **{label: a for label, (a, _) in zip(CLASSES, each)}}
    return result


def working_point(notes, found, threshold):
    """Precision and recall at IoU 0.5 and a score threshold, over all classes."""
    hits = kept = wanted = 0
    for note in notes:
        truth = np.array([[b["class_id"], *b["box"]] for b in note["boxes"]], float).reshape(-1, 5)
        rows = found[note["file"]]
        rows = rows[rows[:, 1] >= threshold]
        for kind in range(len(CLASSES)):
            boxes = truth[truth[:, 0] == kind, 1:]
            hits += int((match(rows[rows[:, 0] == kind, 2:], boxes, np.ones(len(boxes), bool), 0.5) == 1).sum())
        kept += len(rows)
        wanted += len(truth)
    return {"threshold": threshold, "precision": hits / max(1, kept), "recall": hits / max(1, wanted)}


def rounded(value):
    """Figures to four places, for reading."""
    if isinstance(value, dict):
        return {k: rounded(v) for k, v in value.items()}
    return round(value, 4) if isinstance(value, float) else value


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pictures", type=Path, help="a folder that scenes.py wrote")
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--onnx", type=Path)
    source.add_argument("--detections", type=Path)
    parser.add_argument("--empty", type=Path, help="a folder of pictures without a code")
    parser.add_argument("--empty-detections", type=Path)
    parser.add_argument("--threshold", type=float, default=0.3, help="score that counts as found")
    parser.add_argument("--least", type=float, default=0.01, help="lowest score that AP sees")
    args = parser.parse_args()
    notes = read_notes(args.pictures)
    found = run_onnx(args.onnx, args.pictures, notes, args.least) if args.onnx else read_detections(args.detections)
    result = report(notes, found)
    result["working_point"] = working_point(notes, found, args.threshold)
    if args.empty:
        empty = read_notes(args.empty)
        if args.onnx:
            none = run_onnx(args.onnx, args.empty, empty, args.least)
        elif args.empty_detections:
            none = read_detections(args.empty_detections)
        else:
            parser.error("--empty with --detections needs --empty-detections")
        boxes = [int((none[note["file"]][:, 1] >= args.threshold).sum()) for note in empty]
        result["empty"] = {"pictures": len(boxes), "false_boxes": sum(boxes),
                           "pictures_with_one": sum(b > 0 for b in boxes)}
    print(json.dumps(rounded(result), indent=1))


if __name__ == "__main__":
    main()
