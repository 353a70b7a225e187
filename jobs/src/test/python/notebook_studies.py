"""Runs the cells of the notebooks on the results of studies of other kinds than their own, all in one process.

    notebook_studies.py NOTEBOOKS MASKS LABELS FOLDER

MASKS holds the results of a study of masks that varies the number of training images and measured no latency, LABELS
those of a study of labels. From the latter it makes results in FOLDER: `left-out`, as of a search that left a variant
untrained and whose latencies come from two runtimes; `linear`, where the knob varies together with another one;
`nothing`, where no trial completed. Prints what cells print, and of each figure and table a line with its words.
"""

import ast
import json
import os
import shutil
import sys
import warnings
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from pandas.io.formats.style import Styler

notebooks, masks, labels, folder = (Path(argument).resolve() for argument in sys.argv[1:])
os.environ["OPENBLAS_NUM_THREADS"] = "1"
os.chdir(notebooks)
sys.path.insert(0, ".")
warnings.simplefilter("error")

# The cells that run here take nothing from plans, which other tests hold to the formulas.
plans = folder / "plans"
plans.write_text("#!/bin/sh\necho family\n")
plans.chmod(0o755)
os.environ["NARROWS"] = str(plans)


def words(figure):
    texts = [text.get_text() for text in figure.findobj(matplotlib.text.Text)]
    return " | ".join(dict.fromkeys(text for text in texts if text))


def run(name, results, wanted=lambda source: True):
    """All cells of a notebook that are wanted; an error ends it with its last line."""
    os.environ["NARROWS_RESULTS"] = str(results)
    print(f"== {name} {results.name}")
    space = {"__name__": "__main__"}
    cells = json.loads((notebooks / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]
    for number, cell in enumerate(cells):
        source = "".join(cell["source"])
        if cell["cell_type"] != "code" or not wanted(source):
            continue
        tree = ast.parse(source, f"{name}, cell {number}")
        shown = ast.Expression(tree.body.pop().value) if isinstance(tree.body[-1], ast.Expr) else None
        try:
            exec(compile(tree, f"{name}, cell {number}", "exec"), space)
            value = eval(compile(shown, f"{name}, cell {number}", "eval"), space) if shown else None
        except Exception as e:
            print(f"cell {number}: {type(e).__name__}: {e}")
            return space
        if isinstance(value, Styler):
            value.to_html()
            print(f"table {number}: " + " | ".join(value.data.columns))
        for drawn in plt.get_fignums():
            figure = plt.figure(drawn)
            figure.canvas.draw()
            print(f"figure {number}: {words(figure)}")
        plt.close("all")
    return space


def made(name):
    """A copy of the results of labels, with a reader and a writer of its tables."""
    copy = folder / name
    shutil.copytree(labels, copy, ignore=lambda of, names: [n for n in names if not n.endswith((".parquet", ".conf"))])

    def read(table):
        return pd.read_parquet(labels / f"{table}.parquet")

    def write(table, rows):
        meanings = pq.read_schema(labels / f"{table}.parquet").metadata
        pq.write_table(pa.Table.from_pandas(rows, preserve_index=False).replace_schema_metadata(meanings), copy / f"{table}.parquet")

    return copy, read, write


of_tables = lambda source: "results" in source or "trials" in source

for name in ["01-first-look", "02-choosing-a-block"]:
    run(name, masks)
run("03-the-arithmetic", masks, of_tables)

left_out, read, write = made("left-out")
variants = read("variants")
gone = variants.variant_id.iloc[-1]
lost = variants.variant_id == gone
for column in ["validation_accuracy", "difference_from_best", "front_probability", "best_probability", "train_images"]:
    variants.loc[lost, column] = None
variants.loc[lost, ["seeds", "trials"]] = 0
write("variants", variants)
for table in ["trials", "epochs", "latency"]:
    rows = read(table)
    write(table, rows[rows.variant_id != gone])
pairs = read("pairs")
write("pairs", pairs[(pairs.variant_id != gone) & (pairs.other_id != gone)])
latency = read("latency")
write("latency", pd.concat([latency, latency.assign(runtime="onnx", latency_p50_us=0.001)], ignore_index=True))
run("01-first-look", left_out)
space = run("02-choosing-a-block", left_out)
torch = latency[(latency.batch_size == 1) & (latency.runtime == "torch")].set_index("variant").latency_p50_us
assert space["prices"]["time of 1 image"].equals(torch.loc[space["prices"].index].rename("time of 1 image")), space["prices"]
run("03-the-arithmetic", left_out, of_tables)

# Linear ends gain ten points in each pair; where the window differs too, they do not.
linear, read, write = made("linear")
trials = read("trials")
inverted = trials[(trials.family == "inverted-bottleneck") & (trials.outcome == "completed")].assign(linear=True, final_validation_accuracy=0.5)
activated = inverted.assign(linear=False, final_validation_accuracy=0.4)
larger = inverted.assign(linear=False, kernel=5, final_validation_accuracy=0.9)
print(f"pairs: {len(inverted)}")
write("trials", pd.concat([inverted, activated, larger], ignore_index=True))
run("03-the-arithmetic", linear, of_tables)

nothing, read, write = made("nothing")
write("trials", read("trials").assign(outcome="failed"))
for name in ["01-first-look", "02-choosing-a-block"]:
    run(name, nothing)
