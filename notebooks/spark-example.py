"""Reads the tables of a study with Spark, and shows the best variant of each family and its cost.

    spark-submit notebooks/spark-example.py results/quickstart

or, with `pip install pyspark==4.2.0` and Java 17, `python notebooks/spark-example.py results/quickstart`. The folder may be
on any file system that Spark reads, such as hdfs:// or s3a://. A pattern such as 'results/*' compares several studies.
"""

import sys

from pyspark.sql import SparkSession, Window
from pyspark.sql import functions as F

if len(sys.argv) != 2:
    sys.exit(__doc__)
results = sys.argv[1]

spark = SparkSession.builder.appName("narrows tables").config("spark.sql.shuffle.partitions", "4").getOrCreate()
spark.sparkContext.setLogLevel("ERROR")

trials = spark.read.option("mergeSchema", True).parquet(f"{results}/trials.parquet").where("outcome = 'completed'")
latency = spark.read.parquet(f"{results}/latency.parquet")

# For each variant and seed the best training counts; then the seeds are averaged.
best_training = Window.partitionBy("study", "variant_id", "seed").orderBy(F.desc("final_validation_accuracy"))
variants = (
    trials.withColumn("place", F.row_number().over(best_training))
    .where("place = 1")
    .groupBy("study", "family", "variant_id", "variant", "params", "macs")
    .agg(F.count("*").alias("seeds"), F.avg("final_validation_accuracy").alias("accuracy"))
)

single = latency.where("batch_size = 1").groupBy("variant_id").agg(F.min("latency_p50_us").alias("latency_p50_us"))
in_family = Window.partitionBy("study", "family").orderBy(F.desc("accuracy"))
(
    variants.withColumn("place", F.row_number().over(in_family))
    .where("place = 1")
    .join(single, "variant_id", "left")
    .select("family", "variant", "seeds", F.round("accuracy", 4).alias("accuracy"), "params", "macs", F.round("latency_p50_us").alias("latency_p50_us"))
    .orderBy(F.desc("accuracy"))
    .show(truncate=False)
)

spark.stop()
