"""Where the seconds of a whole study go: processor time by kind of thread, and the parts of its trials.

    python -m pip install pyarrow
    python benchmarks/python/study_profile.py RESULTS bin/narrows run STUDY --output RESULTS

runs the command, reads the times of its threads from /proc five times a second, and then the study's tables in
RESULTS, which must not exist before. Linux only.
"""

import os
import shutil
import subprocess
import sys
import time

KINDS = [
    ("trials", ("Executor task", "narrows-trial")),
    ("compiler of the JVM", ("C1 Compiler", "C2 Compiler", "Sweeper")),
    ("garbage collection", ("GC Thread", "G1 ", "VM Thread", "VM Periodic")),
    ("main thread", ("main", "java")),
    ("Spark", ("dispatcher", "dag-sched", "task-result", "task-starv", "driver-", "executor-", "netty", "rpc-",
               "block-man", "Spark", "spark", "shuffle", "heartbeat", "SparkUI", "context-", "map-output")),
]
INTERVAL = 0.2


def kind(name):
    for label, prefixes in KINDS:
        if name.startswith(prefixes):
            return label
    return "others"


def parents():
    found = {}
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/stat") as stat:
                found[int(pid)] = int(stat.read().rsplit(")", 1)[1].split()[1])
        except OSError:
            pass
    return found


def family(root):
    known = parents()
    members = {root}
    while True:
        more = {pid for pid, parent in known.items() if parent in members} - members
        if not more:
            return members
        members |= more


def threads(root):
    """Name and seconds of processor time of each thread, by its id and start."""
    tick = os.sysconf("SC_CLK_TCK")
    found = {}
    for pid in family(root):
        try:
            for thread in os.listdir(f"/proc/{pid}/task"):
                with open(f"/proc/{pid}/task/{thread}/stat") as stat:
                    head, rest = stat.read().rsplit(")", 1)
                fields = rest.split()
                seconds = (int(fields[11]) + int(fields[12])) / tick
                found[thread, fields[19]] = head.split("(", 1)[1], seconds
        except OSError:
            pass
    return found


def measured(command):
    seen = {}
    begun = time.monotonic()
    process = subprocess.Popen(command)
    while process.poll() is None:
        seen.update(threads(process.pid))
        time.sleep(INTERVAL)
    wall = time.monotonic() - begun
    if process.returncode != 0:
        sys.exit(f"the command ended with {process.returncode}")
    return wall, seen


def columns(path, *names):
    import pyarrow.parquet

    table = pyarrow.parquet.read_table(path, columns=list(names)).to_pydict()
    return [[value or 0 for value in table[name]] for name in names]


def line(label, seconds, of):
    print(f"| {label} | {seconds:.1f} | {seconds / of:.1%} |")


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    results, command = sys.argv[1], sys.argv[2:]
    if os.path.exists(results):
        sys.exit(f"{results} exists: a profile needs a study from its first trial on")
    wall, seen = measured(command)
    cores = os.cpu_count()
    all_seconds = wall * cores
    by_kind, others = {}, {}
    for name, seconds in seen.values():
        by_kind[kind(name)] = by_kind.get(kind(name), 0) + seconds
        if kind(name) == "others":
            others[name] = others.get(name, 0) + seconds
    width = shutil.get_terminal_size().columns
    print(f"\nwall {wall:.1f} s, {cores} cores\n\n| processor time of | seconds | of all cores |\n|---|---|---|")
    for label, seconds in sorted(by_kind.items(), key=lambda item: -item[1]):
        line(label, seconds, all_seconds)
    line("nothing", all_seconds - sum(by_kind.values()), all_seconds)
    named = sorted(others.items(), key=lambda item: -item[1])[:5]
    print("\nothers: " + ", ".join(f"{name} {seconds:.1f} s" for name, seconds in named)[: 2 * width])

    train, setup, total = columns(f"{results}/trials.parquet", "train_seconds", "setup_seconds", "total_seconds")
    (validation,) = columns(f"{results}/epochs.parquet", "validation_seconds")
    parts = {"training": sum(train), "validation": sum(validation), "set-up": sum(setup)}
    parts["test, narrow ends, memory, rows"] = sum(total) - sum(parts.values())
    print("\n| wall time of trials | seconds | of all cores |\n|---|---|---|")
    for label, seconds in parts.items():
        line(label, seconds, all_seconds)
    line("no trial in a slot", all_seconds - sum(total), all_seconds)


main()
