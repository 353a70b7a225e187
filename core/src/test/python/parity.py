"""Writes the fixture that holds the engine to PyTorch: weights, batches and the first 50 losses of five networks.

Run once, from this folder, with Python 3.11, torch 2.7.1 and numpy:

    python parity.py ../resources/parity

The networks are written here as torch modules, apart from the engine's own description of them. A tensor is written in
the order in which the data meets it, as little-endian fp32; losses and what made them stand in parity.json.

Losses are those of a run in fp64. Rounding alone drives two fp32 runs apart, the faster the higher the rate: at ten
times these rates PyTorch's own contiguous and channels-last runs differ by 2e-3 after fifty steps, at these by less
than 1e-4.
"""

import json
import platform
import sys
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

STEPS, BATCHES, BATCH, SIDE, CLASSES = 50, 5, 64, 12, 10


class Skip(nn.Module):
    """The sum of a shortcut and a body, in this order of their tensors."""

    def __init__(self, shortcut, body):
        super().__init__()
        self.shortcut, self.body = shortcut, body

    def forward(self, x):
        return self.shortcut(x) + self.body(x)


class Grow(nn.Module):
    """A dense layer: what came in, and what the body makes of it behind it."""

    def __init__(self, body):
        super().__init__()
        self.body = body

    def forward(self, x):
        return torch.cat([x, self.body(x)], 1)


class Side(nn.Module):
    """What each branch makes of the same input, side by side."""

    def __init__(self, branches):
        super().__init__()
        self.branches = nn.ModuleList(branches)

    def forward(self, x):
        return torch.cat([branch(x) for branch in self.branches], 1)


class ChannelNorm(nn.Module):
    """Layer norm over the channels of each position."""

    def __init__(self, channels):
        super().__init__()
        self.norm = nn.LayerNorm(channels, eps=1e-6)

    def forward(self, x):
        return self.norm(x.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)


class LayerScale(nn.Module):
    def __init__(self, channels, initial):
        super().__init__()
        self.factor = nn.Parameter(torch.full((channels,), initial))

    def forward(self, x):
        return x * self.factor.view(1, -1, 1, 1)


