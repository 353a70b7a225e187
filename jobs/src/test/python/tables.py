"""Reads the tables of a study with pandas, pyarrow, Polars and DuckDB, unaided, and holds each against docs/tables.md.

    tables.py RESULTS docs/tables.md
"""

import datetime
import re
import sys
from pathlib import Path

import duckdb
import numpy
import pandas
import polars
import pyarrow
import pyarrow.parquet

# What each tool calls the types of the page.
ARROW = {
    "text": pyarrow.string(),
    "int32": pyarrow.int32(),
    "int64": pyarrow.int64(),
    "double": pyarrow.float64(),
    "boolean": pyarrow.bool_(),
    "binary": pyarrow.binary(),
    "timestamp": pyarrow.timestamp("ms", tz="UTC"),
}
POLARS = {
    "text": polars.String,
    "int32": polars.Int32,
    "int64": polars.Int64,
    "double": polars.Float64,
    "boolean": polars.Boolean,
    "binary": polars.Binary,
    "timestamp": polars.Datetime("ms", "UTC"),
}
DUCKDB = {
    "text": "VARCHAR",
    "int32": "INTEGER",
    "int64": "BIGINT",
    "double": "DOUBLE",
    "boolean": "BOOLEAN",
    "binary": "BLOB",
    "timestamp": "TIMESTAMP WITH TIME ZONE",
}


def page(text):
    """Table name to column name to (type, nullable, meaning)."""
    tables = {}
    for line in text.splitlines():
        title = re.match(r"## (\w+)\.parquet", line)
        row = re.match(r"\| `(\w+)` \| (.+?) \| (yes|no) \| (.+) \|$", line)
        if title:
            tables[title[1]] = {}
        elif row:
            tables[list(tables)[-1]][row[1]] = (row[2], row[3] == "yes", row[4].replace("\\|", "|"))
    return tables


def meanings(text):
    """A knob that several families have says what it is in each; a study has only some of the families."""
    return set(re.split(r" In [a-z0-9-]+: ", text))


def element(word):
    return re.sub("^list of ", "", word), word.startswith("list of ")


def check(condition, message):
    if not condition:
        sys.exit(message)


def same(left, right):
    """Whether two tools give the same cell; NaN does not occur in a table."""
    if isinstance(left, datetime.datetime):
        return left.astimezone(datetime.timezone.utc) == right.astimezone(datetime.timezone.utc)
    return left == right


def main(results, tables):
    for name, columns in tables.items():
        if name == "search" and not (results / "search.parquet").exists():
            continue  # Only a study that is searched has it.
        file = str(results / (name + ".parquet"))
        schema = pyarrow.parquet.read_schema(file)
        arrow = pyarrow.parquet.read_table(file)
        polar = polars.read_parquet(file)
        duck = duckdb.read_parquet(file)
        described = dict(zip(duck.columns, map(str, duck.types)))
        duck = duck.to_arrow_table()
        frame = pandas.read_parquet(file)

        check(schema.names, name + " has no columns")
        for column in schema.names:
            where = "%s.%s" % (name, column)
            check(column in columns, where + " is not in docs/tables.md")
            word, nullable, meaning = columns[column]
            kind, is_list = element(word)
            field = schema.field(column)
            expected = pyarrow.list_(pyarrow.field("element", ARROW[kind], nullable=False)) if is_list else ARROW[kind]
            check(field.type == expected, "%s is %s for pyarrow, not %s" % (where, field.type, expected))
            check(field.nullable == nullable, where + " differs in whether it may be null")
            wanted = polars.List(POLARS[kind]) if is_list else POLARS[kind]
            check(polar.schema[column] == wanted, "%s is %s for Polars, not %s" % (where, polar.schema[column], wanted))
            wanted = DUCKDB[kind] + ("[]" if is_list else "")
            check(described[column] == wanted, "%s is %s for DuckDB, not %s" % (where, described[column], wanted))
            told = schema.metadata.get(b"narrows.column." + column.encode(), b"").decode()
            check(told and meanings(told) <= meanings(meaning), "%s means %r in the file and %r on the page" % (where, told, meaning))

            one = arrow.column(column).to_pylist()
            check(nullable or None not in one, where + " has nulls")
            for tool, other in (("Polars", polar[column].to_list()), ("DuckDB", duck.column(column).to_pylist())):
                check(len(one) == len(other) and all(map(same, one, other)), "%s: %s reads %s, pyarrow %s" % (where, tool, other, one))
            panda = frame[column]
            check(list(panda.isna()) == [value is None for value in one], where + " has other nulls for pandas")
            for value, cell in zip(one, panda):
                if value is not None:
                    check(same(value, list(cell) if is_list else cell), "%s: pandas reads %s, pyarrow %s" % (where, cell, value))
            dtype = panda.dtype
            if kind == "timestamp":
                check(str(dtype.tz) == "UTC", "%s is %s for pandas" % (where, dtype))
            if kind in ("int32", "int64", "double") and not is_list and None not in one:
                check(dtype == {"int32": "int32", "int64": "int64", "double": "float64"}[kind], "%s is %s for pandas" % (where, dtype))
        print("%s: %d rows, %d columns" % (name, len(frame), len(frame.columns)))

    trials = pandas.read_parquet(results / "trials.parquet")
    completed = trials[trials.outcome == "completed"]
    check(len(completed) > 0, "no trial was completed")
    for trial in completed.itertuples():
        hits = numpy.unpackbits(numpy.frombuffer(trial.validation_hits, "uint8"), bitorder="little")[: int(trial.validation_images)]
        check(hits.mean() == trial.final_validation_accuracy, "the hits of %s do not give its accuracy" % trial.trial_id)
    sums = polars.read_parquet(results / "layers.parquet").group_by("variant_id").agg(polars.col("params", "macs", "activations").sum())
    costs = duckdb.sql("SELECT DISTINCT variant_id, params, macs, activations FROM '%s' WHERE outcome = 'completed'" % (results / "trials.parquet"))
    check(set(costs.fetchall()) <= set(sums.rows()), "layers do not add up to their networks")


main(Path(sys.argv[1]), page(Path(sys.argv[2]).read_text()))
