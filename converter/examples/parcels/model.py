# Copyright 2026 The Avocet authors
# SPDX-License-Identifier: Apache-2.0
"""The parcels network: a small anchor-free detector with YOLOX's raw output layout.

Input: pictures [N, 3, H, W], BGR, 0..255. Output: [N, A, 5 + classes], a row an anchor point of
strides 8, 16, 32 in that order, row-major inside a level: cx and cy offsets from the cell in
strides, log width and height in strides, objectness, one score a class. `decode` turns the first
four into boxes.
"""

import torch
from torch import nn

STRIDES = (8, 16, 32)


def conv(inputs, outputs, kernel=1, stride=1, groups=1):
    """Convolution, batch norm and ReLU."""
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, groups=groups, bias=False),
        nn.BatchNorm2d(outputs, eps=1e-3, momentum=0.03), nn.ReLU(inplace=True))


def separable(inputs, outputs, kernel=5, stride=1):
    """Depthwise convolution without an activation, then a pointwise one with."""
    return nn.Sequential(
        nn.Conv2d(inputs, inputs, kernel, stride, kernel // 2, groups=inputs, bias=False),
        nn.BatchNorm2d(inputs, eps=1e-3, momentum=0.03), conv(inputs, outputs))


class Residual(nn.Module):
    """x + separable(x)."""

    def __init__(self, width, kernel=5):
        super().__init__()
        self.body = separable(width, width, kernel)

    def forward(self, x):
        return x + self.body(x)


class Head(nn.Module):
    """Class scores and boxes of one level, in a branch each."""

    def __init__(self, width, classes):
        super().__init__()
        self.of_class = nn.Sequential(separable(width, width), separable(width, width, 3))
        self.of_box = nn.Sequential(separable(width, width), separable(width, width, 3))
        self.classes = nn.Conv2d(width, classes, 1)
        self.box = nn.Conv2d(width, 4, 1)
        self.objectness = nn.Conv2d(width, 1, 1)
        for layer in (self.classes, self.objectness):
            nn.init.constant_(layer.bias, -4.6)  # a score of 0.01 before training

    def forward(self, x):
        boxes = self.of_box(x)
        return torch.cat([self.box(boxes), self.objectness(boxes), self.classes(self.of_class(x))], 1)


class Parcels(nn.Module):
    """The detector; `forward` gives logits, `Exported` the scores."""

    def __init__(self, classes=3, neck=48):
        super().__init__()
        self.stage4 = nn.Sequential(conv(3, 16, 3, 2), conv(16, 24, 3, 2), Residual(24, 3))
        self.stage8 = nn.Sequential(conv(24, 48, 3, 2), Residual(48), Residual(48))
        self.stage16 = nn.Sequential(separable(48, 96, stride=2), Residual(96), Residual(96), Residual(96))
        self.stage32 = nn.Sequential(separable(96, 128, stride=2), Residual(128), Residual(128), Residual(128))
        self.narrow = nn.ModuleList([conv(width, neck) for width in (48, 96, 128)])
        self.top_down = nn.ModuleList([separable(neck, neck) for _ in range(2)])
        self.bottom_up = nn.ModuleList([separable(neck, neck, stride=2) for _ in range(2)])
        self.merge = nn.ModuleList([separable(neck, neck) for _ in range(2)])
        self.heads = nn.ModuleList([Head(neck, classes) for _ in STRIDES])
        self.up = nn.Upsample(scale_factor=2, mode="nearest")
        self.scale = 255  # of the input; the export folds it into the first convolution

    def forward(self, pictures):
        p8 = self.stage8(self.stage4(pictures / self.scale if self.scale != 1 else pictures))
        p16 = self.stage16(p8)
        p32 = self.stage32(p16)
        p8, p16, p32 = (layer(x) for layer, x in zip(self.narrow, (p8, p16, p32)))
        p16 = self.top_down[0](p16 + self.up(p32))
        p8 = self.top_down[1](p8 + self.up(p16))
        p16 = self.merge[0](p16 + self.bottom_up[0](p8))
        p32 = self.merge[1](p32 + self.bottom_up[1](p16))
        levels = [rows(head(x)) for head, x in zip(self.heads, (p8, p16, p32))]
        return torch.cat(levels, 2).transpose(1, 2)


class Exported(nn.Module):
    """Parcels with its scores through the sigmoid, as the file holds it."""

    def __init__(self, net):
        super().__init__()
        self.net = net

    def forward(self, images):
        out = self.net(images)
        return torch.cat([out[..., :4], out[..., 4:].sigmoid()], 2)


def rows(x):
    """[N, C, H, W] as [N, C, H * W], with sizes that an export takes as constants."""
    return x.reshape(-1, int(x.shape[1]), int(x.shape[2]) * int(x.shape[3]))


def anchor_points(height, width, device=None):
    """(x, y, stride) of every anchor cell of a picture, in output order."""
    points = []
    for stride in STRIDES:
        y, x = torch.meshgrid(torch.arange(height // stride, device=device),
                              torch.arange(width // stride, device=device), indexing="ij")
        points.append(torch.stack([x.flatten(), y.flatten(), torch.full((x.numel(),), stride, device=device)], 1))
    return torch.cat(points).float()


def decode(raw, points):
    """Boxes x1, y1, x2, y2 of raw outputs [..., A, 4+] at `points`."""
    stride = points[:, 2:]
    centre = (raw[..., :2] + points[:, :2]) * stride
    half = raw[..., 2:4].clamp(max=8).exp() * stride / 2
    return torch.cat([centre - half, centre + half], -1)
