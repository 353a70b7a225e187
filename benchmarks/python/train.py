"""The same six networks as a careful Python script trains them: channels last, autocast, one thread a trial, two at once.

    python train.py [--trials 1|2] [--precision fp32|bf16|both] [--seconds 3] [--variants a,b] [--clock wall|processor]

Needs torch 2.7.1 (pip install torch==2.7.1). networks.json is written by dev.narrows.benchmarks.NetworkJson.
"""

import argparse
import contextlib
import json
import math
import multiprocessing
import pathlib
import statistics
import time

import torch
from torch import nn

TRAINED, JUDGED, CLASSES = 128, 64, 10


class Add(nn.Module):
    def __init__(self, branches):
        super().__init__()
        self.branches = nn.ModuleList(branches)

    def forward(self, x):
        out = self.branches[0](x)
        for branch in self.branches[1:]:
            out = out + branch(x)
        return out


class Concat(Add):
    def forward(self, x):
        return torch.cat([branch(x) for branch in self.branches], 1)


def build(layer):
    match layer["kind"]:
        case "chain":
            return nn.Sequential(*map(build, layer["steps"]))
        case "add":
            return Add(map(build, layer["branches"]))
        case "concat":
            return Concat(map(build, layer["branches"]))
        case "conv":
            return nn.Conv2d(layer["in"], layer["out"], layer["kernel"], layer["stride"], layer["padding"],
                             groups=layer["groups"], bias=layer["bias"])
        case "batch-norm":
            return nn.BatchNorm2d(layer["channels"])
        case "relu":
            return nn.ReLU(inplace=True)
        case "relu6":
            return nn.ReLU6(inplace=True)
        case "gelu":
            return nn.GELU()
        case "max-pool":
            return nn.MaxPool2d(layer["kernel"], layer["stride"], layer["padding"])
        case "average-pool":
            return nn.AvgPool2d(layer["kernel"], layer["stride"], layer["padding"])
        case "adaptive-pool":
            return nn.AdaptiveAvgPool2d(layer["size"])
        case "linear":
            return nn.Sequential(nn.Flatten(), nn.Linear(layer["in"], layer["out"], layer["bias"]))
        case "flatten":
            return nn.Flatten()
    raise ValueError(layer["kind"])


def batch(count, seed):
    """Noise over a pattern of the class."""
    patterns = torch.randn(CLASSES, 1, 28, 28, generator=torch.Generator().manual_seed(0))
    generator = torch.Generator().manual_seed(seed + 1)
    labels = torch.randint(0, CLASSES, (count,), generator=generator)
    images = (patterns[labels] + torch.randn(count, 1, 28, 28, generator=generator)) / math.sqrt(2)
    return images.contiguous(memory_format=torch.channels_last), labels


def measure(name, precision, seconds, clock, barrier, results):
    """Images per second of training and of evaluation: the median over slices of a third of a second."""
    torch.set_num_threads(1)
    network = build(json.loads((pathlib.Path(__file__).parent / "networks.json").read_text())[name])
    network = network.to(memory_format=torch.channels_last)
    optimizer = torch.optim.SGD(network.parameters(), lr=0.02, momentum=0.9)
    loss_of = nn.CrossEntropyLoss()
    cast = (lambda: torch.autocast("cpu", torch.bfloat16)) if precision == "bf16" else contextlib.nullcontext
    batches = [batch(TRAINED, seed) for seed in range(4)]
    judged = batch(JUDGED, 4)
    weight = next(network.parameters())
    before = weight.detach().clone()

    def train(step):
        images, labels = batches[step % len(batches)]
        with cast():
            loss = loss_of(network(images), labels)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        return loss.item()

    def judge(step):
        with torch.inference_mode(), cast():
            scores = network(judged[0])
            loss_of(scores, judged[1])
            return (scores.argmax(1) == judged[1]).sum().item()

    network.train()
    losses = [train(step) for step in range(24)]
    assert sum(losses[-6:]) < 0.97 * sum(losses[:6]) and not torch.equal(before, weight), "nothing is learnt"

    def rate(call, images):
        barrier.wait()
        slices, steps = [], 0
        now = time.thread_time if clock == "processor" else time.perf_counter
        end = now() + seconds
        while now() < end:
            start, first = now(), steps
            while now() < start + 1 / 3:
                call(steps)
                steps += 1
            slices.append((steps - first) * images / (now() - start))
        return statistics.median(slices)

    trained = rate(train, TRAINED)
    network.eval()
    results.put((trained, rate(judge, JUDGED)))


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--trials", type=int, default=2)
    arguments.add_argument("--precision", default="both")
    arguments.add_argument("--seconds", type=float, default=3)
    arguments.add_argument("--clock", default="wall")
    arguments.add_argument("--variants", default="residual,bottleneck,resnext,inverted-bottleneck,dense,inception")
    chosen = arguments.parse_args()
    context = multiprocessing.get_context("spawn")
    print(f"torch {torch.__version__}, {chosen.trials} processes at once, one thread each; images/s of all together")
    for precision in ("fp32", "bf16") if chosen.precision == "both" else (chosen.precision,):
        for name in chosen.variants.split(","):
            barrier, results = context.Barrier(chosen.trials), context.Queue()
            processes = [
                context.Process(target=measure, args=(name, precision, chosen.seconds, chosen.clock, barrier, results))
                for _ in range(chosen.trials)
            ]
            for process in processes:
                process.start()
            rates = [results.get(timeout=600) for _ in processes]
            for process in processes:
                process.join()
            print(f"{precision} {name:20s} train {sum(r[0] for r in rates):8,.0f} evaluate {sum(r[1] for r in rates):8,.0f}",
                  flush=True)


if __name__ == "__main__":
    main()
