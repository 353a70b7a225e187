"""Trains the archives that GpuArchives writes, and the same networks as plain and tuned scripts, and prints a table.

    python check.py FOLDER [--before FOLDER] [--seconds 1.0] [--parts a,b]

FOLDER holds NAME-PRECISION.pt and networks.json; --before a folder of archives whose step was several calls (loss,
backward, step). Needs torch and, for figures, a GPU; --device cpu tries the script out.
"""

import argparse
import contextlib
import json
import pathlib
import statistics
import sys
import threading
import time

import torch
from torch import nn

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "python"))
from train import build  # noqa: E402

BATCH, IMAGES, CLASSES, WARM = 128, 50_000, 10, 8
FIGURES = 64


def synchronize(device):
    if device.type == "cuda":
        torch.cuda.synchronize()


class Data:
    """Images of noise over a pattern of their class, as bytes on the device, with the terms of shifts and flips."""

    def __init__(self, shape, device, images):
        channels, height, width = shape
        generator = torch.Generator().manual_seed(0)
        labels = torch.randint(0, CLASSES, (images,), generator=generator)
        patterns = torch.randint(0, 128, (CLASSES, height, width, channels), generator=generator, dtype=torch.int32)
        noise = torch.randint(0, 128, (images, height, width, channels), generator=generator, dtype=torch.uint8)
        pixels = (noise + patterns[labels].to(torch.uint8)).to(torch.uint8)
        base = (torch.randperm(images, generator=generator) * height * width).unsqueeze(1)
        down, right = (torch.randint(-2, 3, (images, 1), generator=generator) for _ in range(2))
        flip = torch.randint(0, 2, (images, 1), generator=generator)
        rows, columns = torch.arange(height) + down, torch.arange(width)
        columns = torch.where(flip == 1, width - 1 - columns, columns) + right
        outside = -(1 << 40)
        rows = torch.where((rows < 0) | (rows >= height), outside, rows * width) + base
        columns = torch.where((columns < 0) | (columns >= width), outside, columns)
        levels = ((torch.arange(256) / 255 - 0.5) / 0.25).repeat(channels)
        order = base.squeeze(1) // (height * width)
        self.labels = labels[order].to(device)
        self.feed = [
            pixels.view(-1, channels).to(device),
            levels.to(device),
            (torch.arange(channels) * 256).to(device),
            torch.cat([rows, columns], 1).contiguous().to(device),
            self.labels,
        ]
        self.shape = shape
        self.images = images
        # What a script has: normalised images in fp32 on the device, channels last.
        floats = levels[pixels[order].long() + torch.arange(channels) * 256]
        self.normalised = floats.to(device).permute(0, 3, 1, 2)


class Step:
    """An archive's own step, as the engine calls it."""

    def __init__(self, path, data, device, stream=None):
        self.module = torch.jit.load(str(path), map_location=device)
        self.device, self.data = device, data
        self.weights = self.module.trained()
        self.velocity = self.module.velocity()
        zeros = lambda *shape, **kind: torch.zeros(*shape, device=device, **kind)  # noqa: E731
        kind = torch.float32 if device.type == "cuda" else torch.float64
        self.clock = [
            zeros(1, dtype=torch.int64),
            zeros(1, dtype=torch.int64),
            torch.full((100_000,), 0.02, device=device, dtype=kind),
            zeros(()),
            zeros(0, 2, dtype=torch.float64),
        ]
        self.figures = [
            torch.arange(max(BATCH, FIGURES), device=device),
            zeros(FIGURES),
            zeros(FIGURES, dtype=torch.int64),
            zeros(FIGURES),
        ]
        self.at = 0
        self.steps = 0

    def __call__(self):
        if self.at + BATCH > self.data.images:
            self.clock[0].zero_()
            self.at = 0
        self.take()
        self.at += BATCH
        self.steps += 1

    def take(self):
        self.module.advance(self.weights, self.velocity, self.data.feed, self.clock, self.figures, BATCH)

    def losses(self):
        return self.figures[1].tolist()


