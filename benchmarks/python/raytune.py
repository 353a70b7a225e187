"""The study of raytune.conf with Ray Tune: twelve bottleneck trials of one thread each, two at once.

    python -m pip install -r benchmarks/python/raytune-requirements.txt
    python benchmarks/python/raytune.py [--script plain|tuned] [--epochs 3] [--train 10000] [--validation 2000]

plain is a training loop as tutorials write it: a DataLoader over images, fp32, channels first. tuned is a careful one:
images in memory, channels last, bf16 autocast where the processor computes bf16, inference mode. Both train the networks
that bin/narrows run benchmarks/python/raytune.conf --slots 2 trains. It prints the seconds of the whole study, of Ray's
start and of training, and the accuracies.
"""

import argparse
import contextlib
import io
import json
import pathlib
import statistics
import tempfile
import time

WIDTHS, STRIDES, CLASSES, BATCH = (32, 64, 128), (1, 2, 2), 10, 128
IMAGES = pathlib.Path(__file__).resolve().parents[2] / "core/src/main/resources/data/fashion-mnist"


def read(file, count):
    """The first images of a Parquet file as bytes, and their labels."""
    import numpy
    import pyarrow.parquet
    from PIL import Image

    rows = pyarrow.parquet.read_table(IMAGES / file).slice(0, count).to_pylist()
    pixels = numpy.stack([numpy.asarray(Image.open(io.BytesIO(row["image"]["bytes"]))) for row in rows])
    return pixels, numpy.asarray([row["label"] for row in rows])


def network(ratio, groups, stem):
    from torch import nn

    def conv(inputs, outputs, kernel=1, stride=1, groups=1):
        return [
            nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, groups=groups, bias=False),
            nn.BatchNorm2d(outputs),
        ]

    class Bottleneck(nn.Module):
        def __init__(self, inputs, outputs, stride):
            super().__init__()
            middle = int(outputs * ratio)
            self.body = nn.Sequential(
                *conv(inputs, middle), nn.ReLU(inplace=True),
                *conv(middle, middle, 3, stride, groups), nn.ReLU(inplace=True),
                *conv(middle, outputs),
            )
            same = inputs == outputs and stride == 1
            self.shortcut = nn.Identity() if same else nn.Sequential(*conv(inputs, outputs, 1, stride))
            self.relu = nn.ReLU(inplace=True)

        def forward(self, x):
            return self.relu(self.body(x) + self.shortcut(x))

    inputs = (stem, *WIDTHS[:-1])
    blocks = [Bottleneck(*each) for each in zip(inputs, WIDTHS, STRIDES)]
    return nn.Sequential(
        *conv(1, stem, 3), nn.ReLU(inplace=True), *blocks, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(WIDTHS[-1], CLASSES)
    )


def computes_bf16():
    """As Narrows chooses: bf16 only where the processor computes it natively and faster."""
    flags = pathlib.Path("/proc/cpuinfo").read_text()
    return "amx_bf16" in flags or ("avx512_bf16" in flags and "AuthenticAMD" in flags)


def plain(config, images):
    import torch
    from ray import tune
    from torch.utils.data import DataLoader, Dataset

    class Clothes(Dataset):
        def __init__(self, pixels, labels):
            self.pixels, self.labels = pixels, labels

        def __len__(self):
            return len(self.labels)

        def __getitem__(self, i):
            image = torch.from_numpy(self.pixels[i].copy()).float().div(255)
            return (image[None] - config["mean"]) / config["deviation"], int(self.labels[i])

    torch.manual_seed(config["seed"])
    model = network(config["ratio"], config["groups"], config["stem"])
    train = DataLoader(Clothes(*images["train"]), BATCH, shuffle=True)
    validation = DataLoader(Clothes(*images["validation"]), BATCH)
    loss_of = torch.nn.CrossEntropyLoss()
    optimizer, schedule = optimizer_of(model, config["epochs"] * len(train))
    for _ in range(config["epochs"]):
        model.train()
        total = 0.0
        for inputs, labels in train:
            optimizer.zero_grad()
            loss = loss_of(model(inputs), labels)
            loss.backward()
            optimizer.step()
            schedule.step()
            total += loss.item()
        model.eval()
        hits = 0
        with torch.no_grad():
            for inputs, labels in validation:
                hits += (model(inputs).argmax(1) == labels).sum().item()
        tune.report({"accuracy": hits / len(images["validation"][1]), "loss": total / len(train)})


