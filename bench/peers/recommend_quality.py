"""Tunes one model by the viewers of val_*.csv, fits it to train.csv and judges its lists for those of fold_in.csv and target.csv.
usage: recommend_quality.py FOLDER MODEL      (MODEL: popularity, user-based and ease by numpy; cosine, bm25 and ials by implicit)
Prints one JSON line: the settings, and ndcg100, recall20 and recall50 of each viewer in the order in which target.csv first names them."""
import json
import os
import sys

folder, model = sys.argv[1:]
os.environ["OPENBLAS_NUM_THREADS"] = "2" if model == "ease" else "1"
import numpy as np
import pandas as pd
import scipy.sparse as sp


def read():
    frames = {part: pd.read_csv(f"{folder}/{part}.csv", dtype=str) for part in parts}
    titles = pd.Index(frames["train"].item_id.unique())

    def matrix(rows, viewers):
        place = (viewers.get_indexer(rows.user_id), titles.get_indexer(rows.item_id))
        return sp.csr_matrix((np.ones(len(rows), np.float32), place), shape=(len(viewers), len(titles)))

    viewers = {name: pd.Index(frames[name].user_id.unique()) for name in ("train", "val_target", "target")}
    of = {"train": "train", "val_fold_in": "val_target", "val_target": "val_target", "fold_in": "target", "target": "target"}
    return {part: matrix(frames[part], viewers[of[part]]) for part in parts}


def popularity(x):
    plays = np.asarray(x.sum(0)).ravel()
    return lambda history: np.tile(plays, (history.shape[0], 1))


def item_based(kind):
    def fit(x, **settings):
        from implicit import nearest_neighbours

        peer = getattr(nearest_neighbours, kind)(num_threads=2, **settings)
        peer.fit(x, show_progress=False)
        return lambda history: (history @ peer.similarity).toarray()

    return fit


def user_based(x, K):
    unit = lambda rows: sp.diags(1 / np.sqrt(np.maximum(1, rows.getnnz(1)))) @ rows
    own = unit(x).T.tocsr()

    def scores(history):
        near = (unit(history) @ own).toarray()
        near[near < np.partition(near, -min(K, near.shape[1]), axis=1)[:, [-min(K, near.shape[1])]]] = 0
        return (sp.csr_matrix(near) @ x).toarray()

    return scores


def inverse_gram(x, l2):
    gram = (x.T @ x).toarray().astype(np.float64)
    gram[np.diag_indices_from(gram)] += l2
    return np.linalg.inv(gram)


def ease(x, l2):
    x = x.astype(np.float64)
    if x.shape[0] < x.shape[1]:  # The same by the smaller matrix (Woodbury).
        inverse = -(x.T @ (x.T @ inverse_gram(x.T, l2)).T) / l2
        inverse[np.diag_indices_from(inverse)] += 1 / l2
    else:
        inverse = inverse_gram(x, l2)
    b = inverse / -np.diag(inverse)
    b[np.diag_indices_from(b)] = 0
    b = b.astype(np.float32)
    return lambda history: history @ b


def ials(x, **settings):
    from implicit.als import AlternatingLeastSquares

    peer = AlternatingLeastSquares(random_state=42, num_threads=2, **settings)
    peer.fit(x, show_progress=False)
    return lambda history: peer.recalculate_user(np.arange(history.shape[0]), history) @ peer.item_factors.T


def ials_settings(best):
    first = dict(factors=64, iterations=15)
    yield [first | dict(alpha=alpha, regularization=l2) for alpha in (1, 3, 10, 30) for l2 in (0.1, 3, 30)]
    alpha, l2 = best()["alpha"], best()["regularization"]
    near = ((3, 1), (1 / 3, 1), (1, 1.7), (1, 0.6), (2, 1.5))
    yield [first | dict(alpha=alpha * a, regularization=l2 * r) for r, a in near]
    l2 = best()["regularization"]
    yield [best() | dict(factors=f, regularization=l2 * r) for f in (128, 256) for r in (1, 3)]
    yield [best() | dict(iterations=i) for i in (8, 30)]


def rounds(*grid):
    return lambda best: [[dict(settings) for settings in grid]]


counts = (20, 50, 100, 200, 400)
models = {
    "popularity": (popularity, rounds({})),
    "cosine": (item_based("CosineRecommender"), rounds(*({"K": k} for k in counts))),
    "bm25": (
        item_based("BM25Recommender"),
        rounds(*({"K": k, "K1": k1, "B": b} for k in counts for k1 in (1.2, 100.0) for b in (0.25, 0.75))),
    ),
    "user-based": (user_based, rounds(*({"K": k} for k in counts))),
    "ease": (ease, rounds(*({"l2": l2} for l2 in (50, 100, 200, 300, 500, 750, 1000)))),
    "ials": (ials, ials_settings),
}


def judge(scores, fold_in, target):
    scores = np.array(scores, dtype=np.float32)
    scores[fold_in.nonzero()] = -np.inf
    top = np.argsort(-scores, axis=1, kind="stable")[:, :100]
    gains = 1 / np.log2(np.arange(2, 102))
    ndcg, recall20, recall50 = [], [], []
    for viewer in range(target.shape[0]):
        wanted = target.indices[target.indptr[viewer] : target.indptr[viewer + 1]]
        hits = np.isin(top[viewer], wanted)
        ndcg.append((hits * gains).sum() / gains[: min(100, len(wanted))].sum())
        recall20.append(hits[:20].sum() / min(20, len(wanted)))
        recall50.append(hits[:50].sum() / min(50, len(wanted)))
    return {"ndcg100": ndcg, "recall20": recall20, "recall50": recall50}


parts = ("train", "val_fold_in", "val_target", "fold_in", "target")
plays = read()
fit, grid = models[model]
tried = []
best = lambda: max(tried, key=lambda one: one[0])[1]
for candidates in grid(best):
    for settings in candidates:
        scores = fit(plays["train"], **settings)(plays["val_fold_in"])
        tried.append((np.mean(judge(scores, plays["val_fold_in"], plays["val_target"])["ndcg100"]), settings))
scores = fit(plays["train"], **best())(plays["fold_in"])
print(json.dumps({"settings": best()} | judge(scores, plays["fold_in"], plays["target"])))
