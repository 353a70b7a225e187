"""Orders in which Optuna's samplers for several objectives visit the variants of stored studies.

    python -m pip install optuna==5.0.0            # and torch and scipy, for the Gaussian process
    python benchmarks/python/samplers.py --runs 20 --out orders.jsonl benchmarks/replay/fashion.jsonl.gz
    java -cp ... dev.narrows.benchmarks.replay.SearchReplay studies=benchmarks/replay/fashion.jsonl.gz orders=orders.jsonl

A sampler chooses the family and then each knob of it, among the values that the grid has. NSGA-II and the Gaussian
process learn only what every trial has, so they choose the knobs of all families each time, and those of the family
count. A point that the grid lacks, or that was visited before, costs nothing: the sampler is told the known result, or
nothing. Once it has proposed no new variant 30 times in a row, a random one follows; 3 times for the Gaussian process,
which takes seconds for a proposal and repeats it.
"""

import argparse
import gzip
import json
import math
import random

import optuna

TRIES = {"tpe": 30, "nsga-ii": 30, "gp": 3}


def sampler(name, seed, startup):
    if name == "tpe":
        return optuna.samplers.TPESampler(seed=seed, n_startup_trials=startup, multivariate=True, group=True)
    if name == "nsga-ii":
        return optuna.samplers.NSGAIISampler(seed=seed, population_size=10)
    return optuna.samplers.GPSampler(seed=seed, n_startup_trials=startup, deterministic_objective=False)


def read(path):
    with gzip.open(path, "rt") as lines:
        trials = [json.loads(line) for line in lines]
    variants = {}
    for trial in trials:
        variants.setdefault(trial["variant"], []).append(trial)
    return {name: sorted(seeds, key=lambda t: t["seed"]) for name, seeds in sorted(variants.items())}


def key(family, settings):
    return family + " " + json.dumps(settings, sort_keys=True)


class Grid:
    def __init__(self, variants):
        self.variants = variants
        self.families = sorted({seeds[0]["family"] for seeds in variants.values()})
        self.index = {key(v[0]["family"], v[0]["settings"]): name for name, v in variants.items()}
        self.fixed, self.varying = {}, {}
        for family in self.families:
            own = [v[0]["settings"] for v in variants.values() if v[0]["family"] == family]
            self.fixed[family], self.varying[family] = {}, {}
            for knob in own[0]:
                values = sorted({json.dumps(settings[knob]) for settings in own}, key=lambda t: (len(t), t))
                if len(values) == 1:
                    self.fixed[family][knob] = own[0][knob]
                else:
                    self.varying[family][knob] = values

    def suggest(self, trial, flat):
        family = trial.suggest_categorical("family", self.families)
        if flat:
            for other in self.families:
                self.knobs(trial, other)
        return self.index.get(key(family, self.knobs(trial, family)))

    def knobs(self, trial, family):
        settings = dict(self.fixed[family])
        for knob, values in self.varying[family].items():
            numbers = [json.loads(value) for value in values]
            name = family + "." + knob
            if all(isinstance(n, (int, float)) and not isinstance(n, bool) for n in numbers):
                settings[knob] = sorted(numbers)[trial.suggest_int(name, 0, len(numbers) - 1)]
            else:
                settings[knob] = json.loads(trial.suggest_categorical(name, values))
        return settings


def order(grid, name, run, most):
    seed = run % len(next(iter(grid.variants.values())))
    startup = max(8, round(0.15 * len(grid.variants)))
    study = optuna.create_study(directions=["maximize", "minimize", "minimize"], sampler=sampler(name, run, startup))
    rest = random.Random(run)
    visited, idle = [], 0

    def values(variant):
        trial = grid.variants[variant][seed]
        return trial["accuracies"][-1], math.log(trial["params"]), math.log(trial["macs"])

    while len(visited) < most:
        trial = study.ask()
        variant = grid.suggest(trial, name != "tpe")
        if variant is None:
            study.tell(trial, state=optuna.trial.TrialState.PRUNED)
        else:
            study.tell(trial, values(variant))
        if variant is not None and variant not in visited:
            visited.append(variant)
            idle = 0
            continue
        idle += 1
        if idle >= TRIES[name]:
            visited.append(rest.choice([v for v in grid.variants if v not in visited]))
            idle = 0
    return visited


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("studies", nargs="+")
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--samplers", default="tpe,nsga-ii,gp")
    parser.add_argument("--share", type=float, default=0.8, help="share of the grid to visit at most")
    parser.add_argument("--out", required=True)
    arguments = parser.parse_args()
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    with open(arguments.out, "w") as out:
        for path in arguments.studies:
            grid = Grid(read(path))
            study = path.split("/")[-1].replace(".jsonl.gz", "")
            for name in arguments.samplers.split(","):
                for run in range(arguments.runs):
                    visited = order(grid, name, run, math.ceil(arguments.share * len(grid.variants)))
                    line = {"study": study, "sampler": "Optuna " + name, "variants": visited}
                    out.write(json.dumps(line) + "\n")
                    out.flush()


main()
