"""Shared inputs, timing and reporting for the peer benchmarks.

All inputs come from one integer hash so that any language can recreate them
bit for bit without files:

    h = (i * 0x9E3779B1 + seed * 0x85EBCA77) mod 2^32      (i, seed: integers)
    h ^= h >> 16;  h = h * 0x85EBCA6B mod 2^32
    h ^= h >> 13;  h = h * 0xC2B2AE35 mod 2^32
    h ^= h >> 16
    u(i, seed) = h / 2^32 - 0.5          in [-0.5, 0.5), exact in float64

i is the row-major (C order) flat index.  float32 inputs are the float64 values
rounded once.  See README.md for the tensors each workload builds from u.
"""
import argparse, gc, json, math, os, statistics, sys, time


def set_threads(n):
    """Call before importing any numeric library."""
    cpus = sorted(os.sched_getaffinity(0))
    n = min(n, len(cpus))
    os.sched_setaffinity(0, set(cpus[-n:]))
    for v in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS",
              "TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS"):
        os.environ[v] = str(n)
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("JAX_PLATFORMS", "cpu")
    if n == 1:
        os.environ["XLA_FLAGS"] = (os.environ.get("XLA_FLAGS", "") +
                                   " --xla_cpu_multi_thread_eigen=false").strip()
    return n


def u(shape, seed, scale=1.0, shift=0.0):
    import numpy as np
    if isinstance(shape, int):
        shape = (shape,)
    n = int(np.prod(shape)) if len(shape) else 1
    M = np.uint64(0xFFFFFFFF)
    h = (np.arange(n, dtype=np.uint64) * np.uint64(0x9E3779B1)
         + np.uint64((seed * 0x85EBCA77) & 0xFFFFFFFF)) & M
    h ^= h >> np.uint64(16)
    h = (h * np.uint64(0x85EBCA6B)) & M
    h ^= h >> np.uint64(13)
    h = (h * np.uint64(0xC2B2AE35)) & M
    h ^= h >> np.uint64(16)
    r = h.astype(np.float64) / 4294967296.0 - 0.5
    return (r * scale + shift).reshape(shape)


# ---------------------------------------------------------------- inputs
X0 = 0.7                                   # W1 evaluation point
W10_COEF = lambda k: 0.9 + 0.01 * (k % 7)  # W10 multiplier of step k


def w2_x(n):            return u(n, 1, 4.0)                       # [-2, 2)
def mlp_params(sizes, seed=10):
    """[(W, b)]; W[in,out] = u * 2*sqrt(3/in), b = u * 0.2; seeds seed+2l, seed+2l+1."""
    ps = []
    for l, (a, b) in enumerate(zip(sizes[:-1], sizes[1:])):
        ps.append((u((a, b), seed + 2 * l, 2 * math.sqrt(3.0 / a)), u(b, seed + 2 * l + 1, 0.2)))
    return ps
