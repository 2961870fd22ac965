#!/usr/bin/env python3
# Copyright 2026 The Avocet authors
# SPDX-License-Identifier: Apache-2.0
"""Render the synthetic pictures that the parcels model is trained and measured on.

    python scenes.py OUT --split heldout --count 2000 --seed 7

writes OUT/000000.jpg ... and OUT/annotations.jsonl, one picture a line:

    {"file": "000000.jpg", "width": 640, "height": 512, "blur": 0.8, "jpeg": 71,
     "boxes": [{"class_id": 0, "label": "qr_code", "box": [x1, y1, x2, y2],
                "tilt": 31.0, "module": 2.4}]}

`box` is the axis-aligned box of the symbol's own modules after the perspective, without its quiet
zone and without the digits under a bar code. Its longer side is what "width" means here: it is
drawn uniformly from 20 to 300 px. `module` is the smallest projected module in px.

Every picture depends on (split, seed, index) alone, so `--jobs` changes nothing but the time.
Splits: `train`; `val` and `heldout` (other backgrounds and fonts than train); `empty` (as heldout,
without a code). Fonts come from Debian packages, see README.md.
"""

import argparse
import json
import math
import string
from functools import lru_cache
from multiprocessing import Pool
from pathlib import Path

import barcode
import cv2
import numpy as np
import segno
from PIL import Image, ImageDraw, ImageFont
from ppf.datamatrix import DataMatrix

CLASSES = ("qr_code", "data_matrix", "barcode")
SPLITS = ("train", "val", "heldout", "empty")
MIN_SIDE, MAX_SIDE = 20.0, 300.0
MAX_TILT = 60.0
MAX_BLUR = 2.5
OVERSAMPLE = 2  # panels are drawn, and warped, at this many px per px of the picture

FONT_ROOT = Path("/usr/share/fonts")
TRAIN_FONTS = (
    "truetype/dejavu/DejaVuSans.ttf", "truetype/dejavu/DejaVuSans-Bold.ttf",
    "truetype/dejavu/DejaVuSansMono.ttf", "truetype/dejavu/DejaVuSerif.ttf",
    "truetype/dejavu/DejaVuSansCondensed-Bold.ttf",
    "truetype/liberation/LiberationSans-Regular.ttf", "truetype/liberation/LiberationSans-Bold.ttf",
    "truetype/liberation/LiberationSansNarrow-Regular.ttf",
    "truetype/liberation/LiberationSerif-Regular.ttf",
    "truetype/liberation/LiberationMono-Regular.ttf",
    "truetype/freefont/FreeSansBold.ttf", "truetype/freefont/FreeSerifItalic.ttf",
    "truetype/freefont/FreeMono.ttf",
)
HELDOUT_FONTS = (
    "truetype/roboto/unhinted/RobotoTTF/Roboto-Regular.ttf",
    "truetype/roboto/unhinted/RobotoTTF/Roboto-Black.ttf",
    "truetype/lato/Lato-Regular.ttf", "truetype/lato/Lato-Heavy.ttf",
    "truetype/jetbrains-mono/JetBrainsMono-Regular.ttf",
    "opentype/courier-prime/Courier Prime.otf", "opentype/ebgaramond/EBGaramond12-Regular.otf",
    "opentype/bebas-neue/BebasNeue-Regular.otf", "opentype/cantarell/Cantarell-Regular.otf",
    "opentype/ocr-b/OCRB.otf",
)


# ---------------------------------------------------------------- symbols

QR_BYTES = (7, 14, 24, 34, 44, 58, 64, 84, 98, 119)  # bytes at level H, versions 1..10
QR_LEVELS = {"L": 2.2, "M": 1.7, "Q": 1.2, "H": 1.0}  # roughly, capacity over level H
DM_SQUARES = ((10, 3), (12, 5), (14, 8), (16, 12), (18, 18), (20, 22), (22, 30), (24, 36),
              (26, 44), (32, 62), (36, 86), (40, 114))  # side, letters
LINEAR = ("code128", "ean13", "ean8", "upca", "code39", "itf", "codabar", "gs1_128")


def random_text(rng, length, alphabet=string.ascii_uppercase + string.digits):
    """`length` random characters."""
    return "".join(alphabet[i] for i in rng.integers(len(alphabet), size=length))