def conv(i, o, k=1, stride=1, groups=1, bias=False):
    return nn.Conv2d(i, o, k, stride, k // 2, groups=groups, bias=bias)


def head(channels):
    return [nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(channels, CLASSES)]


def bottleneck():
    def block(i, mid, o, stride):
        body = nn.Sequential(
            conv(i, mid), nn.BatchNorm2d(mid), nn.ReLU(), conv(mid, mid, 3, stride, 2), nn.BatchNorm2d(mid), nn.ReLU(),
            conv(mid, o), nn.BatchNorm2d(o))
        shortcut = nn.Sequential(conv(i, o, 1, stride), nn.BatchNorm2d(o))
        return nn.Sequential(Skip(shortcut, body), nn.ReLU())

    return nn.Sequential(
        conv(3, 16, 3), nn.BatchNorm2d(16), nn.ReLU(), block(16, 8, 32, 1), block(32, 12, 48, 2), *head(48))


def inverted_bottleneck():
    def block(i, expansion, o, stride):
        wide = i * expansion
        body = nn.Sequential(
            conv(i, wide), nn.BatchNorm2d(wide), nn.ReLU6(), conv(wide, wide, 3, stride, wide), nn.BatchNorm2d(wide),
            nn.ReLU6(), conv(wide, o), nn.BatchNorm2d(o))
        return Skip(nn.Identity(), body) if i == o and stride == 1 else body

    return nn.Sequential(
        conv(3, 12, 3), nn.BatchNorm2d(12), nn.ReLU6(), block(12, 3, 12, 1), block(12, 4, 20, 2), *head(20))


def dense():
    def layer(i, growth):
        return Grow(nn.Sequential(
            nn.BatchNorm2d(i), nn.ReLU(), conv(i, 2 * growth), nn.BatchNorm2d(2 * growth), nn.ReLU(),
            conv(2 * growth, growth, 3)))

    return nn.Sequential(
        conv(3, 12, 3), layer(12, 8), layer(20, 8), nn.BatchNorm2d(28), nn.ReLU(), conv(28, 14), nn.AvgPool2d(2),
        layer(14, 8), nn.BatchNorm2d(22), nn.ReLU(), *head(22))


def convnext():
    def block(c):
        body = nn.Sequential(
            conv(c, c, 7, groups=c, bias=True), ChannelNorm(c), conv(c, 4 * c, bias=True), nn.GELU(),
            conv(4 * c, c, bias=True), LayerScale(c, 0.1))
        return Skip(nn.Identity(), body)

    return nn.Sequential(nn.Conv2d(3, 16, 2, 2), ChannelNorm(16), block(16), block(16), *head(16))


def inception():
    """Channels that are no multiples of eight: the engine computes such norms together, or with spare channels."""
    def part(i, o, k=1):
        return [conv(i, o, k), nn.BatchNorm2d(o), nn.ReLU()]

    def module(i, straight, reduce3, branch3, reduce5, branch5, pool):
        return Side([
            nn.Sequential(*part(i, straight)),
            nn.Sequential(*part(i, reduce3), *part(reduce3, branch3, 3)),
            nn.Sequential(*part(i, reduce5), *part(reduce5, branch5, 5)),
            nn.Sequential(nn.MaxPool2d(3, 1, 1), *part(i, pool))])

    return nn.Sequential(
        *part(3, 12, 3), module(12, 6, 4, 10, 3, 5, 7), nn.AvgPool2d(2), module(28, 8, 6, 12, 5, 9, 3), *head(32))


NETWORKS = {
    "bottleneck": bottleneck, "inverted-bottleneck": inverted_bottleneck, "dense": dense, "convnext": convnext,
    "inception": inception}


def optimizers(network):
    sgd = torch.optim.SGD(network.parameters(), lr=0.005, momentum=0.9, nesterov=True, weight_decay=5e-4)
    yield "sgd", sgd, torch.optim.lr_scheduler.OneCycleLR(
        sgd, max_lr=0.005, total_steps=STEPS, cycle_momentum=False)
    adamw = torch.optim.AdamW(network.parameters(), lr=0.0005, weight_decay=0.05)
    yield "adamw", adamw, torch.optim.lr_scheduler.CosineAnnealingLR(adamw, T_max=STEPS)


def losses(network, images, labels, name):
    """The loss of each step and its learning rate; of each running statistic its norm after the last step."""
    start = {key: value.clone() for key, value in network.state_dict().items()}
    for chosen, optimizer, schedule in optimizers(network):
        if chosen != name:
            continue
        network.load_state_dict(start)
        network.train()
        values, rates = [], []
        for step in range(STEPS):
            loss = F.cross_entropy(network(images[step % BATCHES]), labels[step % BATCHES])
            optimizer.zero_grad()
            loss.backward()
            rates.append(optimizer.param_groups[0]["lr"])
            optimizer.step()
            schedule.step()
            values.append(loss.item())
        running = [v.norm().item() for k, v in network.state_dict().items() if "running" in k]
        network.load_state_dict(start)
        return {"losses": values, "rates": rates, "running": running}


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(20261123)
    torch.set_num_threads(1)
    labels = torch.randint(CLASSES, (BATCHES, BATCH))
    # Each class has a picture of its own under the noise, so that there is something to learn.
    pictures = torch.randn(CLASSES, 3, SIDE, SIDE)
    images = pictures[labels] + torch.randn(BATCHES, BATCH, 3, SIDE, SIDE)
    images.permute(0, 1, 3, 4, 2).contiguous().numpy().astype("<f4").tofile(folder / "images.bin")
    labels.numpy().astype("<i8").tofile(folder / "labels.bin")
    report = {
        "python": platform.python_version(), "torch": torch.__version__.split("+")[0], "steps": STEPS, "batches": BATCHES,
        "batch": BATCH, "side": SIDE, "networks": {}}
    for name, build in NETWORKS.items():
        network = build()
        tensors = [v for k, v in network.state_dict().items() if not k.endswith("num_batches_tracked")]
        np.concatenate([t.flatten().numpy() for t in tensors]).astype("<f4").tofile(folder / f"{name}.bin")
        report["networks"][name] = {o: losses(network.double(), images.double(), labels, o) for o in ("sgd", "adamw")}
        print(name, sum(t.numel() for t in tensors), report["networks"][name]["sgd"]["losses"][::10])
    (folder / "parity.json").write_text(json.dumps(report, indent=1) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
