#!/usr/bin/env python3
# Copyright 2026 The Avocet authors
# SPDX-License-Identifier: Apache-2.0
"""Render the parcels of examples/media: shipping labels on cardboard, nicer than training scenes.

    python media.py ../../../examples/media --count 6 --seed 2026

writes parcel-1.jpg ... and annotations.jsonl in the form of scenes.py. With --train it writes a pool
for train.py: the same labels with training's fonts and surfaces, made-up words, at half the size.
The pictures of examples/media are neither trained on nor measured with.
"""

import argparse
import json
import math
import string
from multiprocessing import Pool
from pathlib import Path
from typing import Callable, NamedTuple

import barcode
import cv2
import numpy as np
from PIL import Image, ImageDraw

import scenes

WIDTH, HEIGHT = 1280, 960
BLACK = (20, 18, 18)
PEOPLE = ("Ada Lindqvist", "Jonas Okafor", "Mireille Dupont", "Tomas Varga", "Yuki Hartmann", "Ines Moreau")
STREETS = ("Harbour Lane", "Birkenweg", "Rue des Tilleuls", "Mill Street", "Via Aurora", "Kanalgade")
TOWNS = ("Norderhafen", "Westmill", "Saint-Aubin", "Elmstad", "Porto Verde", "Kleinbruck")
CARRIERS = ("AVOCET EXPRESS", "WADER PARCEL", "MARSH LOGISTICS", "HERON FREIGHT")


class Look(NamedTuple):
    """What pictures are made of: fonts, the surface below the parcel, what stands in the head of a
    shipping label, and its colours."""

    plain: str
    bold: str
    surface: Callable
    carrier: Callable
    head: tuple
    head_ink: tuple


def shown_look(index):
    """The look of picture `index` of examples/media."""
    surface = (scenes.concrete, scenes.planks, scenes.brushed_metal)[index % 3]
    roboto = "truetype/roboto/unhinted/RobotoTTF/Roboto-%s.ttf"
    return Look(roboto % "Regular", roboto % "Black", surface, lambda rng: str(rng.choice(CARRIERS)), BLACK, (250, 250, 250))


def training_look(rng):
    """A look that shares neither fonts, nor words, nor every surface with what is shown."""
    bold = [face for face in scenes.TRAIN_FONTS if "Bold" in face]
    surfaces = scenes.TRAIN_BACKGROUNDS
    words = " ".join(scenes.random_text(rng, int(rng.integers(3, 9)), string.ascii_uppercase)
                     for _ in range(int(rng.integers(1, 3))))
    head, ink = BLACK, (250, 250, 250)
    if rng.random() < 0.5:
        head, ink = tuple(rng.uniform(0, 110, 3)), tuple(rng.uniform(190, 255, 3))
    if rng.random() < 0.15:
        head, ink = ink, head
    return Look(str(rng.choice(scenes.TRAIN_FONTS)), str(rng.choice(bold)),
                surfaces[rng.integers(len(surfaces))], lambda rng: words, head, ink)


