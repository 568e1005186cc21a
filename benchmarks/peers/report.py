"""Tables of all figures: one per workload, with the ratio to the best peer, and a check that the checksums agree."""
import collections, json, math, statistics

ORDER = ["fluxion", "fluxion (deleting)", "fluxion (AOT cache)", "java-by-hand", "jax", "jax.matmul", "jax.jacfwd", "torch", "torch.func", "torch.compile",
         "torch.nn.LSTM", "tf.xla", "tf.graph", "autograd"]
# Not peers: the same engine, or what a program written by hand for one problem reaches.
REFERENCES = {"java-by-hand", "c_libmvec", "c_by_hand", "fluxion (AOT cache)", "fluxion (deleting)"}


def fmt(s):
    if s is None or math.isnan(s): return ""
    for u, k in (("s", 1), ("ms", 1e3), ("us", 1e6)):
        if s * k >= 1: return f"{s * k:.3g} {u}"
    return f"{s * 1e9:.3g} ns"


def key(d):
    return d["workload"], json.dumps(d["params"], sort_keys=True), d["metric"]


def cells(lines, threads, stat):
    """{(key, peer): seconds}: the median over rounds of the medians, or the least of the least."""
    values = collections.defaultdict(list)
    for d in lines:
        if d["threads"] != threads or d["metric"].endswith("error") or d.get("value") is None: continue
        v = d["value"] if stat == "median" else d.get(stat) or d.get("min") or d["value"]
        values[key(d), d["peer"]].append(v)
    return {k: (statistics.median if stat == "median" else min)(v) for k, v in values.items()}


def order(workload):
    return (int(workload[1:]), "") if workload[1:].isdigit() else (-1 if workload == "COLD" else 99, workload)


def tables(lines, threads, stat, subject):
    table = cells(lines, threads, stat)
    names = {p for _, p in table}
    peers = sorted(names, key=lambda p: (ORDER.index(p) if p in ORDER else 99, p))
    keys = sorted(dict.fromkeys(k for k, _ in table), key=lambda k: order(k[0]))
    out = []
    for w in dict.fromkeys(k[0] for k in keys):
        ks = [k for k in keys if k[0] == w]; ps = [p for p in peers if any((k, p) in table for k in ks)]
        out += ["", f"### {w}, {threads} thread{'s' if threads > 1 else ''}", "",
                "| parameters | metric | " + " | ".join(ps) + " | best peer | times faster |", "|---|---|" + "---:|" * len(ps) + "---|---:|"]
        for k in ks:
            others = {p: table[k, p] for p in ps if (k, p) in table and p != subject and p not in REFERENCES}
            best = min(others, key=others.get) if others else ""
            ratio = f"{others[best] / table[k, subject]:.2f}" if best and (k, subject) in table else ""
            row = " | ".join(fmt(table.get((k, p))) for p in ps)
            par = ", ".join(f"{x}={y}" for x, y in json.loads(k[1]).items())
            out.append(f"| {par} | {k[2]} | {row} | {best} | {ratio} |")
    bad = disagreements(lines, threads)
    out += ["", "Checksums that disagree: " + ("none" if not bad else ""), *bad, ""]
    return "\n".join(out)


def disagreements(lines, threads):
    sums = collections.defaultdict(dict)
    for d in lines:
        if d["threads"] == threads and d.get("checksum") is not None: sums[key(d)][d["peer"]] = d["checksum"]
    bad = []
    for k, of in sums.items():
        middle = sorted(of.values())[len(of) // 2]; tolerance = 2e-3 if "f32" in k[1] else 1e-8
        bad += [f"- {' '.join(k)} {p}: {x!r} against {middle!r}" for p, x in of.items()
                if not abs(x - middle) <= tolerance * max(1e-300, abs(middle))]
    return bad
