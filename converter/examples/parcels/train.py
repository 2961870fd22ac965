#!/usr/bin/env python3
# Copyright 2026 The Avocet authors
# SPDX-License-Identifier: Apache-2.0
"""Train the parcels detector on rendered scenes, on a CPU.

    torchrun --standalone --nproc-per-node 2 train.py POOL RUN --steps 15000 --seed 3 [--minutes 150]

POOL is a folder with what `scenes.py --split train --clean` and `media.py --train` wrote in it. RUN/last.pt holds weights, their moving
average and the optimiser; the same command goes on from it. Each process has one thread (layers this
small gain little from more) and a batch of its own; the gradients are averaged. Batch n depends on
(seed, n) alone. The learning rate falls over --steps; with --minutes it falls by the clock if that
is sooner, so that a slow machine ends in time, at the price of a run that cannot be repeated to the
bit.
"""

import argparse
import copy
import json
import math
import time
from pathlib import Path

import cv2
import numpy as np
import torch
from torch import distributed
from torch.nn import functional as F
from torch.nn.parallel import DistributedDataParallel
from torch.utils.data import DataLoader, Dataset

import scenes
from model import Parcels, anchor_points, decode

SIZES = (320, 352, 384)  # of a training crop: the network is convolutional, 640 costs too much here
LEAST_VISIBLE = 0.5  # a code cut by the crop below this share is neither wanted nor punished


class Batches(Dataset):
    """Batch number n of augmented crops: pictures, and a row (picture, class, box) a code, class
    -1 for codes to leave alone."""

    def __init__(self, pool, batch, seed):
        self.batch, self.seed = batch, seed
        self.notes, weights = [], []
        for file in sorted(pool.rglob("annotations.jsonl")):
            notes = [(file.parent, json.loads(line)) for line in open(file)]
            self.notes += notes
            weights += [len(notes) ** -0.5] * len(notes)  # a small folder is drawn from more often
        self.weights = np.array(weights) / sum(weights)

    def __getitem__(self, number):
        cv2.setNumThreads(1)
        rng = np.random.default_rng([self.seed, number])
        size = int(rng.choice(SIZES))
        pictures = np.empty((self.batch, size, size, 3), np.uint8)
        rows = []
        for i, pick in enumerate(rng.choice(len(self.notes), size=self.batch, p=self.weights)):
            folder, note = self.notes[pick]
            img = cv2.imread(str(folder / note["file"]))
            boxes = np.array([[b["class_id"], *b["box"]] for b in note["boxes"]], np.float32).reshape(-1, 5)
            pictures[i], boxes = augment(rng, img, boxes, size)
            rows.append(np.c_[np.full(len(boxes), i, np.float32), boxes])
        return torch.from_numpy(pictures), torch.from_numpy(np.concatenate(rows).astype(np.float32))


