"""The table that answers how fast it is: one line per goal, with what bounds it."""
import json
import report

G = "value_and_grad"
# (what, workload, parameters, metric, goal in times faster than the best peer, or against one peer, what bounds it)
ROWS = [
    ("first derivative printed, from the start of the process", "COLD", {"program": "derivative of W1"},
     "process_start_to_first_derivative", None, None, "start of the virtual machine, loading of classes"),
    ("scalar derivative (W1), per call", "W1", {"order": 1}, "call", 20, "jax", "wrapping and unwrapping of arrays"),
    ("second scalar derivative (W1)", "W1", {"order": 2}, "call", 20, "jax", "the same"),
    ("1e5 scalar derivatives at once (W1)", "W1", {"order": 1, "vmap": 100000}, "call", 4, None, "arithmetic: 8 elementary functions"),
    ("fused sum, n = 1e3 (W2)", "W2", {"n": 1000, "dtype": "f64"}, G, 6, "jax", "arithmetic, one pass"),
    ("", "W2", {"n": 1000, "dtype": "f64"}, G, 4, "torch.compile", ""),
    ("fused sum, n = 1e5 (W2)", "W2", {"n": 100000, "dtype": "f64"}, G, 15, "jax", "arithmetic, one pass"),
    ("", "W2", {"n": 100000, "dtype": "f64"}, G, 2, "torch.compile", ""),
    ("fused sum, n = 1e7 (W2)", "W2", {"n": 10000000, "dtype": "f64"}, G, 15, "jax", "arithmetic; memory is within a factor of two"),
    ("", "W2", {"n": 10000000, "dtype": "f64"}, G, 2, "torch.compile", ""),
    ("training step of a perceptron (W3), float64", "W3", {"dtype": "f64"}, "step", 1, None, "matrix products: peak of the FMA units"),
    ("the same, float32", "W3", {"dtype": "f32"}, "step", 1, None, "matrix products"),
    ("per-example gradients (W4)", "W4", {}, "per_example_grads", 1, "torch.compile", "writing 10 MB of gradients"),
    ("gradient, n = 200 (W5)", "W5", {"n": 200}, "grad", 1, None, "two passes over a matrix in the second-level cache"),
    ("Hessian, n = 200 (W5)", "W5", {"n": 200}, "hessian", 1, None, "matrix product"),
    ("Hessian-vector product, n = 200 (W5)", "W5", {"n": 200}, "hvp", 1, None, "passes over a matrix in the second-level cache"),
    ("LSTM, value and gradient (W7)", "W7", {"model": "lstm"}, G, 1, None, "matrix products of 16 rows, elementary functions"),
    ("differential equation, value and gradient (W7)", "W7", {"model": "ode"}, G, 1, None, "latency: each step waits for the one before"),
    ("matrix product 64, float64 (W8)", "W8", {"op": "matmul", "n": 64, "dtype": "f64"}, "call", 2, "jax", "FMA units, packing"),
    ("matrix product 1024, float64 (W8)", "W8", {"op": "matmul", "n": 1024, "dtype": "f64"}, "call", 1, "jax", "FMA units"),
    ("matrix product 1024, float32 (W8)", "W8", {"op": "matmul", "n": 1024, "dtype": "f32"}, "call", 1, "jax", "FMA units"),
    ("value and gradient of a product, 1024 (W8)", "W8", {"op": "matmul", "n": 1024, "dtype": "f64"}, G, 1, "jax", "FMA units"),
    ("forces of 64 bodies (W9)", "W9", {"bodies": 64}, "grad", 1, None, "4,096 divisions and square roots"),
    ("100 leapfrog steps (W9)", "W9", {"bodies": 64, "steps": 100}, "leapfrog", 1, None, "the same, 100 times"),
    ("gradient through them (W9)", "W9", {"bodies": 64, "steps": 100}, "grad_of_leapfrog", 1, None, "the same, and second derivatives"),
    ("1,000 equations (W10)", "W10", {"eqns": 1000}, G, 1, None, "arithmetic on 16 elements a step"),
    ("10,000 equations (W10)", "W10", {"eqns": 10000}, G, 1, None, "the same; fetching the code"),
    *[(what + ", float64 (W11)", "W11", {"op": op, "shape": shape, "dtype": "f64"}, "call", 1, None, bound)
      for what, op, shape, bound in (
          ("1,000 products of 4 x 4", "matmul", "1000 of 4x4x4", "loading and storing"),
          ("1,000 products of 8 x 8", "matmul", "1000 of 8x8x8", "loading, FMA units"),
          ("1,000 products of 16 x 16", "matmul", "1000 of 16x16x16", "FMA units"),
          ("1,000 matrices of 10 x 10 times vectors", "matmul", "1000 of 10x10x1", "sums of short rows: shuffles"),
          ("10,000 x 100 times 100 x 25", "matmul", "1 of 10000x100x25", "FMA units, seven lanes of a fourth vector"),
          ("10 x 100,000 times 100,000 x 10", "matmul", "1 of 10x100000x10", "FMA units, six lanes of a second vector"),
          ("1,024 x 8 times 8 x 1,024", "matmul", "1 of 1024x8x1024", "writing 8 MB"),
          ("transpose of 1,000 x 1,000", "transpose", "1000x1000", "memory"),
          ("transpose of 1,000 x 1,000 times a vector", "transpose, matvec", "1000x1000", "copying the transpose"),
          ("sums of 10,000 rows of 10", "row sums", "10000x10", "shuffles"),
          ("maxima of 10,000 rows of 10", "row maxima", "10000x10", "comparisons that know NaN and -0"))],
    *[("GMM, gradient: " + n + " points, " + f, "ADBENCH", {"problem": p, "file": f}, "jacobian", 1, None,
       "matrix products with 10 to 32 terms, n K exponentials")
      for n, p, f in (("1,000", "gmm", "gmm_d2_K5"), ("1,000", "gmm", "gmm_d10_K25"), ("1,000", "gmm", "gmm_d20_K50"),
                      ("1,000", "gmm", "gmm_d32_K100"), ("10,000", "gmm_10k", "gmm_d10_K25"), ("10,000", "gmm_10k", "gmm_d20_K50"))],
    *[("BA, Jacobian: " + f, "ADBENCH", {"problem": "ba", "file": f}, "jacobian", 1, None, "writing the Jacobian")
      for f in ("ba1_n49_m7776_p31843", "ba2_n21_m11315_p36455", "ba3_n161_m48126_p182072")],
    *[("LSTM, gradient: " + f, "ADBENCH", {"problem": "lstm", "file": f}, "jacobian", 1, None, "14 elements a step: latency")
      for f in ("lstm_l2_c1024", "lstm_l4_c1024", "lstm_l2_c4096")],
    *[("HAND, Jacobian: " + p + " " + f, "ADBENCH", {"problem": p, "file": f}, "jacobian", 1, None, "many small operations")
      for p in ("hand_simple", "hand_complicated") for f in ("hand1_t26_c100", "hand4_t26_c400")],
]