def qr_symbol(rng, limit):
    """A QR code of at most `limit` modules a side where one exists (bool array, dark is True)."""
    top = int(np.clip((limit - 17) // 4, 1, 10))
    version = 1 + int(top * rng.random() ** 1.3)
    level = str(rng.choice(list(QR_LEVELS)))
    longest = int(QR_BYTES[version - 1] * QR_LEVELS[level]) - 1
    text = random_text(rng, rng.integers(1, longest + 1), string.ascii_letters + string.digits + "/:.-")
    code = segno.make(text, version=version, error=level, mask=int(rng.integers(8)),
                      micro=False, boost_error=False, mode="byte")
    return np.array([list(row) for row in code.matrix], bool)


def data_matrix_symbol(rng, limit, rectangular):
    """An ECC200 Data Matrix of at most `limit` modules (longer side) where one exists."""
    if rectangular:
        room = 1 if limit < 32 else rng.integers(1, 9) if limit < 48 else rng.integers(1, 30)
        length = max(1, int(room))
    else:
        top = max(1, sum(side <= limit for side, _ in DM_SQUARES))
        pick = int(top * rng.random() ** 1.2)
        low = DM_SQUARES[pick - 1][1] + 1 if pick else 1
        length = int(rng.integers(low, DM_SQUARES[pick][1] + 1))
    return np.array(DataMatrix(random_text(rng, length), rect=rectangular).matrix, bool)


def linear_text(rng, kind, short):
    """Content that the linear symbology `kind` takes; `short` asks for few characters."""
    digits = {"ean13": 12, "ean8": 7, "upca": 11}
    if kind in digits:
        return random_text(rng, digits[kind], string.digits)
    if kind == "itf":
        return random_text(rng, 2 * int(rng.integers(1, 2 if short else 8)), string.digits)
    if kind == "gs1_128":
        return "01" + random_text(rng, 14, string.digits)
    length = int(rng.integers(1, 3 if short else 15 if kind == "code128" else 10))
    if kind == "codabar":
        return "A" + random_text(rng, length, string.digits) + "B"
    return random_text(rng, length)


def linear_symbol(rng, limit):
    """(bars as a bool row, text) of a linear code of at most `limit` modules where one exists."""
    for attempt in range(12):
        kind = str(rng.choice(LINEAR))
        text = linear_text(rng, kind, attempt > 6 or limit < 60)
        bars = linear_bars(kind, text)
        if len(bars) <= limit:
            return bars, text
    text = random_text(rng, 2, string.digits)
    return linear_bars("itf", text), text


def linear_bars(kind, text):
    """One bool a module of the linear code, bars True, in the narrowest module grid."""
    row = barcode.get_barcode_class(kind)(text).build()[0]
    row = np.frombuffer(row.strip("0").encode(), np.uint8) == ord("1")
    edges = np.flatnonzero(np.diff(row)) + 1
    runs = np.diff(np.concatenate(([0], edges, [len(row)])))
    return np.repeat(np.arange(len(runs)) % 2 == 0, runs // np.gcd.reduce(runs))


# ---------------------------------------------------------------- geometry

def tilted_plane(spin, axis, tilt, distance):
    """Homography of a plane spun in itself by `spin`, then tilted by `tilt` about the line at
    angle `axis` through its origin, seen from `distance` (radians and plane units)."""
    spun = np.array([[math.cos(spin), -math.sin(spin)], [math.sin(spin), math.cos(spin)], [0, 0]])
    k = np.array([[0, 0, math.sin(axis)], [0, 0, -math.cos(axis)],
                  [-math.sin(axis), math.cos(axis), 0]])
    turn = np.eye(3) + math.sin(tilt) * k + (1 - math.cos(tilt)) * k @ k
    r = turn @ spun
    return np.array([[r[0, 0], r[0, 1], 0], [r[1, 0], r[1, 1], 0],
                     [r[2, 0] / distance, r[2, 1] / distance, 1]])


def project(homography, points):
    """Points (n, 2) through a homography."""
    p = np.c_[points, np.ones(len(points))] @ homography.T
    return p[:, :2] / p[:, 2:]


def rect_corners(x, y, w, h):
    """The four corners of a rectangle, in order."""
    return np.array([[x, y], [x + w, y], [x + w, y + h], [x, y + h]], float)


def bounds(points):
    """x1, y1, x2, y2 around points."""
    return np.concatenate([points.min(0), points.max(0)])


def scale_shift(scale, dx, dy):
    """Homography that scales, then shifts."""
    return np.array([[scale, 0, dx], [0, scale, dy], [0, 0, 1.0]])


def between_centres(homography):
    """The same mapping between pixel indices (centre of a pixel at .0) instead of edges."""
    return scale_shift(1, -0.5, -0.5) @ homography @ scale_shift(1, 0.5, 0.5)


# ---------------------------------------------------------------- textures

def noise(rng, h, w, cell, octaves=1):
    """Smooth noise of about zero mean and unit range; `cell` is the size of its grain in px."""
    out = np.zeros((h, w), np.float32)
    for octave in range(octaves):
        c = max(1.0, cell / 2 ** octave)
        grid = rng.random((int(h / c) + 2, int(w / c) + 2), dtype=np.float32) - 0.5
        out += cv2.resize(grid, (w, h), interpolation=cv2.INTER_CUBIC) / 2 ** octave
    return out


def coordinates(rng, h, w):
    """Rotated pixel coordinates."""
    a = rng.uniform(0, math.pi)
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    return x * math.cos(a) + y * math.sin(a), y * math.cos(a) - x * math.sin(a)


def tint(rng, value, low, high):
    """A grey texture (h, w), about -1..1, as BGR around a random colour."""
    base = rng.uniform(low, high) * (1 + rng.uniform(-0.25, 0.25, 3))
    gain = base * rng.uniform(0.05, 0.5)
    return base.astype(np.float32) + value[..., None] * gain.astype(np.float32)


def cardboard(rng, h, w):
    u, _ = coordinates(rng, h, w)
    v = noise(rng, h, w, 4, 2) * 0.3 + noise(rng, h, w, 200, 3) * 0.6
    v += np.sin(u * 2 * math.pi / rng.uniform(6, 30)) * rng.uniform(0, 0.12)
    base = np.array([rng.uniform(80, 140), rng.uniform(120, 175), rng.uniform(150, 215)], np.float32)
    return base + v[..., None] * rng.uniform(10, 60)


def paper(rng, h, w):
    v = noise(rng, h, w, 2) * 0.2 + noise(rng, h, w, 150, 2)
    return rng.uniform(150, 245) + rng.uniform(-12, 12, 3).astype(np.float32) + v[..., None] * rng.uniform(5, 35)


def plastic(rng, h, w):
    u, v = coordinates(rng, h, w)
    ramp = np.sin(u / rng.uniform(80, 500) + 3 * noise(rng, h, w, 200)) + 0.4 * np.cos(v / rng.uniform(60, 300))
    return tint(rng, ramp, 20, 220)


def clutter(rng, h, w):
    img = np.empty((h, w, 3), np.float32)
    img[:] = rng.uniform(20, 235, 3)
    for _ in range(int(rng.integers(8, 60))):
        centre = (int(rng.integers(w)), int(rng.integers(h)))
        colour = tuple(rng.uniform(0, 255, 3).tolist())
        size = rng.uniform(6, 120, 2)
        shape = rng.integers(3)
        if shape == 0:
            cv2.ellipse(img, centre, (int(size[0]), int(size[1])), float(rng.uniform(0, 180)), 0, 360, colour, -1, cv2.LINE_AA)
        elif shape == 1:
            corners = cv2.boxPoints((centre, (float(size[0]) * 2, float(size[1])), float(rng.uniform(0, 180))))
            cv2.fillPoly(img, [corners.astype(int)], colour, cv2.LINE_AA)
        else:
            end = (int(rng.integers(w)), int(rng.integers(h)))
            cv2.line(img, centre, end, colour, int(rng.integers(1, 9)), cv2.LINE_AA)
    return img + noise(rng, h, w, 60, 3)[..., None] * rng.uniform(0, 50)


def planks(rng, h, w):
    u, v = coordinates(rng, h, w)
    width = rng.uniform(30, 140)
    grain = np.sin((v + 30 * noise(rng, h, w, 120)) / rng.uniform(1.5, 6)) * 0.3
    plank = np.floor(v / width)
    seam = (np.abs(v / width - plank - 0.5) > 0.48) * -1.2
    return tint(rng, grain + seam + np.sin(plank * 12.9) * 0.6 + noise(rng, h, w, 3) * 0.3, 60, 190)


def concrete(rng, h, w):
    v = noise(rng, h, w, rng.uniform(2, 200), 6) + (rng.random((h, w), dtype=np.float32) - 0.5) * rng.uniform(0, 0.6)
    return tint(rng, 1.6 * v, 50, 220)


def shelves(rng, h, w):
    """Axis-aligned boxes side by side, as stacked goods."""
    img = np.empty((h, w, 3), np.float32)
    y = 0
    while y < h:
        rows = int(rng.integers(30, 220))
        x = 0
        while x < w:
            cols = int(rng.integers(20, 220))
            img[y:y + rows, x:x + cols] = rng.uniform(30, 230) + rng.uniform(-40, 40, 3)
            cv2.rectangle(img, (x, y), (x + cols, y + rows), tuple(rng.uniform(0, 120, 3).tolist()), int(rng.integers(1, 4)))
            x += cols
        y += rows
    return img + noise(rng, h, w, 40, 3)[..., None] * rng.uniform(0, 60)


def brushed_metal(rng, h, w):
    u, v = coordinates(rng, h, w)
    streaks = cv2.blur(rng.random((h, w), dtype=np.float32) - 0.5, (41, 1) if rng.random() < 0.5 else (1, 41))
    sheen = np.sin(u / rng.uniform(60, 300) + rng.uniform(0, 6))
    return tint(rng, 3 * streaks + 0.6 * sheen, 70, 210)


def fabric(rng, h, w):
    u, v = coordinates(rng, h, w)
    p = rng.uniform(3, 14)
    weave = np.sin(u * 2 * math.pi / p) * np.sin(v * 2 * math.pi / p + np.sin(u * math.pi / p))
    return tint(rng, 0.5 * weave + noise(rng, h, w, 80, 3) + 0.3 * noise(rng, h, w, 2), 30, 210)


def marble(rng, h, w):
    u, v = coordinates(rng, h, w)
    veins = np.abs(np.sin(u / rng.uniform(20, 90) + rng.uniform(4, 10) * noise(rng, h, w, 130, 5)))
    return tint(rng, 1 - 2 * veins ** 0.4, 90, 230)


def bokeh(rng, h, w):
    img = tint(rng, noise(rng, h, w, 250, 2), 15, 120)
    for _ in range(int(rng.integers(10, 50))):
        x, y, radius = int(rng.integers(w)), int(rng.integers(h)), int(rng.integers(6, 70))
        spot = np.zeros((2 * radius + 11,) * 2, np.float32)
        cv2.circle(spot, (radius + 5, radius + 5), radius, 1.0, -1, cv2.LINE_AA)
        left, top = x - radius - 5, y - radius - 5
        part = img[max(0, top):top + len(spot), max(0, left):left + len(spot)]
        spot = cv2.blur(spot, (5, 5))[max(0, -top):, max(0, -left):][:part.shape[0], :part.shape[1]]
        part += spot[..., None] * rng.uniform(5, 90, 3).astype(np.float32)
    return img


def bricks(rng, h, w):
    u, v = coordinates(rng, h, w)
    tall = rng.uniform(12, 60)
    row = np.floor(v / tall)
    long = tall * rng.uniform(1.5, 3)
    col = np.floor(u / long + 0.5 * (row % 2))
    joint = (np.abs(v / tall - row - 0.5) > 0.44) | (np.abs(u / long + 0.5 * (row % 2) - col - 0.5) > 0.46)
    return tint(rng, np.sin(row * 7.1 + col * 3.7) * 0.5 + noise(rng, h, w, 6, 3) - joint * rng.choice([-1.5, 1.5]), 60, 190)


def mosaic(rng, h, w):
    """Cells around random points, each of one colour."""
    n = int(rng.integers(15, 160))
    points = np.c_[rng.uniform(0, w // 2, n), rng.uniform(0, h // 2, n)].astype(np.float32)
    y, x = np.mgrid[0:h // 2, 0:w // 2].astype(np.float32)
    seeds = np.full((h // 2, w // 2), 255, np.uint8)
    seeds[np.minimum(points[:, 1].astype(int), h // 2 - 1), np.minimum(points[:, 0].astype(int), w // 2 - 1)] = 0
    dist, label = cv2.distanceTransformWithLabels(seeds, cv2.DIST_L2, 3, labelType=cv2.DIST_LABEL_PIXEL)
    colours = rng.uniform(30, 230) + rng.uniform(-70, 70, (n + 2, 3))
    img = cv2.resize(colours.astype(np.float32)[np.minimum(label, n + 1)], (w, h))
    return img + noise(rng, h, w, 3)[..., None] * rng.uniform(0, 40)


TRAIN_BACKGROUNDS = (cardboard, cardboard, paper, plastic, clutter, clutter, planks, concrete, shelves)
HELDOUT_BACKGROUNDS = (brushed_metal, fabric, marble, bokeh, bricks, mosaic)


# ---------------------------------------------------------------- ink: everything printed on a panel

@lru_cache(maxsize=512)
def font(path, size):
    """A cached font."""
    return ImageFont.truetype(str(FONT_ROOT / path), size)


def text_mask(rng, fonts, w, h, lines):
    """Lines of random words, as ink coverage (h, w) of 0..255."""
    pitch = h / lines
    face = font(str(rng.choice(fonts)), max(5, int(pitch * rng.uniform(0.6, 0.95))))
    img = Image.new("L", (w, h))
    draw = ImageDraw.Draw(img)
    upper = rng.random() < 0.4
    for line in range(lines):
        words = []
        for _ in range(max(1, int(w / pitch / 3) + 1)):
            alphabet = string.digits if rng.random() < 0.25 else string.ascii_uppercase if upper else string.ascii_lowercase
            words.append(random_text(rng, int(rng.integers(1, 10)), alphabet))
        text = " ".join(words)
        draw.text((0, line * pitch), text if upper else text.capitalize(), fill=255, font=face)
    return np.asarray(img)


def draw_text(rng, fonts, w, h):
    return text_mask(rng, fonts, w, h, max(1, int(round(h / rng.uniform(12, 60)))))


def draw_table(rng, fonts, w, h):
    mask = text_mask(rng, fonts, w, h, max(1, h // 24)).copy()
    pen = int(rng.integers(1, 4))
    for x in np.linspace(0, w - 1, int(rng.integers(2, 7))).astype(int):
        mask[:, x:x + pen] = 255
    for y in np.linspace(0, h - 1, int(rng.integers(2, 9))).astype(int):
        mask[y:y + pen] = 255
    cv2.rectangle(mask, (0, 0), (w - 1, h - 1), 255, pen)
    return mask


def draw_grid(rng, fonts, w, h):
    y, x = np.mgrid[0:h, 0:w]
    p, pen = rng.uniform(4, 40, 2), rng.uniform(0.1, 0.4)
    return np.uint8(((x / p[0]) % 1 < pen) | ((y / p[1]) % 1 < pen)) * 255


def draw_checkers(rng, fonts, w, h):
    y, x = np.mgrid[0:h, 0:w]
    p = rng.uniform(4, 50)
    return np.uint8((x // p + y // p) % 2) * 255


def draw_stripes(rng, fonts, w, h):
    y, x = np.mgrid[0:h, 0:w]
    a = rng.choice([0, math.pi / 2, rng.uniform(0, math.pi)])
    return np.uint8(((x * math.cos(a) + y * math.sin(a)) / rng.uniform(4, 60)) % 1 < rng.uniform(0.2, 0.8)) * 255


def draw_zebra(rng, fonts, w, h):
    x, _ = coordinates(rng, h, w)
    return np.uint8(np.sin(x / rng.uniform(2, 10) + 8 * noise(rng, h, w, 90, 2)) > 0) * 255


def draw_keys(rng, fonts, w, h):
    """Rounded keys with a sign on each, as on a keyboard."""
    mask = np.zeros((h, w), np.uint8)
    p = int(rng.integers(12, 50))
    face = font(str(rng.choice(fonts)), max(5, p // 2))
    img = Image.fromarray(mask)
    draw = ImageDraw.Draw(img)
    for row, y in enumerate(range(1, h - p + 1, p)):
        for x in range(1 + (row * p // 3) % p, w - p + 1, p):
            draw.rounded_rectangle((x, y, x + p - 3, y + p - 3), p // 6, fill=255)
            draw.text((x + p // 4, y + p // 6), random_text(rng, 1), fill=0, font=face)
    return np.asarray(img)


def draw_pixels(rng, fonts, w, h):
    """Random cells: the texture of a 2-D code without its finder patterns."""
    p = rng.uniform(4, 24)
    cells = rng.random((max(2, int(h / p)), max(2, int(w / p)))) < rng.uniform(0.2, 0.8)
    return cv2.resize(np.uint8(cells) * 255, (w, h), interpolation=cv2.INTER_NEAREST)


def draw_dots(rng, fonts, w, h):
    y, x = np.mgrid[0:h, 0:w]
    p = rng.uniform(4, 24)
    return np.uint8(((x / p) % 1 - 0.5) ** 2 + ((y / p) % 1 - 0.5) ** 2 < rng.uniform(0.03, 0.2)) * 255


def draw_icon(rng, fonts, w, h):
    """A logo of a few solid shapes, sometimes nested squares as in a finder pattern."""
    mask = np.zeros((h, w), np.uint8)
    if rng.random() < 0.25:
        for step, ink in enumerate((255, 0, 255)):
            cv2.rectangle(mask, (step * w // 7, step * h // 7), (w - 1 - step * w // 7, h - 1 - step * h // 7), ink, -1)
        return mask
    for ink in (255, 255, 0, 255)[:rng.integers(1, 5)]:
        centre = (int(rng.uniform(0.2, 0.8) * w), int(rng.uniform(0.2, 0.8) * h))
        size = (max(1, int(w * rng.uniform(0.08, 0.5))), max(1, int(h * rng.uniform(0.08, 0.5))))
        thick = -1 if rng.random() < 0.6 else max(1, min(w, h) // 14)
        if rng.random() < 0.5:
            cv2.ellipse(mask, centre, size, 0, 0, 360, ink, thick, cv2.LINE_AA)
        else:
            points = np.array(centre) + np.array(size) * rng.uniform(-1, 1, (int(rng.integers(3, 7)), 2))
            cv2.polylines(mask, [points.astype(int)], True, ink, max(1, thick), cv2.LINE_AA)
            if thick < 0:
                cv2.fillPoly(mask, [points.astype(int)], ink, cv2.LINE_AA)
    return mask


DECOYS = (draw_text, draw_text, draw_text, draw_table, draw_grid, draw_checkers, draw_stripes, draw_zebra,
          draw_keys, draw_pixels, draw_dots, draw_icon)
LABEL_PRINT = (draw_text, draw_text, draw_text, draw_text, draw_table, draw_icon, draw_icon, draw_stripes)


def symbol_mask(rng, modules, w, h, style):
    """Ink coverage (h, w) of a symbol; `style` "dots" prints round modules."""
    if style == "dots":
        cell = np.zeros((8, 8), np.uint8)
        cv2.circle(cell, (32, 32), int(rng.uniform(3.2, 4.2) * 8), 255, -1, cv2.LINE_AA, 3)
        big = np.kron(modules.astype(np.uint8), cell)
    else:
        fine = max(1, math.ceil(2 * max(w / modules.shape[1], h / modules.shape[0], 1)))
        fine_y = 1 if modules.shape[0] == 1 else fine
        big = np.repeat(np.repeat(np.uint8(modules) * 255, fine_y, 0), fine, 1)
        if modules.shape[0] == 1:
            return np.repeat(cv2.resize(big, (w, 1), interpolation=cv2.INTER_AREA), h, 0)
    return cv2.resize(big, (w, h), interpolation=cv2.INTER_AREA)


# ---------------------------------------------------------------- panels

class Panel:
    """A flat print: a sticker (opaque paper) or ink alone (`paper` None)."""

    def __init__(self, w, h, paper, ink):
        self.rgb = np.empty((h, w, 3), np.uint8)
        self.rgb[:] = np.uint8(ink if paper is None else paper)
        self.alpha = np.full((h, w), 0 if paper is None else 255, np.uint8)

    def stamp(self, mask, x, y, ink):
        """Print ink where `mask` (0..255) says, clipped to the panel."""
        h, w = self.alpha.shape
        x, y = int(x), int(y)
        mask = mask[max(0, -y):max(0, h - y), max(0, -x):max(0, w - x)]
        if not mask.size:
            return
        x, y = max(0, x), max(0, y)
        part = (slice(y, y + mask.shape[0]), slice(x, x + mask.shape[1]))
        cover = cv2.multiply(mask, 1 / 255, dtype=cv2.CV_32F)
        colour = np.empty(mask.shape + (3,), np.uint8)
        colour[:] = np.uint8(np.clip(ink, 0, 255))
        self.rgb[part] = cv2.blendLinear(colour, np.ascontiguousarray(self.rgb[part]), cover, 1 - cover)
        np.maximum(self.alpha[part], mask, out=self.alpha[part])


def random_colours(rng, dark_below):
    """(paper, ink): dark on light mostly; `dark_below` None for a sticker, else the luminance
    of the surface that ink goes straight on."""
    if dark_below is not None:
        dark = dark_below > 105
        ink = rng.uniform(0, 45) + rng.uniform(0, 25, 3) if dark else rng.uniform(200, 255) + rng.uniform(-30, 0, 3)
        return None, ink
    if rng.random() < 0.72:
        paper_colour = rng.uniform(205, 255) + rng.uniform(-14, 0, 3)
    else:
        paper_colour = rng.uniform(120, 255, 3)
        paper_colour *= max(1.0, 165 / paper_colour.mean())
    ink = rng.uniform(0, 50) + rng.uniform(0, 15, 3)
    if rng.random() < 0.15:
        ink = rng.uniform(0, 130, 3)
        ink *= min(1.0, 80 / ink.mean())
    return np.clip(paper_colour, 0, 255), ink


def make_code(rng, kind, side, plane):
    """Choose a symbol whose projected box is about `side` px. Returns a dict with its modules
    and its panel size, or None where not even the smallest symbol would be visible."""
    rectangular = kind == 1 and rng.random() < 0.12
    aspect = 1.0
    if kind == 2:
        aspect = rng.uniform(0.15, 0.8) if side > 60 else rng.uniform(0.35, 1.0)
    elif rectangular:
        aspect = float(rng.choice([8 / 18, 8 / 32, 16 / 48]))
    unit = project(plane, rect_corners(-0.5, -aspect / 2, 1, aspect))
    box = bounds(unit)
    width = side / max(box[2] - box[0], box[3] - box[1])
    along = width * np.linalg.norm(unit[1] - unit[0])
    across = width * np.linalg.norm(unit[2] - unit[1])
    if kind == 2:
        bars, text = linear_symbol(rng, along / rng.uniform(0.9, 1.6))
        code = {"modules": bars[None], "text": text, "module": along / len(bars)}
        floor = 0.6
    else:
        limit = min(along, across / aspect) / rng.uniform(1.2, 2.5)
        modules = qr_symbol(rng, limit) if kind == 0 else data_matrix_symbol(rng, limit, rectangular)
        if rectangular:
            aspect = modules.shape[0] / modules.shape[1]
            box = bounds(project(plane, rect_corners(-0.5, -aspect / 2, 1, aspect)))
            width = side / max(box[2] - box[0], box[3] - box[1])
        module = min(along / modules.shape[1], across / modules.shape[0])
        code = {"modules": modules, "text": "", "module": module}
        floor = 0.75
    if code["module"] < floor:
        return None
    w, h = max(4, round(width * OVERSAMPLE)), max(4, round(width * aspect * OVERSAMPLE))
    quiet = rng.uniform(1.0, 4.0) * w / code["modules"].shape[1]
    if kind == 2:
        quiet = rng.uniform(4, 10) * w / code["modules"].shape[1]
    return code | {"kind": kind, "w": w, "h": h, "quiet": int(math.ceil(quiet)),
                   "style": "dots" if kind < 2 and rng.random() < 0.08 else "solid"}


def print_code(rng, panel, code, x, y, paper_colour, ink, fonts):
    """Print a code with its quiet zone at panel position (x, y) of the quiet zone's corner."""
    q, w, h = code["quiet"], code["w"], code["h"]
    inverted = rng.random() < 0.07
    full = np.full((h + 2 * q, w + 2 * q), 255, np.uint8)
    if inverted:
        dark, light = ink, rng.uniform(200, 255) + rng.uniform(-20, 0, 3)
        if np.mean(ink) > 128:
            dark, light = light, rng.uniform(0, 40, 3)
        panel.stamp(full, x, y, dark)
        ink = light
    elif paper_colour is None and rng.random() < 0.4:
        panel.stamp(full, x, y, rng.uniform(190, 255) + rng.uniform(-25, 0, 3))
        ink = rng.uniform(0, 50, 3)
    mask = symbol_mask(rng, code["modules"], w, h, code["style"])
    panel.stamp(mask, x + q, y + q, ink)
    if code["kind"] == 0 and min(w, h) > 60 and rng.random() < 0.06:
        logo = int(w * rng.uniform(0.14, 0.24))
        at = (x + q + (w - logo) // 2, y + q + (h - logo) // 2)
        panel.stamp(np.full((logo, logo), 255, np.uint8), *at, rng.uniform(0, 255, 3))
        panel.stamp(draw_icon(rng, fonts, logo, logo), *at, rng.uniform(0, 255, 3))
    if code["text"] and not inverted and rng.random() < 0.7:
        size = int(np.clip(w / len(code["text"]) * rng.uniform(0.8, 1.5), 6, 60))
        img = Image.new("L", (w, size + size // 3))
        face = font(str(rng.choice(fonts)), size)
        shown = code["text"] if rng.random() < 0.5 else " ".join(code["text"])
        ImageDraw.Draw(img).text((max(0, (w - face.getlength(shown)) / 2), 0), shown, fill=255, font=face)
        panel.stamp(np.asarray(img), x + q, y + q + h + int(rng.integers(1, max(2, size // 4) + 1)), ink)


def lay_out(rng, codes):
    """Places in rows for codes and other print: ((x, y, w, h, code or None) ..., width, height)."""
    items = [(c["w"] + 2 * c["quiet"], c["h"] + 2 * c["quiet"] + (c["h"] // 4 if c["text"] else 0), c)
             for c in codes]
    typical = float(np.median([math.sqrt(w * h) for w, h, _ in items])) if items else rng.uniform(40, 260)
    for _ in range(int(rng.integers(0, 4)) if items else int(rng.integers(1, 4))):
        w = int(np.clip(typical * rng.uniform(0.4, 1.4), 16, 600))
        h = int(np.clip(typical * rng.uniform(0.2, 0.9), 12, 400))
        items.append((w, h, None))
    items = [items[i] for i in rng.permutation(len(items))]
    gap = int(rng.integers(2, 24))
    limit = math.sqrt(sum(w * h for w, h, _ in items)) * rng.uniform(0.9, 1.9)
    spots, x, y, tall, wide = [], gap, gap, 0, 0
    for w, h, code in items:
        if x > gap and x + w > limit:
            x, y, tall = gap, y + tall + gap, 0
        spots.append((x, y, w, h, code))
        x, tall, wide = x + w + gap, max(tall, h), max(wide, x + w + gap)
    return spots, wide, y + tall + gap


def symbol_area(x, y, code):
    """Panel rectangle of a code's modules where (x, y) is the corner of its quiet zone."""
    return x + code["quiet"], y + code["quiet"], code["w"], code["h"]


def compose(rng, spots, w, h, fonts, surface):
    """Print the laid-out spots on a new panel; `surface` is the luminance below it."""
    direct = rng.random() < 0.2
    paper_colour, ink = random_colours(rng, surface if direct else None)
    panel = Panel(w, h, paper_colour, ink)
    if not direct:
        if rng.random() < 0.5:
            stain = noise(rng, h // 2 + 1, w // 2 + 1, rng.uniform(2, 60)) * rng.uniform(0, 30) - 6
            stain = cv2.resize(stain, (w, h))
            panel.rgb = cv2.add(panel.rgb, cv2.merge([stain] * 3), dtype=cv2.CV_8U)
        if rng.random() < 0.3:
            frame = np.zeros((h, w), np.uint8)
            cv2.rectangle(frame, (1, 1), (w - 2, h - 2), 255, int(rng.integers(1, 5)))
            panel.stamp(frame, 0, 0, ink)
    kinds = LABEL_PRINT if any(s[4] for s in spots) else DECOYS
    for x, y, w, h, code in spots:
        if code:
            print_code(rng, panel, code, x, y, paper_colour, ink, fonts)
        else:
            other = ink if rng.random() < 0.75 else rng.uniform(0, 200, 3)
            source = kinds if rng.random() < 0.8 else DECOYS
            panel.stamp(source[rng.integers(len(source))](rng, fonts, w, h), x, y, other)
    return panel


def random_plane(rng, distance):
    """A random view of a plane: (homography about its origin, tilt in degrees). A third of the
    planes keep upright or sideways, as most pictures that people take do."""
    tilt = float(rng.uniform(0, MAX_TILT))
    spin = rng.uniform(0, 2 * math.pi)
    if rng.random() < 0.33:
        spin = rng.integers(4) * math.pi / 2 + rng.normal(0, 0.06)
    return tilted_plane(spin, rng.uniform(0, 2 * math.pi), math.radians(tilt), distance), tilt


def paste(rng, img, panel, homography):
    """Warp a panel onto the picture: `homography` takes panel edges to picture edges."""
    ph, pw = panel.alpha.shape
    x1, y1, x2, y2 = bounds(project(homography, rect_corners(0, 0, pw, ph)))
    x1, y1 = max(0, int(x1) - 2), max(0, int(y1) - 2)
    x2, y2 = min(img.shape[1], int(x2) + 3), min(img.shape[0], int(y2) + 3)
    if x2 <= x1 or y2 <= y1:
        return
    warp = between_centres(scale_shift(OVERSAMPLE, -OVERSAMPLE * x1, -OVERSAMPLE * y1) @ homography)
    fine = ((x2 - x1) * OVERSAMPLE, (y2 - y1) * OVERSAMPLE)
    rgb = cv2.warpPerspective(panel.rgb, warp, fine, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    alpha = cv2.warpPerspective(panel.alpha, warp, fine, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT)
    rgb = cv2.multiply(rgb, cv2.merge([alpha] * 3), scale=1 / 255, dtype=cv2.CV_32F)
    rgb = cv2.resize(rgb, (x2 - x1, y2 - y1), interpolation=cv2.INTER_AREA)
    alpha = cv2.resize(alpha.astype(np.float32), (x2 - x1, y2 - y1), interpolation=cv2.INTER_AREA)[..., None] / 255
    part = img[y1:y2, x1:x2]
    if rng.random() < 0.4:
        d = int(rng.integers(3, 12))
        soft = cv2.blur(np.roll(alpha[..., 0], (d // 3, d // 3), (0, 1)), (d, d))[..., None]
        part *= 1 - rng.uniform(0.1, 0.5) * soft
    part *= 1 - alpha
    part += rgb * rng.uniform(0.75, 1.05)


def overlaps(a, boxes, margin=0):
    """Whether box `a` meets any of `boxes`."""
    return any(a[0] < b[2] + margin and b[0] < a[2] + margin and a[1] < b[3] + margin and b[1] < a[3] + margin
               for b in boxes)


def add_panel(rng, img, sides, fonts, boxes, covered):
    """Draw one panel with a code for each of `sides` (none: a decoy) where it fits; append its
    boxes. `covered` holds the extents of the panels so far."""
    height, width = img.shape[:2]
    for attempt in range(10):
        distance = rng.uniform(2.5, 8)
        plane, tilt = random_plane(rng, 1e6)
        codes = [make_code(rng, int(rng.integers(3)), side, plane) for side in sides]
        if any(c is None for c in codes):
            continue
        spots, pw, ph = lay_out(rng, codes)
        bend = plane.copy()  # the same plane with a perspective for the size that the panel came out at
        bend[2, :2] *= 1e6 / (distance * math.hypot(pw, ph) / OVERSAMPLE)
        centred = bend @ scale_shift(1 / OVERSAMPLE, -pw / 2 / OVERSAMPLE, -ph / 2 / OVERSAMPLE)
        areas = [(symbol_area(x, y, code), code) for x, y, _, _, code in spots if code]
        if areas:
            found = [bounds(project(centred, rect_corners(*area))) for area, _ in areas]
            longest = [max(b[2] - b[0], b[3] - b[1]) for b in found]
            first = next(i for i, (_, code) in enumerate(areas) if code is codes[0])
            grow = sides[0] / longest[first]
            if any(not MIN_SIDE <= grow * side <= MAX_SIDE + 0.01 for side in longest):
                continue
            centred = scale_shift(grow, 0, 0) @ centred
        extent = bounds(project(centred, rect_corners(0, 0, pw, ph)))
        if areas:
            vital = np.concatenate([project(centred, rect_corners(*area)) for area, _ in areas])
        else:
            vital = 0.3 * project(centred, rect_corners(0, 0, pw, ph))
        low, high = 2 - vital.min(0), np.array([width, height]) - 2 - vital.max(0)
        if (high <= low).any():
            continue
        for strict in (True,) * 8 + (False,) * 12:
            shift = rng.uniform(low, high)
            moved = extent + np.r_[shift, shift]
            if overlaps(moved, [b["box"] for b in boxes], 2) or strict and overlaps(moved, covered):
                continue
            homography = scale_shift(1, *shift) @ centred
            centre = project(homography, np.array([[pw / 2, ph / 2]]))[0].clip(0, (width - 1, height - 1))
            surface = float(img[int(centre[1]), int(centre[0])].mean())
            paste(rng, img, compose(rng, spots, pw, ph, fonts, surface), homography)
            for area, code in areas:
                box = bounds(project(homography, rect_corners(*area)))
                boxes.append({"class_id": code["kind"], "label": CLASSES[code["kind"]],
                              "box": [round(float(v), 2) for v in box],
                              "tilt": round(tilt, 1), "module": round(float(code["module"]), 2)})
            covered.append(moved)
            return True
    return False


# ---------------------------------------------------------------- light, lens and file

def light(rng, img):
    """Shadows, glare and a colour cast, in place of an even light."""
    h, w = img.shape[:2]
    if rng.random() < 0.5:
        u, _ = coordinates(rng, h, w)
        u = (u - u.min()) / (np.ptp(u) + 1e-6)
        img *= (1 - rng.uniform(0.1, 0.55) * u)[..., None]
    if rng.random() < 0.35:
        shade = np.zeros((h // 4 + 1, w // 4 + 1), np.float32)
        points = rng.uniform(-0.3, 1.3, (int(rng.integers(3, 6)), 2)) * (w / 4, h / 4)
        cv2.fillPoly(shade, [points.astype(int)], 1.0)
        shade = cv2.resize(cv2.blur(shade, (int(rng.integers(1, 16)),) * 2), (w, h))
        img *= (1 - rng.uniform(0.2, 0.6) * shade)[..., None]
    if rng.random() < 0.4:
        glare = np.zeros((h // 4 + 1, w // 4 + 1), np.float32)
        for _ in range(int(rng.integers(1, 5))):
            centre = (int(rng.uniform(0, w / 4)), int(rng.uniform(0, h / 4)))
            axes = (int(rng.uniform(1, 25)), int(rng.uniform(1, 9)))
            cv2.ellipse(glare, centre, axes, float(rng.uniform(0, 180)), 0, 360, float(rng.uniform(0.3, 1.0)), -1)
        soft = int(rng.integers(2, 14)) * 2 + 1
        img += cv2.resize(cv2.GaussianBlur(glare, (soft, soft), 0), (w, h))[..., None] * rng.uniform(80, 260)
    img *= rng.uniform(0.9, 1.1, 3).astype(np.float32) * np.float32(rng.uniform(0.55, 1.15))
    return np.clip(img, 0, 255, out=img)


def degrade(rng, img):
    """What a lens, a sensor and a file do to a picture (uint8): blur, noise, contrast, JPEG.
    Returns (picture, blur sigma, JPEG quality)."""
    sigma = 0.0
    if rng.random() < 0.65:
        sigma = float(rng.uniform(0.3, MAX_BLUR))
        img = cv2.GaussianBlur(img, (0, 0), sigma)
    elif rng.random() < 0.35:
        length = int(rng.integers(3, 9))
        kernel = np.zeros((length, length), np.float32)
        a = rng.uniform(0, math.pi)
        d = (length - 1) / 2 * np.array([math.cos(a), math.sin(a)])
        start, end = (length - 1) / 2 - d, (length - 1) / 2 + d
        cv2.line(kernel, tuple(np.rint(start).astype(int).tolist()), tuple(np.rint(end).astype(int).tolist()), 1.0)
        img = cv2.filter2D(img, -1, kernel / kernel.sum())
    if rng.random() < 0.6:
        grain = rng.standard_normal(img.shape[:2] + ((3,) if rng.random() < 0.5 else (1,)), dtype=np.float32)
        img = np.clip(img + grain * np.float32(rng.uniform(1, 14)), 0, 255).astype(np.uint8)
    quality = int(rng.integers(25, 96))
    img = cv2.imdecode(cv2.imencode(".jpg", img, [cv2.IMWRITE_JPEG_QUALITY, quality])[1], cv2.IMREAD_COLOR)
    return img, sigma, quality


# ---------------------------------------------------------------- scenes

def scene_rng(split, seed, index):
    """The random stream of one picture."""
    return np.random.default_rng([SPLITS.index(split), seed, index])


def scene(rng, split, width, height):
    """A picture before `degrade` (uint8 BGR) and its boxes."""
    known = split == "train"
    fonts = TRAIN_FONTS if known else HELDOUT_FONTS
    family = TRAIN_BACKGROUNDS if known else HELDOUT_BACKGROUNDS
    img = np.ascontiguousarray(np.clip(family[rng.integers(len(family))](rng, height, width), 0, 255), np.float32)
    boxes, covered = [], []
    for _ in range(int(rng.integers(0, 4)) + (2 if split == "empty" else 0)):
        add_panel(rng, img, [], fonts, boxes, [])
    if split != "empty":
        panels = [[float(rng.uniform(MIN_SIDE, MAX_SIDE)) for _ in range(1 + (rng.random() < 0.3))]
                  for _ in range(int(rng.integers(1, 5)))]
        for sides in sorted(panels, key=max, reverse=True):
            if not add_panel(rng, img, sides, fonts, boxes, covered):
                for side in sides:
                    add_panel(rng, img, [side], fonts, boxes, covered)
    return light(rng, img).astype(np.uint8), boxes


def render(job):
    """Render and write one picture; returns its annotation."""
    out, split, seed, index, size, clean = job
    rng = scene_rng(split, seed, index)
    width = height = size
    if split != "train":
        short = int(size * rng.uniform(0.7, 1.0))
        width, height = (size, short) if rng.random() < 0.6 else (short, size)
    img, boxes = scene(rng, split, width, height)
    note = {"file": f"{index:06d}.jpg", "width": width, "height": height}
    if clean:
        quality = 95
    else:
        img, note["blur"], quality = degrade(rng, img)
        note["jpeg"] = quality
        quality = 97
    cv2.imwrite(str(out / note["file"]), img, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return note | {"boxes": boxes}


def start_worker():
    """One thread a process: the pool is what runs in parallel."""
    cv2.setNumThreads(1)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--split", choices=SPLITS, required=True)
    parser.add_argument("--count", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--size", type=int, default=640, help="longer side of the pictures in px")
    parser.add_argument("--clean", action="store_true",
                        help="leave blur, noise and JPEG to the trainer, which adds them anew each time")
    parser.add_argument("--jobs", type=int, default=2)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    jobs = [(args.out, args.split, args.seed, i, args.size, args.clean) for i in range(args.count)]
    with Pool(args.jobs, start_worker) as pool, open(args.out / "annotations.jsonl", "w") as notes:
        for note in pool.imap(render, jobs, chunksize=16):
            notes.write(json.dumps(note) + "\n")


if __name__ == "__main__":
    main()