class Recorded(Step):
    """The same step, recorded as a graph after three steps."""

    def __init__(self, *arguments, **keywords):
        super().__init__(*arguments, **keywords)
        self.graph = None

    def take(self):
        if self.steps < 3:
            super().take()
            return
        if self.graph is None:
            with CAPTURING:
                torch.cuda.synchronize()
                graph = torch.cuda.CUDAGraph()
                graph.capture_begin(capture_error_mode="thread_local")
                try:
                    super().take()
                finally:
                    graph.capture_end()
                self.graph = graph
        self.graph.replay()


CAPTURING = threading.Lock()


class Before:
    """The step as several calls: loss, backward, a statement for each weight, two uploads and three scalars read."""

    def __init__(self, path, data, device, stream=None):
        self.module = torch.jit.load(str(path), map_location=device)
        for parameter in self.module.parameters():
            parameter.requires_grad_(True)
        self.data, self.device, self.at = data, device, 0
        images = data.normalised[: 16 * BATCH].permute(0, 2, 3, 1).contiguous().cpu()
        self.images, self.labels = images, data.labels[: 16 * BATCH].cpu()

    def __call__(self):
        at = self.at % (15 * BATCH)
        images = self.images[at:at + BATCH].to(self.device)
        labels = self.labels[at:at + BATCH].to(self.device)
        loss, hits = self.module.loss(images, labels)
        loss.backward()
        with torch.no_grad():
            norm = self.module.step(0.02, 1.0, 1.0)
        self.last = (loss.item(), hits.item(), norm.item())
        self.at += BATCH


class Script:
    """A network in Python: plain, as tutorials have it, or tuned."""

    def __init__(self, network, data, device, tuned):
        torch.manual_seed(0)
        self.network = build(network).to(device)
        self.data, self.tuned, self.device, self.at = data, tuned, device, 0
        if tuned:
            self.network = self.network.to(memory_format=torch.channels_last)
        self.optimizer = torch.optim.SGD(
            self.network.parameters(), lr=0.02, momentum=0.9, nesterov=True, weight_decay=5e-4,
            fused=True if tuned and device.type == "cuda" else None)
        self.loss_of = nn.CrossEntropyLoss()
        if not tuned:
            self.images, self.labels = data.normalised[: 64 * BATCH].contiguous().cpu(), data.labels[: 64 * BATCH].cpu()

    def __call__(self):
        if self.tuned:
            at = self.at % (self.data.images - BATCH)
            images, labels = self.data.normalised[at:at + BATCH], self.data.labels[at:at + BATCH]
            cast = torch.autocast(self.device.type, torch.bfloat16)
        else:
            at = self.at % (63 * BATCH)
            images, labels = self.images[at:at + BATCH].to(self.device), self.labels[at:at + BATCH].to(self.device)
            cast = contextlib.nullcontext()
        with cast:
            loss = self.loss_of(self.network(images), labels)
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        self.optimizer.step()
        if not self.tuned:
            self.last = loss.item()
        self.at += BATCH


def rate(step, seconds, device):
    """Images per second of one step after another."""
    with torch.autograd.set_multithreading_enabled(not isinstance(step, Step)):
        return rate_here(step, seconds, device)


def rate_here(step, seconds, device):
    for _ in range(WARM):
        step()
    synchronize(device)
    slices = []
    for _ in range(3):
        begin, count = time.perf_counter(), 0
        while time.perf_counter() < begin + seconds / 3:
            for _ in range(8):
                step()
            count += 8
            synchronize(device)
        slices.append(count * BATCH / (time.perf_counter() - begin))
    return statistics.median(slices)