def tuned(config, images):
    import torch
    from ray import tune

    torch.set_num_threads(1)
    torch.manual_seed(config["seed"])

    def tensors(part):
        pixels, labels = images[part]
        inputs = torch.from_numpy(pixels.copy()).float().div_(255).sub_(config["mean"]).div_(config["deviation"])
        return inputs[:, None].contiguous(memory_format=torch.channels_last), torch.from_numpy(labels.copy())

    cast = (lambda: torch.autocast("cpu", torch.bfloat16)) if config["bf16"] else contextlib.nullcontext
    model = network(config["ratio"], config["groups"], config["stem"]).to(memory_format=torch.channels_last)
    inputs, labels = tensors("train")
    judged, answers = tensors("validation")
    loss_of = torch.nn.CrossEntropyLoss()
    steps = len(labels) // BATCH
    optimizer, schedule = optimizer_of(model, config["epochs"] * steps)
    for _ in range(config["epochs"]):
        model.train()
        total = torch.zeros(())
        for chosen in torch.randperm(len(labels))[: steps * BATCH].split(BATCH):
            with cast():
                loss = loss_of(model(inputs[chosen]), labels[chosen])
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            optimizer.step()
            schedule.step()
            total += loss.detach()
        model.eval()
        with torch.inference_mode(), cast():
            hits = sum(
                (model(some).argmax(1) == right).sum().item()
                for some, right in zip(judged.split(500), answers.split(500))
            )
        tune.report({"accuracy": hits / len(answers), "loss": total.item() / steps})


def optimizer_of(model, steps):
    import torch

    optimizer = torch.optim.SGD(model.parameters(), lr=0.05, momentum=0.9, nesterov=True, weight_decay=5e-4)
    return optimizer, torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, steps)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--script", choices=("plain", "tuned"), default="tuned")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--train", type=int, default=10000)
    parser.add_argument("--validation", type=int, default=2000)
    chosen = parser.parse_args()
    began = time.perf_counter()

    import ray
    import torch
    from ray import tune

    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, logging_level="error")
    pixels, labels = read("train-00000-of-00001.parquet", chosen.train + chosen.validation)
    images = {
        "train": (pixels[: chosen.train], labels[: chosen.train]),
        "validation": (pixels[chosen.train :], labels[chosen.train :]),
    }
    seen = images["train"][0] / 255
    space = {
        "ratio": tune.grid_search([0.25, 0.5, 1.0]),
        "groups": tune.grid_search([1, 8]),
        "seed": tune.grid_search([0, 1]),
        "epochs": chosen.epochs,
        "stem": 16,
        "mean": float(seen.mean()),
        "deviation": float(seen.std()),
        "bf16": chosen.script == "tuned" and computes_bf16(),
    }
    ready = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        tuner = tune.Tuner(
            tune.with_resources(tune.with_parameters(globals()[chosen.script], images=images), {"cpu": 1}),
            param_space=space,
            run_config=tune.RunConfig(storage_path=folder, verbose=0),
        )
        results = tuner.fit()
    ended = time.perf_counter()
    if results.errors:
        raise SystemExit(f"Cannot compare: {len(results.errors)} trials failed, the first by {results.errors[0]}")
    accuracies = {}
    for result in results:
        accuracies.setdefault((result.config["ratio"], result.config["groups"]), []).append(result.metrics["accuracy"])
    parameters = {
        (ratio, groups): sum(weights.numel() for weights in network(ratio, groups, 16).parameters())
        for ratio, groups in accuracies
    }
    print(json.dumps({
        "script": chosen.script,
        "versions": {"ray": ray.__version__, "torch": torch.__version__},
        "trials": len(results),
        "bf16": space["bf16"],
        "seconds": round(ended - began, 1),
        "seconds_to_start": round(ready - began, 1),
        "seconds_of_study": round(ended - ready, 1),
        "variants": [
            {"mid-ratio": ratio, "cardinality": groups, "params": parameters[ratio, groups],
             "accuracy": round(statistics.mean(values), 4)}
            for (ratio, groups), values in sorted(accuracies.items())
        ],
    }, indent=1))


if __name__ == "__main__":
    main()
