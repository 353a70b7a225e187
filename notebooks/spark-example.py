"""Reads the tables of a study with Spark, and shows the best variant of each family and its cost.

    spark-submit notebooks/spark-example.py results/quickstart

or, with `pip install pyspark==4.2.0` and Java 17, `python notebooks/spark-example.py results/quickstart`. The folder
may be on any file system that Spark reads, such as hdfs:// or s3a://. A pattern such as 'results/*' shows several
studies, each folder for itself: figures of two folders come from other images, trainings and machines.
"""

import sys

from pyspark.sql import SparkSession, Window
from pyspark.sql import functions as F

if len(sys.argv) != 2:
    sys.exit(__doc__)
results = sys.argv[1]

spark = SparkSession.builder.appName("narrows tables").config("spark.sql.shuffle.partitions", "4").getOrCreate()
spark.sparkContext.setLogLevel("ERROR")


def read(table):
    """The rows of a table in all folders, each with its folder: a variant may be in several."""
    rows = spark.read.option("mergeSchema", True).parquet(f"{results}/{table}.parquet")
    return rows.withColumn("folder", F.regexp_extract(F.input_file_name(), f"([^/]+)/{table}\\.parquet", 1))


# What is compared: the overlap where images have masks, else the accuracy. A study may choose by another measure.
trials = (
    read("trials")
    .where("outcome = 'completed'")
    .withColumn("measure", F.when(F.col("final_validation_mean_iou").isNotNull(), "mean IoU").otherwise("accuracy"))
    .withColumn("quality", F.coalesce("final_validation_mean_iou", "final_validation_accuracy"))
)

# For each variant, number of training images and seed the best training counts; then the seeds are averaged.
network = ["folder", "family", "variant_id", "variant", "data_train", "params", "macs", "measure"]
best_training = Window.partitionBy("folder", "variant_id", "data_train", "seed").orderBy(F.desc("quality"), "trial_id")
variants = (
    trials.withColumn("place", F.row_number().over(best_training))
    .where("place = 1")
    .groupBy(network)
    .agg(F.count("*").alias("seeds"), F.avg("quality").alias("quality"))
)

# Other runtimes are other numbers, and every study has this one.
single = (
    read("latency")
    .where("runtime = 'torch' and batch_size = 1")
    .groupBy("folder", "variant_id")
    .agg(F.max_by("latency_p50_us", "started_at").alias("latency_p50_us"))
)
in_family = Window.partitionBy("folder", "family").orderBy(F.desc("quality"), "variant")
(
    variants.withColumn("place", F.row_number().over(in_family))
    .where("place = 1")
    .join(single, ["folder", "variant_id"], "left")
    .select(
        "folder", "family", "variant", "seeds", "measure", F.round("quality", 4).alias("quality"), "params", "macs", F.round("latency_p50_us").alias("latency_p50_us")
    )
    .orderBy("folder", F.desc("quality"))
    .show(1000, truncate=False)
)

spark.stop()
