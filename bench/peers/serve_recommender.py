"""Fits one model of implicit and prints the seconds and CPU seconds that its lists of 20 for all viewers take, those of new viewers' factors included.
usage: serve_recommender.py FOLDER TITLES MODEL THREADS       (MODEL: cosine, ials)"""
import json
import os
import sys
import time

os.environ["OPENBLAS_NUM_THREADS"] = "1"
import numpy as np
import scipy.sparse as sp

folder, titles, model, threads = sys.argv[1:]
titles, threads = int(titles), int(threads)
start, index = (np.fromfile(f"{folder}/train.{name}", dtype="<u4").astype(np.int32) for name in ("start", "index"))
plays = sp.csr_matrix((np.ones(len(index), np.float32), index, start), shape=(len(start) - 1, titles))

if model == "ials":
    from implicit.als import AlternatingLeastSquares

    fitted = AlternatingLeastSquares(factors=64, regularization=3, alpha=3, iterations=5, random_state=42, num_threads=threads)
    options = {"recalculate_user": True}
else:
    from implicit.nearest_neighbours import CosineRecommender

    fitted = CosineRecommender(K=100, num_threads=threads)
    options = {}
fitted.fit(plays, show_progress=False)
viewers = np.arange(plays.shape[0])
started, used = time.perf_counter(), time.process_time()
for first in range(0, len(viewers), 1000):
    some = viewers[first : first + 1000]
    ids, _ = fitted.recommend(some, plays[some], N=20, filter_already_liked_items=True, **options)
    assert ids.shape == (len(some), 20)
print(json.dumps({"seconds": time.perf_counter() - started, "cpuSeconds": time.process_time() - used}))