def together(make, count, seconds, device):
    """Images per second of so many at once, each on a thread and a stream of its own."""
    barrier = threading.Barrier(count + 1)
    counts, errors = [0] * count, []
    stop = threading.Event()

    def run(i):
        try:
            stream = torch.cuda.Stream(device) if device.type == "cuda" else None
            with torch.cuda.stream(stream) if stream else contextlib.nullcontext():
                with torch.autograd.set_multithreading_enabled(False):
                    step = make()
                    for _ in range(WARM):
                        step()
                    if stream:
                        stream.synchronize()
                    barrier.wait(120)
                    while not stop.is_set():
                        for _ in range(8):
                            step()
                        if stream:
                            stream.synchronize()
                        counts[i] += 8
        except Exception as e:
            errors.append(e)
            barrier.abort()

    threads = [threading.Thread(target=run, args=(i,)) for i in range(count)]
    for thread in threads:
        thread.start()
    try:
        barrier.wait(120)
        before, begin = sum(counts), time.perf_counter()
        time.sleep(seconds)
        after, end = sum(counts), time.perf_counter()
    except threading.BrokenBarrierError:
        after = before = begin = 0
        end = 1
    stop.set()
    for thread in threads:
        thread.join()
    if errors:
        print("   ", repr(errors[0])[:300])
    return (after - before) * BATCH / (end - begin)


def trained(make, steps, device, companions=0):
    """The weights after so many steps, with others training beside."""
    stop = threading.Event()
    result = []

    def run(first):
        stream = torch.cuda.Stream(device)
        with torch.cuda.stream(stream), torch.autograd.set_multithreading_enabled(False):
            step = make()
            if first:
                for _ in range(steps):
                    step()
                stream.synchronize()
                result.append([weight.clone().cpu() for weight in step.weights])
                stop.set()
            else:
                while not stop.is_set():
                    step()
                    if step.steps % 32 == 0:
                        stream.synchronize()

    threads = [threading.Thread(target=run, args=(i == 0,)) for i in range(companions + 1)]
    for thread in reversed(threads):
        thread.start()
    for thread in threads:
        thread.join()
    return result[0]


def equal(first, second):
    return all(torch.equal(a, b) for a, b in zip(first, second))


def attempt(label, call):
    try:
        print(label, call(), flush=True)
    except Exception as e:
        print(label, "failed:", (str(e).strip().splitlines() or [repr(e)])[-1 if "Traceback of" in str(e) else 0][:300], flush=True)


