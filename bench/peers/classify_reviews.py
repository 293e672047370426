"""Splits labelled reviews, and what users would pick instead of `marquee sentiment` on the same splits (scikit-learn).

usage: classify_reviews.py split FILE TEXT LABEL FOLDER     FOLDER/train.csv and test.csv, columns text,label
       classify_reviews.py judge FOLDER SYSTEM              SYSTEM: nb-words, nb-characters, tfidf-words, tfidf-characters
The split is stratified, 80/20, seed 42; rows without text are dropped. Settings are chosen on a tenth of the training rows. One JSON line is printed;
CPU seconds of training are those of the last fit, texts in, and of judging, texts in and labels out.
"""

import json
import re
import resource
import sys
import time

import numpy as np
import pandas as pd
import scipy.sparse as sp
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, f1_score, roc_auc_score
from sklearn.model_selection import train_test_split

COSTS = {"nb": (0.1, 0.3, 1, 3), "tfidf": (1, 3, 10, 30)}


def split(file, text, label, folder):
    rows = pd.read_csv(file, usecols=[text, label], keep_default_na=False)
    rows = rows[rows[text].astype(str).str.strip() != ""]
    rows = pd.DataFrame({"text": rows[text].astype(str), "label": rows[label].isin([1, "1", "pos"]).astype(int)})
    train, test = train_test_split(rows, test_size=0.2, random_state=42, stratify=rows.label)
    train.to_csv(f"{folder}/train.csv", index=False)
    test.to_csv(f"{folder}/test.csv", index=False)


def vectorizer(system):
    kind, unit = system.split("-")
    units = {"analyzer": "char", "ngram_range": (1, 3)} if unit == "characters" else None
    if kind == "nb":
        words = {"ngram_range": (1, 3), "token_pattern": r"(?u)\w+|[^\w\s]"}
        return CountVectorizer(binary=True, min_df=2, dtype=np.float32, **(units or words))
    words = {"ngram_range": (1, 2), "token_pattern": r"(?u)\b\w+\b"}
    return TfidfVectorizer(sublinear_tf=True, min_df=2, dtype=np.float32, **(units or words))


class Linear:
    """Logistic regression on TF-IDF, or on counts weighed as naive Bayes finds (Wang and Manning 2012)."""

    def __init__(self, system, cost):
        self.is_bayes = system.startswith("nb")
        self.vectorizer = vectorizer(system)
        self.model = LogisticRegression(C=cost, solver="liblinear", dual=self.is_bayes, max_iter=200)

    def fit(self, texts, y):
        x = self.vectorizer.fit_transform(texts)
        if self.is_bayes:
            p, q = (1 + np.asarray(x[y == k].sum(0)).ravel() for k in (1, 0))
            self.ratio = sp.diags(np.log((p / p.sum()) / (q / q.sum())).astype(np.float32))
            x = x @ self.ratio
        self.model.fit(x, y)
        return self

    def score(self, texts):
        x = self.vectorizer.transform(texts)
        return self.model.decision_function(x @ self.ratio if self.is_bayes else x)


def judge(folder, system):
    read = lambda name: pd.read_csv(f"{folder}/{name}.csv", keep_default_na=False)
    train, test = read("train"), read("test")
    clean = lambda rows: [re.sub(r"<br\s*/?>", " ", text) for text in rows.text]
    x, y = clean(train), train.label.to_numpy()
    kept, held = train_test_split(np.arange(len(x)), test_size=0.1, random_state=42, stratify=y)
    chosen = lambda cost: np.mean(
        (Linear(system, cost).fit([x[i] for i in kept], y[kept]).score([x[i] for i in held]) > 0) == y[held]
    )
    cost = max(COSTS[system.split("-")[0]], key=chosen)
    begun = time.process_time()
    model = Linear(system, cost).fit(x, y)
    trained = time.process_time()
    score = model.score(clean(test))
    judged = time.process_time()
    said = (score > 0).astype(int)
    result = {
        "accuracy": accuracy_score(test.label, said),
        "macroF1": f1_score(test.label, said, average="macro"),
        "areaUnderRoc": roc_auc_score(test.label, score),
        "trainCpuSeconds": trained - begun,
        "reviewsPerSecond": len(test) / (judged - trained),
        "peakMb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    print(json.dumps({key: float(value) for key, value in result.items()}))


if __name__ == "__main__":
    {"split": split, "judge": judge}[sys.argv[1]](*sys.argv[2:])
