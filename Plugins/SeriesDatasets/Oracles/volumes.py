"""Volumes under the surface of TSB-AD and vus, for VolumeUnderSurfaceTests.

pip install numpy==1.26.4 vus==0.0.6 tsb-ad==1.5; python3 volumes.py
"""
import numpy as np
from TSB_AD.evaluation.basic_metrics import generate_curve
from vus.metrics import get_metrics

CASES = [
    # rows, anomalies [first, last], W, steps of the scores (0: not rounded)
    (300, [(40, 52)], 10, 0),
    (350, [(40, 52), (60, 61)], 7, 0),
    (400, [(40, 52), (60, 61), (200, 230)], 20, 0),
    (450, [(40, 52)], 33, 10),
    (500, [(0, 6), (100, 140)], 5, 0),
    (550, [(300, 309), (541, 549)], 12, 0),
    (600, [(77, 77)], 0, 0),
]
for rows, anomalies, width, steps in CASES:
    labels = np.zeros(rows, int)
    for first, last in anomalies:
        labels[first : last + 1] = 1
    scores = (np.arange(rows) * 7919 + 13) % 1009 / 1009 + 0.5 * labels
    if steps:
        scores = np.floor(scores * steps) / steps
    roc, pr = generate_curve(labels, scores, width)[-2:]
    other = get_metrics(scores, labels, metric="vus", slidingWindow=width)
    assert abs(other["VUS_ROC"] - roc) < 1e-12 and abs(other["VUS_PR"] - pr) < 1e-12
    print(f"({rows}, {anomalies}, {width}, {steps}, {float(roc)!r}, {float(pr)!r}),")