def table(lines, threads, stat):
    cells = report.cells(lines, threads, stat)
    out = ["", f"### Summary, {threads} thread{'s' if threads > 1 else ''}", "",
           "| | Fluxion | results deleted | peer | | times faster | goal | by hand | what bounds it |",
           "|---|---:|---:|---|---:|---:|---:|---:|---|"]
    for what, workload, params, metric, goal, against, bound in ROWS:
        k = workload, json.dumps(params, sort_keys=True), metric
        own, deleting = cells.get((k, "fluxion")), cells.get((k, "fluxion (deleting)"))
        peers = {p: v for (key, p), v in cells.items() if key == k and p != "fluxion" and p not in report.REFERENCES}
        name = against or (min(peers, key=peers.get) if peers else None)
        other = peers.get(name)
        if own is None and other is None: continue
        by_hand = min((v for (key, p), v in cells.items() if key == k and p in report.REFERENCES and "by" in p), default=None)
        ratio = ", ".join(f"{other / x:.2f}" for x in (own, deleting) if x) if other else ""
        out.append(f"| {what} | {report.fmt(own)} | {report.fmt(deleting)} | {name or ''} | {report.fmt(other)} | {ratio} | {goal or ''} |"
                   f" {report.fmt(by_hand)} | {bound} |")
    return "\n".join(out) + "\n"


def limits(lines):
    """What the machine could do on one core, as native/limits.c finds."""
    if not lines: return ""
    best = {}
    for d in lines:
        k = d["limit"], d.get("dtype"), d.get("n")
        best[k] = max(best.get(k, {}), d, key=lambda x: x.get("gflops", x.get("triad_GBs", 0)))
    out = ["", "### Limits of the machine, one core", "", "| limit | |", "|---|---:|"]
    for (limit, dtype, n), d in best.items():
        if limit == "fma": out.append(f"| fused multiply-adds, {dtype} | {d['gflops']:.0f} GFLOP/s |")
        else: out.append(f"| a = b + s c, three arrays of {n * 8 / 1e3:,.0f} KB | {d['triad_GBs']:.0f} GB/s |")
    return "\n".join(out) + "\n"