def labels(n, classes=10):
    import numpy as np
    return (np.arange(n) * 7 + np.arange(n) // 10) % classes
W3_SIZES = (784, 512, 256, 10); W3_BATCH = 128
def w3_x():             return u((W3_BATCH, 784), 2, 1.0, 0.5)    # [0, 1)
W4_SIZES = (64, 64, 10); W4_BATCH = 256
def w4_x():             return u((W4_BATCH, 64), 3, 2.0)          # [-1, 1)
def w5(n):              # x, A, b, v
    return u(n, 4, 2.0), u((n, n), 5, 2 * math.sqrt(3.0 / n)), u(n, 6, 1.0), u(n, 7, 2.0)
W6_BATCH = 64
def w6():               # x[N,1,28,28], k1[8,1,3,3], c1[8], k2[16,8,3,3], c2[16], Wd[400,10], bd[10]
    return (u((W6_BATCH, 1, 28, 28), 30, 1.0, 0.5), u((8, 1, 3, 3), 31, 1.0), u(8, 32, 0.2),
            u((16, 8, 3, 3), 33, 0.5), u(16, 34, 0.2), u((400, 10), 35, 0.2), u(10, 36, 0.2))
W7_T, W7_B, W7_I, W7_H = 100, 16, 32, 64
def w7():               # xs[T,B,I], Wx[I,4H], Wh[H,4H], b[4H]; gate order i,f,g,o
    return (u((W7_T, W7_B, W7_I), 40, 2.0), u((W7_I, 4 * W7_H), 41, 0.5),
            u((W7_H, 4 * W7_H), 42, 0.5), u(4 * W7_H, 43, 0.2))
ODE_STEPS, ODE_DT = 1000, 0.005
ODE_P, ODE_Y0 = (1.5, 1.0, 3.0, 1.0), (1.0, 1.0)
def w8_mm(n):           return u((n, n), 50, 2.0), u((n, n), 51, 2.0)
W11_PRODUCTS = [(1000, 4, 4, 4), (1000, 8, 8, 8), (1000, 16, 16, 16), (1000, 10, 10, 1), (1000, 1, 10, 10), (1, 1000, 64, 10),
                (1, 10000, 100, 25), (1, 10, 100000, 10), (1, 4, 1024, 1024), (1, 1024, 8, 1024)]   # batch, m, k, n


def w11(matmul, transpose, rows, maxima, cast, dt):
    """[(params, function, arguments)]"""
    out = []
    for p in W11_PRODUCTS:
        A, B = cast(u((p[0], p[1], p[2]), 75, 2.0)), cast(u((p[0], p[2], p[3]), 76, 2.0))
        out.append(({"op": "matmul", "shape": "%d of %dx%dx%d" % p, "dtype": dt}, matmul, (A, B)))
    M, v = cast(u((1000, 1000), 77, 2.0)), cast(u(1000, 78, 2.0))
    out.append(({"op": "transpose", "shape": "1000x1000", "dtype": dt}, transpose, (M,)))
    out.append(({"op": "transpose, matvec", "shape": "1000x1000", "dtype": dt}, lambda M, v: matmul(M.T, v), (M, v)))
    for n in (3, 10, 32):
        X = cast(u((10000, n), 79, 2.0)); P = {"shape": "10000x%d" % n, "dtype": dt}
        out += [(dict(P, op="row sums"), rows, (X,)), (dict(P, op="row maxima"), maxima, (X,))]
    return out


W8_N = 200
def w8_la():            return u((W8_N, W8_N), 52, 2.0), u(W8_N, 53, 2.0)   # M, b
W9_N, W9_STEPS, W9_DT, W9_EPS2 = 64, 100, 1e-3, 0.01
def w9():               # pos[64,3], vel[64,3], mass[64]
    return u((W9_N, 3), 60, 4.0), u((W9_N, 3), 61, 1.0), u(W9_N, 62, 1.0, 1.0)
W10_N = 16
def w10_x():            return u(W10_N, 70, 2.0)


# ---------------------------------------------------------------- timing
def bench(fn, min_batch=0.02, samples=15, budget=2.0, warm=2):
    """(median wall, least wall, least process CPU) seconds per call over batches of calls.

    CPU time counts all threads of the process; with one thread it is the figure to
    trust when something else is running on the machine."""
    for _ in range(warm):
        fn()
    t0 = time.perf_counter(); fn(); t = time.perf_counter() - t0
    reps = max(1, int(min_batch / max(t, 1e-9)))
    if reps > 1:
        t0 = time.perf_counter()
        for _ in range(reps): fn()
        t = (time.perf_counter() - t0) / reps
        reps = max(1, int(min_batch / max(t, 1e-9)))
    out = []; cpu = []; start = time.perf_counter()
    gc.collect(); on = gc.isenabled(); gc.disable()
    try:
        while len(out) < samples and (len(out) < 3 or time.perf_counter() - start < budget):
            c0 = time.process_time(); t0 = time.perf_counter()
            for _ in range(reps): fn()
            out.append((time.perf_counter() - t0) / reps); cpu.append((time.process_time() - c0) / reps)
    finally:
        if on: gc.enable()
    return statistics.median(out), min(out), min(cpu)


def once(fn):
    t0 = time.perf_counter(); r = fn()
    return time.perf_counter() - t0, r


class Emit:
    def __init__(self, peer, threads):
        self.peer, self.threads = peer, threads

    def __call__(self, workload, params, metric, value, checksum=None, **kw):
        mn = cpu = None
        if isinstance(value, tuple):
            value, mn, cpu = value
        d = dict(workload=workload, peer=self.peer, threads=self.threads, params=params,
                 metric=metric, value=value)
        if mn is not None: d["min"], d["cpu"] = mn, cpu
        d["unit"] = kw.pop("unit", "s")
        d["checksum"] = None if checksum is None else float(checksum)
        d.update(kw)
        print(json.dumps(d), flush=True)


def data_folder():
    """The folder named by --data (taken off the command line), or the one beside this folder."""
    if "--data" in sys.argv:
        i = sys.argv.index("--data"); data = sys.argv[i + 1]; del sys.argv[i:i + 2]; return data
    return os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "data", "adbench")


def main(peer, build):
    """build(threads) -> {name: function(emit)}; parses the command line and runs."""
    ap = argparse.ArgumentParser()
    ap.add_argument("--threads", type=int, default=1)
    ap.add_argument("--workloads", default="all", help="comma list, e.g. W1,W2")
    ap.add_argument("--list", action="store_true")
    a, rest = ap.parse_known_args()
    n = set_threads(a.threads)
    table = build(n)
    if a.list:
        print("\n".join(table)); return
    names = list(table) if a.workloads == "all" else a.workloads.split(",")
    emit = Emit(peer, n)
    for w in names:
        if w not in table: continue
        try:
            table[w](emit)
        except Exception as e:     # one failing workload must not hide the others
            import traceback; traceback.print_exc()
            emit(w, {}, "error", float("nan"), error=f"{type(e).__name__}: {str(e)[:200]}")