class Label(scenes.Panel):
    """A white sticker with text and codes; `codes` lists (class, x, y, w, h) on it."""

    def __init__(self, look, w, h, paper=(248, 250, 250)):
        super().__init__(w, h, paper, BLACK)
        self.look, self.codes = look, []

    def text(self, x, y, size, words, bold=False, ink=BLACK):
        face = scenes.font(self.look.bold if bold else self.look.plain, size)
        img = Image.new("L", (int(face.getlength(words)) + 4, size + size // 2))
        ImageDraw.Draw(img).text((0, 0), words, fill=255, font=face)
        self.stamp(np.asarray(img), x, y, ink)

    def bar(self, x, y, w, h, ink=BLACK):
        self.stamp(np.full((h, w), 255, np.uint8), x, y, ink)

    def code(self, rng, kind, x, y, w, h, modules):
        self.stamp(scenes.symbol_mask(rng, modules, w, h, "solid"), x, y, BLACK)
        self.codes.append((kind, x, y, w, h))


def address(rng, label, x, y, size):
    """Three lines of a made-up address."""
    label.text(x, y, size, str(rng.choice(PEOPLE)), bold=True)
    label.text(x, y + int(size * 1.35), size, f"{rng.choice(STREETS)} {rng.integers(1, 180)}")
    label.text(x, y + int(size * 2.7), size, f"{rng.integers(10000, 99999)} {rng.choice(TOWNS)}")


def shipping_label(look, rng):
    """A carrier's label: address, routing, one big bar code, a QR code and a Data Matrix."""
    label = Label(look, 860, 1180)
    label.bar(0, 0, 860, 110, look.head)
    label.text(30, 22, 58, look.carrier(rng), True, label.look.head_ink)
    label.text(30, 130, 24, "FROM")
    address(rng, label, 30, 162, 26)
    label.code(rng, 1, 660, 140, 150, 150, scenes.data_matrix_symbol(rng, 22, False))
    label.bar(20, 310, 820, 4)
    label.text(30, 326, 28, "SHIP TO")
    address(rng, label, 30, 366, 46)
    label.bar(20, 580, 820, 4)
    label.text(30, 592, 110, f"{rng.choice(['DE', 'FR', 'NL', 'SE'])} {rng.integers(10, 99)}-{rng.integers(100, 999)}", bold=True)
    number = scenes.random_text(rng, 13)
    label.code(rng, 2, 70, 745, 720, 190, scenes.linear_bars("code128", number)[None])
    label.text(250, 942, 34, f"{number[:4]} {number[4:8]} {number[8:]}")
    label.bar(20, 990, 820, 4)
    label.code(rng, 0, 665, 1008, 155, 155, scenes.qr_symbol(rng, 30))
    label.text(30, 1012, 30, f"WEIGHT {rng.integers(1, 30)}.{rng.integers(0, 9)} kg", bold=True)
    label.text(30, 1054, 26, f"REF {scenes.random_text(rng, 9)}   PKG 1 OF {rng.integers(1, 4)}")
    label.text(30, 1092, 26, "Handle with care. Keep dry.")
    return label


def product_label(look, rng):
    """A maker's label with an EAN-13."""
    label = Label(look, 640, 380)
    label.text(24, 16, 44, str(rng.choice(["Desk lamp 4W", "Field notes A5", "Tea, loose", "Bolt set M6", "Wool socks"])), bold=True)
    label.text(24, 76, 24, f"Item {rng.integers(1000, 9999)}   Lot {scenes.random_text(rng, 6)}")
    digits = barcode.get("ean13", scenes.random_text(rng, 12, "0123456789")).get_fullcode()
    label.code(rng, 2, 70, 125, 500, 170, scenes.linear_bars("ean13", digits)[None])
    label.text(150, 304, 40, f"{digits[0]} {digits[1:7]} {digits[7:]}")
    return label


def asset_label(look, rng):
    """A small tag with a Data Matrix."""
    label = Label(look, 420, 190, (205, 235, 250))
    label.code(rng, 1, 24, 24, 142, 142, scenes.data_matrix_symbol(rng, 20, False))
    label.text(190, 30, 30, "ASSET", bold=True)
    label.text(190, 72, 40, scenes.random_text(rng, 7))
    label.text(190, 124, 24, "Property of depot 7")
    return label


def return_label(look, rng):
    """A coloured label with a QR code."""
    label = Label(look, 460, 560, (170, 225, 250) if rng.random() < 0.5 else (225, 245, 215))
    label.text(30, 18, 54, "RETURNS", bold=True)
    label.code(rng, 0, 70, 100, 320, 320, scenes.qr_symbol(rng, 38))
    label.text(30, 450, 30, "Scan to send this")
    label.text(30, 490, 30, "parcel back, free.")
    return label


def parcel_face(rng, w, h):
    """A side of a cardboard box with tape and a print of arrows."""
    face = scenes.Panel(w, h, (90, 130, 170), BLACK)
    fibre = scenes.noise(rng, h, w, 3) * 12 + scenes.noise(rng, h, w, 260, 2) * 16
    kraft = np.array([88, 132, 176]) * rng.uniform(0.85, 1.15)
    face.rgb = np.clip(kraft + fibre[..., None], 0, 255).astype(np.uint8)
    cv2.rectangle(face.rgb, (0, 0), (w - 1, h - 1), (70, 95, 120), 10)
    tape = int(h * rng.uniform(0.42, 0.58))
    face.stamp(np.full((110, w), 90, np.uint8), 0, tape, (150, 190, 215))
    for x in (w - 170, w - 90):
        arrow = np.array([[0, 40], [30, 0], [60, 40], [38, 40], [38, 120], [22, 120], [22, 40]])
        mask = np.zeros((130, 64), np.uint8)
        cv2.fillPoly(mask, [arrow], 200, cv2.LINE_AA)
        face.stamp(mask, x, h - 170, (45, 60, 80))
    return face


def picture(rng, index, look):
    """One picture and its boxes."""
    img = np.clip(look.surface(rng, HEIGHT, WIDTH) * 0.8, 0, 255).astype(np.float32)
    img = np.ascontiguousarray(cv2.GaussianBlur(img, (0, 0), 3))
    face = parcel_face(rng, 2 * 1150, 2 * 860)
    ph, pw = face.alpha.shape
    plane = scenes.tilted_plane(rng.normal(0, 0.1), rng.uniform(0, 2 * math.pi), math.radians(rng.uniform(8, 34)), 2200)
    homography = scenes.scale_shift(1, WIDTH / 2 + rng.uniform(-40, 40), HEIGHT / 2 + rng.uniform(-30, 30)) @ plane \
        @ scenes.scale_shift(1 / scenes.OVERSAMPLE, -pw / 4, -ph / 4)
    scenes.paste(rng, img, face, homography)
    kinds = ((shipping_label, product_label, asset_label), (shipping_label, return_label, asset_label),
             (product_label, return_label, asset_label), (shipping_label, product_label, return_label))[index % 4]
    labels = [make(look, rng) for make in kinds]
    zooms = [rng.uniform(1.05, 1.2) for _ in labels]
    gap = rng.uniform(60, 90)
    room = pw - 200 - gap * (len(labels) - 1)
    fit = min(1.0, room / sum(label.alpha.shape[1] * zoom for label, zoom in zip(labels, zooms)))
    boxes, x = [], 90.0
    for label, zoom in zip(labels, zooms):
        h, w = label.alpha.shape
        zoom *= fit
        y = rng.uniform(60, max(70, ph - h * zoom - 120))
        turn = rng.normal(0, 0.04)
        place = scenes.scale_shift(1, x, y) @ scenes.tilted_plane(turn, 0, 0, 1e9) @ scenes.scale_shift(zoom, 0, 0)
        scenes.paste(rng, img, label, homography @ place)
        for kind, *area in label.codes:
            box = scenes.bounds(scenes.project(homography @ place, scenes.rect_corners(*area)))
            boxes.append({"class_id": kind, "label": scenes.CLASSES[kind], "box": [round(float(v), 2) for v in box]})
        x += w * zoom + gap
    img *= np.float32(1.05) - np.float32(0.3) * scenes.noise(rng, HEIGHT, WIDTH, 700)[..., None]
    img = cv2.GaussianBlur(np.clip(img, 0, 255), (0, 0), 0.6)
    img += rng.standard_normal(img.shape[:2] + (1,), dtype=np.float32) * 2
    return np.clip(img, 0, 255).astype(np.uint8), boxes


def render(job):
    """Render and write one picture; returns its annotation."""
    out, seed, index, train = job
    rng = np.random.default_rng([seed, index])
    img, boxes = picture(rng, index, training_look(rng) if train else shown_look(index))
    if train:
        img = cv2.resize(img, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
        for box in boxes:
            box["box"] = [round(edge / 2, 2) for edge in box["box"]]
    name = f"parcel-{index + 1}.jpg"
    cv2.imwrite(str(out / name), img, [cv2.IMWRITE_JPEG_QUALITY, 95 if train else 85])
    return {"file": name, "width": img.shape[1], "height": img.shape[0], "boxes": boxes}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--count", type=int, default=6)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--train", action="store_true", help="a pool for train.py")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    jobs = [(args.out, args.seed, index, args.train) for index in range(args.count)]
    with Pool(2, scenes.start_worker) as pool, open(args.out / "annotations.jsonl", "w") as notes:
        for note in pool.imap(render, jobs):
            notes.write(json.dumps(note) + "\n")


if __name__ == "__main__":
    main()