def profile(step, device):
    from torch.profiler import ProfilerActivity, profile as profiled

    for _ in range(WARM):
        step()
    synchronize(device)
    with profiled(activities=[ProfilerActivity.CPU, ProfilerActivity.CUDA]) as measured:
        for _ in range(8):
            step()
        synchronize(device)
    events = [e for e in measured.events() if e.device_type == torch.autograd.DeviceType.CUDA]
    operators = sum(1 for e in measured.events() if e.name.startswith("aten::"))
    time_of = {}
    for event in events:
        time_of[event.name] = time_of.get(event.name, 0) + event.device_time / 8
    text = "%d operators, %d kernels, %.0f us on the GPU a step" % (
        operators / 8, len(events) / 8, sum(time_of.values()))
    for name, micros in sorted(time_of.items(), key=lambda item: -item[1])[:12]:
        text += "\n    %6.1f us  %s" % (micros, name[:110])
    return text


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--before", type=pathlib.Path)
    parser.add_argument("--seconds", type=float, default=1)
    parser.add_argument("--device", default="cuda")
    parser.add_argument("--images", type=int, default=IMAGES)
    parser.add_argument("--threads", default="1,2,4,8,16")
    parser.add_argument("--recorded", action="store_true")
    parser.add_argument("--networks", default="residual,bottleneck,resnext,inverted-bottleneck,dense,inception,wide")
    given = parser.parse_args()
    device = torch.device(given.device)
    gpu = device.type == "cuda"
    torch.backends.cudnn.allow_tf32 = False
    torch.backends.cudnn.deterministic = True
    torch.use_deterministic_algorithms(True, warn_only=True)
    torch.utils.deterministic.fill_uninitialized_memory = False
    torch.jit.set_fusion_strategy([])
    torch._C._jit_set_profiling_executor(False)
    torch._C._set_graph_executor_optimize(False)
    print("torch", torch.__version__, "cuda", torch.version.cuda, "cudnn", torch.backends.cudnn.version(),
          torch.cuda.get_device_name() if gpu else "processor")
    networks = json.loads((given.folder / "networks.json").read_text())
    data = {}
    for network in networks.values():
        shape = network["channels"], network["height"], network["width"]
        if shape not in data:
            data[shape] = Data(shape, device, given.images)

    def of(name):
        return data[networks[name]["channels"], networks[name]["height"], networks[name]["width"]]

    def step(name, precision, kind=Step):
        return kind(given.folder / f"{name}-{precision}.pt", of(name), device)

    learner = step(given.networks.split(",")[0], "bf16")
    for _ in range(200 if gpu else 24):
        learner()
    losses = learner.losses()
    print("loss of the first and the last of steps:", losses[0] if not gpu else "", statistics.mean(losses[-8:]),
          "weights moved:", any(v.abs().sum() > 0 for v in learner.velocity))

    if gpu:
        def unsynchronised():
            watched = step("wide", "bf16")
            for _ in range(5):
                watched()
            torch.cuda.synchronize()
            torch.cuda.set_sync_debug_mode("error")
            try:
                for _ in range(20):
                    watched()
            finally:
                torch.cuda.set_sync_debug_mode("default")
            return "none"
        attempt("synchronisations in 20 steps:", unsynchronised)
        for precision in ("bf16", "fp32"):
            def bits(precision=precision):
                make = lambda kind=Step: step("wide", precision, kind)  # noqa: E731
                alone = trained(make, 64, device)
                text = "twice %s, with 7 companions %s" % (
                    equal(alone, trained(make, 64, device)), equal(alone, trained(make, 64, device, 7)))
                if given.recorded:
                    text += ", recorded %s, recorded with 7 companions %s" % (
                        equal(alone, trained(lambda: make(Recorded), 64, device)),
                        equal(alone, trained(lambda: make(Recorded), 64, device, 7)))
                return text
            attempt(f"same bits in {precision}:", bits)
        attempt("profile of wide bf16:", lambda: profile(step("wide", "bf16"), device))

    print("images per second, one trial")
    print("%-20s %5s %10s %10s %10s %10s %10s" % ("", "", "plain", "tuned", "before", "one call", "recorded"))
    for name in given.networks.split(","):
        for precision in ("bf16", "fp32"):
            row = []
            makers = [
                (lambda: Script(networks[name]["network"], of(name), device, False)) if precision == "fp32" else None,
                (lambda: Script(networks[name]["network"], of(name), device, True)) if precision == "bf16" else None,
                (lambda: Before(given.before / f"{name}-{precision}.pt", of(name), device))
                if given.before and (given.before / f"{name}-{precision}.pt").exists() else None,
                lambda: step(name, precision),
                (lambda: step(name, precision, Recorded)) if gpu and given.recorded else None,
            ]
            for make in makers:
                if make is None:
                    row.append("")
                    continue
                try:
                    if gpu:
                        with torch.cuda.stream(torch.cuda.Stream()):
                            row.append("%10.0f" % rate(make(), given.seconds, device))
                    else:
                        row.append("%10.0f" % rate(make(), given.seconds, device))
                except Exception as e:
                    row.append("failed")
                    print("   ", repr(e)[:300])
            print("%-20s %5s %10s %10s %10s %10s %10s" % (name, precision, *row), flush=True)

    print("images per second, trials at once on streams and threads of their own (wide, bf16)")
    for kind in (Step, Recorded) if gpu and given.recorded else (Step,):
        for count in map(int, given.threads.split(",")):
            print("%-10s %2d %10.0f" % (
                kind.__name__.lower(), count,
                together(lambda: step("wide", "bf16", kind), count, given.seconds, device)), flush=True)
    if gpu:
        print("memory: %.0f MB held, %.0f MB at most" % (
            torch.cuda.memory_allocated() / 1e6, torch.cuda.max_memory_allocated() / 1e6))


if __name__ == "__main__":
    main()