def augment(rng, img, boxes, size):
    """A crop of `size` px of a clean scene, scaled, flipped, recoloured and degraded, and its
    boxes (class, x1, y1, x2, y2)."""
    scale = float(rng.uniform(0.65, 1.2))
    img = cv2.resize(img, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    full = boxes[:, 1:] * scale
    left, top = (int(rng.integers(0, max(1, extent - size + 1))) for extent in (img.shape[1], img.shape[0]))
    crop = img[top:top + size, left:left + size]
    full = full - np.float32([left, top, left, top])
    if rng.random() < 0.5:
        crop, full = crop[:, ::-1], np.c_[crop.shape[1] - full[:, 2], full[:, 1], crop.shape[1] - full[:, 0], full[:, 3]]
    if rng.random() < 0.5:
        crop, full = crop.transpose(1, 0, 2), full[:, [1, 0, 3, 2]]
    clipped = np.clip(full, 0, np.float32([crop.shape[1], crop.shape[0]] * 2))
    visible = area(clipped) / np.maximum(area(full), 1e-6)
    boxes = np.c_[np.where(visible >= LEAST_VISIBLE, boxes[:, 0], -1), clipped][visible > 0.02]
    crop, _, _ = scenes.degrade(rng, recolour(rng, np.ascontiguousarray(crop)))
    if crop.shape[0] < size or crop.shape[1] < size:
        crop = cv2.copyMakeBorder(crop, 0, size - crop.shape[0], 0, size - crop.shape[1],
                                  cv2.BORDER_CONSTANT, value=(114, 114, 114))
    return crop, boxes


def area(boxes):
    """Areas of boxes (..., 4)."""
    return (boxes[..., 2] - boxes[..., 0]) * (boxes[..., 3] - boxes[..., 1])


def recolour(rng, img):
    """Another brightness, contrast, tone curve and order of colours."""
    if rng.random() < 0.3:
        img = np.ascontiguousarray(img[..., rng.permutation(3)])
    if rng.random() < 0.2:
        img = cv2.cvtColor(cv2.cvtColor(img, cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR)
    curve = (np.arange(256) / 255) ** math.exp(rng.normal(0, 0.25))
    curve = curve * rng.uniform(0.6, 1.3) + rng.uniform(-0.1, 0.1)
    return cv2.LUT(img, np.clip(curve * 255, 0, 255).astype(np.uint8))


def pair_iou(a, b):
    """IoU of every box of a (n, 4) with every box of b (m, 4)."""
    low = torch.maximum(a[:, None, :2], b[None, :, :2])
    high = torch.minimum(a[:, None, 2:], b[None, :, 2:])
    shared = (high - low).clamp(min=0).prod(2)
    return shared / (area(a)[:, None] + area(b)[None] - shared + 1e-6)


def giou(a, b):
    """Generalised IoU of boxes in pairs, and their IoU."""
    shared = (torch.minimum(a[:, 2:], b[:, 2:]) - torch.maximum(a[:, :2], b[:, :2])).clamp(min=0).prod(1)
    union = area(a) + area(b) - shared + 1e-6
    hull = (torch.maximum(a[:, 2:], b[:, 2:]) - torch.minimum(a[:, :2], b[:, :2])).prod(1) + 1e-6
    return shared / union - (hull - union) / hull, shared / union


@torch.no_grad()
def assign(raw, boxes, points, classes, truth):
    """SimOTA: which anchor points answer for which code. Returns (points, codes)."""
    centre, reach = (points[:, :2] + 0.5) * points[:, 2:], 2.0 * points[:, 2:]
    inside = ((centre > truth[:, None, :2]) & (centre < truth[:, None, 2:])).all(2)
    middle = (truth[:, :2] + truth[:, 2:]) / 2
    near = ((centre - middle[:, None]).abs() < reach).all(2)
    pool = (inside | near).any(0).nonzero()[:, 0]
    iou = pair_iou(truth, boxes[pool])
    scores = (raw[pool, 4:5].sigmoid() * raw[pool, 5:].sigmoid()).sqrt()
    wanted = F.one_hot(classes, scores.shape[1]).float()
    mismatch = F.binary_cross_entropy(scores[None].expand(len(truth), -1, -1),
                                      wanted[:, None].expand(-1, len(pool), -1), reduction="none").sum(2)
    cost = mismatch - 3 * (iou + 1e-8).log() + 1e5 * ~(inside & near)[:, pool]
    count = iou.topk(min(10, len(pool)), 1).values.sum(1).int().clamp(min=1)
    chosen = torch.zeros_like(cost, dtype=torch.bool)
    for code in range(len(truth)):
        chosen[code, cost[code].topk(int(count[code]), largest=False).indices] = True
    taken = chosen.any(0)
    owner = torch.where(chosen, cost, torch.inf).argmin(0)
    return pool[taken], owner[taken]


def loss_of(raw, points, rows):
    """Loss of a batch: GIoU of boxes, objectness, class scores weighed by IoU."""
    boxes = decode(raw, points)
    centre = (points[:, :2] + 0.5) * points[:, 2:]
    objectness = torch.zeros_like(raw[..., 4])
    weight = torch.ones_like(objectness)
    found, wanted, owned_class = [], [], []
    for i in range(len(raw)):
        mine = rows[rows[:, 0] == i]
        for box in mine[mine[:, 1] < 0][:, 2:]:
            weight[i, ((centre > box[:2]) & (centre < box[2:])).all(1)] = 0
        mine = mine[mine[:, 1] >= 0]
        if not len(mine):
            continue
        at, owner = assign(raw[i].detach(), boxes[i].detach(), points, mine[:, 1].long(), mine[:, 2:])
        objectness[i, at] = 1
        weight[i, at] = 1
        found.append(i * raw.shape[1] + at)
        wanted.append(mine[owner, 2:])
        owned_class.append(mine[owner, 1].long())
    of_objects = (F.binary_cross_entropy_with_logits(raw[..., 4], objectness, reduction="none") * weight).sum()
    if not found:
        return of_objects / len(raw)
    at, wanted, owned_class = torch.cat(found), torch.cat(wanted), torch.cat(owned_class)
    quality, iou = giou(boxes.flatten(0, 1)[at], wanted)
    target = F.one_hot(owned_class, raw.shape[2] - 5) * iou.detach().clamp(0, 1)[:, None]
    of_classes = F.binary_cross_entropy_with_logits(raw.flatten(0, 1)[at, 5:], target, reduction="sum")
    return (4 * (1 - quality).sum() + of_objects + of_classes) / len(at)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pool", type=Path)
    parser.add_argument("run", type=Path)
    parser.add_argument("--steps", type=int, default=15000)
    parser.add_argument("--minutes", type=float, default=math.inf)
    parser.add_argument("--batch", type=int, default=8, help="of one process")
    parser.add_argument("--rate", type=float, default=3e-3)
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--workers", type=int, default=1)
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    torch.set_num_threads(1)
    distributed.init_process_group("gloo")
    rank, processes = distributed.get_rank(), distributed.get_world_size()
    args.run.mkdir(parents=True, exist_ok=True)
    net = Parcels().to(memory_format=torch.channels_last)
    average = copy.deepcopy(net).eval().requires_grad_(False)
    decayed = [p for p in net.parameters() if p.ndim > 1]
    plain = [p for p in net.parameters() if p.ndim <= 1]
    optimiser = torch.optim.AdamW([{"params": decayed, "weight_decay": 0.02}, {"params": plain, "weight_decay": 0}])
    done, spent, last = 0, 0.0, args.run / "last.pt"
    if last.exists():
        state = torch.load(last)
        net.load_state_dict(state["net"])
        average.load_state_dict(state["average"])
        optimiser.load_state_dict(state["optimiser"])
        done, spent = state["step"], state["seconds"]
    batches = DataLoader(Batches(args.pool, args.batch, args.seed), batch_size=None, prefetch_factor=4,
                         sampler=range(done * processes + rank, args.steps * processes, processes),
                         num_workers=args.workers)
    started, running = time.monotonic() - spent, 0.0
    shared = DistributedDataParallel(net)

    def save():
        if rank:
            return
        torch.save({"net": net.state_dict(), "average": average.state_dict(), "step": done,
                    "optimiser": optimiser.state_dict(), "seconds": time.monotonic() - started}, last)

    net.train()
    for pictures, rows in batches:
        progress = torch.tensor(max(done / args.steps, (time.monotonic() - started) / 60 / args.minutes))
        distributed.broadcast(progress, 0)  # one clock for all
        progress = progress.item()
        if progress >= 1:
            break
        for group in optimiser.param_groups:
            group["lr"] = args.rate * min(1, (done + 1) / 300) * (0.01 + 0.99 * (1 + math.cos(math.pi * progress)) / 2)
        pictures = pictures.permute(0, 3, 1, 2).float()
        raw = shared(pictures)
        loss = loss_of(raw, anchor_points(*pictures.shape[2:]), rows)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 10)
        optimiser.step()
        done += 1
        decay = min(0.999, (1 + done) / (10 + done))
        with torch.no_grad():
            for kept, new in zip(average.state_dict().values(), net.state_dict().values()):
                if kept.is_floating_point():
                    kept.lerp_(new, 1 - decay)
                else:
                    kept.copy_(new)
        running += loss.item()
        if done % 50 == 0:
            if rank == 0:
                line = f"step {done} minutes {(time.monotonic() - started) / 60:.1f} loss {running / 50:.3f}"
                print(line, flush=True)
                with open(args.run / "log.txt", "a") as log:
                    print(line, file=log)
            running = 0.0
        if done % 100 == 0:
            save()
    save()
    distributed.destroy_process_group()


if __name__ == "__main__":
    main()
