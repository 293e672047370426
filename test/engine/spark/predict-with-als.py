"""Fits ALS through Spark Connect and prints its predictions as JSON. Arguments: address, ratings, asked, parameters."""

import json
import sys

from pyspark.ml.recommendation import ALS
from pyspark.sql import SparkSession

address, ratings, asked, parameters = sys.argv[1:]
session = SparkSession.builder.remote(address).getOrCreate()
model = ALS(**json.loads(parameters)).fit(session.sql(ratings))
rows = model.transform(session.sql(asked)).collect()
print(json.dumps([[row["viewer"], row["title"], row["prediction"]] for row in rows]))
session.stop()
