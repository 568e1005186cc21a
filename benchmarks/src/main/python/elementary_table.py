"""Makes the tables of docs/elementary-functions.md from the lines of AccuracyTable, SpeedTable and elementary_peers.py.

    python elementary_table.py LINES...
"""

import json
import sys


def cell(line, key):
    value = line.get(key)
    return "" if value is None else f"{value:.2f}"


def main():
    rows = {}
    for path in sys.argv[1:]:
        with open(path, encoding="utf-8") as lines:
            for line in map(json.loads, lines):
                rows.setdefault((line["function"], line["dtype"]), {}).update(line)
    functions = list(dict.fromkeys(name for name, _ in rows))
    print("| function | f64: ulp | at | f32: ulp | at |\n|---|---|---|---|---|")
    for name in functions:
        cells = []
        for dtype in ("f64", "f32"):
            line = rows.get((name, dtype), {})
            cells += [cell(line, "ulp"), ", ".join(line.get("at", []))]
        print(f"| {name} | " + " | ".join(cells) + " |")
    columns = ("fluxion", "svml", "strict", "numpy", "jax", "torch")
    for dtype in ("f64", "f32"):
        print(f"\n| {dtype}, ns | Fluxion | SVML | StrictMath | NumPy | JAX | PyTorch |\n|---|---|---|---|---|---|---|")
        for name in functions:
            line = rows.get((name, dtype), {})
            print(f"| {name} | " + " | ".join(cell(line, column) for column in columns) + " |")


if __name__ == "__main__":
    main()
