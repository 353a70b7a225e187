"""What the notebooks of a study share: the measure that the study chooses by, and the label of each trial's variant."""

import re

# How a measure of quality is called beside its values.
NAMES = {
    "validation_accuracy": "accuracy",
    "validation_balanced_accuracy": "balanced accuracy",
    "validation_mean_iou": "mean IoU",
    "validation_dice": "Dice",
}


def require_completed(trials, results):
    """Stops a notebook that has nothing to show yet."""
    if not (trials.outcome == "completed").any():
        raise RuntimeError(
            f"No trial in {results} has completed yet. `bin/narrows status` tells whether its study runs; or start this "
            "with NARROWS_RESULTS set to the results folder of another study."
        )


def quality_of(results, variants):
    """The measure that the study chooses by: that of its first objective on one, else mean IoU for masks, else accuracy."""
    conf = results / "study.conf"
    objectives = re.search(r"^objectives\s*=\s*\[(.*?)\]", conf.read_text(encoding="utf-8"), re.S | re.M) if conf.exists() else None
    named = [word for word in re.findall(r"\w+", objectives[1]) if word in NAMES] if objectives else []
    measured = (measure for measure in [*named, "validation_mean_iou"] if variants[measure].notna().any())
    return next(measured, "validation_accuracy")


def labelled(trials, variants):
    """The trials under the labels of `variants`, which name the number of training images where that varies too."""
    ended = variants[variants.trials > 0]
    labels = dict(zip(zip(ended.variant_id, ended.train_images.fillna(0)), ended.variant))
    keys = zip(trials.variant_id, trials.data_train.fillna(0))
    return trials.assign(variant=[labels.get(key, label) for key, label in zip(keys, trials.variant)])


def torch_latency(latency):
    """The latencies in the runtime that every study has: those of another runtime are other numbers."""
    return latency[latency.runtime == "torch"]


def capital(name):
    return name[0].upper() + name[1:]
