"""NAB's own sweeper on made-up scores, for NABScorerTests, and on its published result files.

git clone https://github.com/numenta/NAB; git -C NAB checkout ea702d7; python3 nab.py NAB
"""
import csv, datetime, json, os, sys
root = sys.argv[1]
sys.path.insert(0, root)
import importlib.util
spec = importlib.util.spec_from_file_location("sweeper", root + "/nab/sweeper.py")
sweeper = importlib.util.module_from_spec(spec)
spec.loader.exec_module(sweeper)

PROFILES = {"standard": (1, 1, 0.11), "low_fp": (1, 1, 0.22), "low_fn": (1, 2, 0.11)}


def best(corpus, profile):
    tp, fn, fp = PROFILES[profile]
    sweep = sweeper.Sweeper(0.15, {"tpWeight": tp, "fnWeight": fn, "fpWeight": fp})
    points, count = [], 0
    for name, times, scores, windows in corpus:
        points += sweep.calcSweepScore(times, scores, windows, name)
        count += len(windows)
    row = max(sweep.calcScoreByThreshold(points), key=lambda one: one.score)
    return 100 * (row.score + fn * count) / (tp * count + fn * count), row.threshold


def made_up():
    corpus = []
    for number, (rows, windows) in enumerate(
        [(400, [(100, 139), (200, 219)]), (6000, [(900, 1000), (5000, 5299)]), (200, [])]
    ):
        times = [datetime.datetime(2026, 1, 1) + datetime.timedelta(minutes=i) for i in range(rows)]
        scores = [((i * 7919 + 13 + 101 * number) % 1009) / 1009 for i in range(rows)]
        for first, last in windows:
            scores[first + 10] += 0.5
            scores[last + 5] += 0.3
        corpus.append((str(number), times, scores, [(times[a], times[b]) for a, b in windows]))
    return corpus


def published(detector, windows):
    corpus = []
    for name, limits in windows.items():
        folder, file = name.split("/")
        with open(f"{root}/results/{detector}/{folder}/{detector}_{file}") as lines:
            rows = list(csv.reader(lines))[1:]
        cut = lambda text: text.split(".")[0]
        corpus.append(
            (name, [cut(row[0]) for row in rows], [float(row[2]) for row in rows],
             [(cut(a), cut(b)) for a, b in limits]))
    return corpus


if __name__ == "__main__":
    for profile in PROFILES:
        print(profile, *map(repr, best(made_up(), profile)))
    with open(root + "/labels/combined_windows.json") as file:
        windows = json.load(file)
    for detector in sorted(os.listdir(root + "/results")):
        if os.path.isdir(f"{root}/results/{detector}"):
            print(detector, *map(repr, best(published(detector, windows), "standard")), flush=True)
