"""Fits one model as often as told and prints the fewest seconds and CPU seconds and its nDCG@100.
usage: fit_recommender.py FOLDER TITLES MODEL TIMES THREADS       (MODEL: ease by numpy; cosine, bm25, ials by implicit)"""
import json
import os
import sys
import time

folder, titles, model, times, threads = sys.argv[1:]
os.environ["OPENBLAS_NUM_THREADS"] = threads if model == "ease" else "1"
import numpy as np
import scipy.sparse as sp

titles, threads = int(titles), int(threads)


def read(part):
    start, index = (np.fromfile(f"{folder}/{part}.{name}", dtype="<u4").astype(np.int32) for name in ("start", "index"))
    return sp.csr_matrix((np.ones(len(index), np.float32), index, start), shape=(len(start) - 1, titles))


def fit_ease(x):
    gram = (x.T @ x).toarray().astype(np.float64)
    gram[np.diag_indices_from(gram)] += 300
    inverse = np.linalg.inv(gram)
    b = inverse / -np.diag(inverse)
    b[np.diag_indices_from(b)] = 0
    b = b.astype(np.float32)
    return lambda fold_in: fold_in @ b


def fit_neighbours(kind, **settings):
    def fit(x):
        from implicit import nearest_neighbours

        model = getattr(nearest_neighbours, kind)(K=100, num_threads=threads, **settings)
        model.fit(x, show_progress=False)
        return lambda fold_in: (fold_in @ model.similarity).toarray()

    return fit


def fit_ials(x):
    from implicit.als import AlternatingLeastSquares

    als = AlternatingLeastSquares(
        factors=64, regularization=3, alpha=3, iterations=15, random_state=42, num_threads=threads
    )
    als.fit(x, show_progress=False)
    return lambda fold_in: als.recalculate_user(np.arange(fold_in.shape[0]), fold_in) @ als.item_factors.T


def ndcg(scores, fold_in, target):
    scores[fold_in.nonzero()] = -np.inf
    top = np.argsort(-scores, axis=1, kind="stable")[:, :100]
    gains = 1 / np.log2(np.arange(2, 102))
    each = []
    for viewer in range(target.shape[0]):
        wanted = target.indices[target.indptr[viewer] : target.indptr[viewer + 1]]
        each.append((np.isin(top[viewer], wanted) * gains).sum() / gains[: min(100, len(wanted))].sum())
    return float(np.mean(each))


fits = {
    "cosine": fit_neighbours("CosineRecommender"),
    "bm25": fit_neighbours("BM25Recommender", K1=1.2, B=0.75),
    "ease": fit_ease,
    "ials": fit_ials,
}
train, fold_in, target = read("train"), read("foldIn"), read("target")
seconds, cpu_seconds = [], []
for _ in range(int(times)):
    started, used_before = time.perf_counter(), time.process_time()
    scores_of = fits[model](train)
    seconds.append(time.perf_counter() - started)
    cpu_seconds.append(time.process_time() - used_before)
quality = ndcg(np.array(scores_of(fold_in)), fold_in, target)
print(json.dumps({"seconds": min(seconds), "cpuSeconds": min(cpu_seconds), "ndcg": quality}))
