"""Splits ratings into viewers to learn from, to tune by and to test on (strong generalisation, Liang et al. 2018, section 4.1).
usage: split_plays.py RATINGS SEPARATOR LEAST_RATING SEED SPLITS FOLDER      (RATINGS: user, item and rating in the first three columns)
Of ratings from LEAST_RATING on, viewers with five or more; a tenth of them to tune by and a tenth to test on; of each of these a fifth of
the titles that others watched is to be guessed. Writes train, val_fold_in, val_target, fold_in and target.csv into FOLDER/0 and on, one for each of
SPLITS, at most 10, which test on other viewers each."""
import os
import sys

import numpy as np
import pandas as pd

ratings, separator, least, seed, splits, folder = sys.argv[1:]
plays = pd.read_csv(ratings, sep=separator, engine="python" if len(separator) > 1 else "c", header=None, dtype=str)
plays = plays.iloc[:, :3].set_axis(["user_id", "item_id", "rating"], axis=1)
plays = plays[pd.to_numeric(plays.rating, errors="coerce") >= float(least)]
plays = plays[["user_id", "item_id"]].drop_duplicates()
plays = plays[plays.groupby("user_id").item_id.transform("size") >= 5]

random = np.random.default_rng(int(seed))
order = random.permutation(np.sort(plays.user_id.unique()))
tenth = round(len(order) / 10)
for split in range(int(splits)):
    viewers = np.roll(order, -split * tenth)
    train = plays[plays.user_id.isin(viewers[2 * tenth :])]
    parts = {"train": train}
    for prefix, chosen in (("", viewers[:tenth]), ("val_", viewers[tenth : 2 * tenth])):
        known = plays[plays.user_id.isin(chosen) & plays.item_id.isin(train.item_id)].sort_values(["user_id", "item_id"])
        known = known[known.groupby("user_id").item_id.transform("size") >= 5]
        place = known.assign(key=random.random(len(known))).groupby("user_id").key.rank()
        is_target = place <= known.groupby("user_id").item_id.transform("size") // 5
        parts |= {f"{prefix}fold_in": known[~is_target], f"{prefix}target": known[is_target]}
    os.makedirs(f"{folder}/{split}", exist_ok=True)
    for name, rows in parts.items():
        rows.to_csv(f"{folder}/{split}/{name}.csv", index=False)
