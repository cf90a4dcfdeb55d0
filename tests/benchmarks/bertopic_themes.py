"""`python -m tests.benchmarks.bertopic_themes FILE`: BERTopic over its usual encoder all-MiniLM-L6-v2, with outliers as one
cluster, beside `manage.py evaluate discovery FILE`. It needs PyTorch, so `bertopic` is not in the lock: install it apart."""

import json
import os
import sys
import time

import numpy as np

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")

import django

django.setup()

from sklearn.metrics import v_measure_score  # noqa: E402

from insights.coding.engine.english_encoder import embed_english  # noqa: E402
from insights.coding.evaluation.text_engine_evaluation import read_rows  # noqa: E402


def measure(file):
    from bertopic import BERTopic
    from umap import UMAP

    rows = read_rows(file)
    texts, labels = [row["text"] for row in rows], [row.get("label") or row["category"] for row in rows]
    start = time.perf_counter()
    axes = UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=0)
    model = BERTopic(umap_model=axes, calculate_probabilities=False)
    groups = np.asarray(model.fit_transform(texts, embeddings=embed_english(texts))[0])
    return {
        "v_measure": round(v_measure_score(labels, groups), 4),
        "thrown_out": round(float(np.mean(groups == -1)), 3),
        "seconds": round(time.perf_counter() - start, 2),
    }


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1])))
