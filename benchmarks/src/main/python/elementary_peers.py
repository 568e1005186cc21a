"""Nanoseconds per element of NumPy, JAX and PyTorch for the elementary functions, as SpeedTable measures Fluxion's.

    taskset -c 0 python elementary_peers.py [function ...]

One line of JSON for each function and dtype; 100,000 elements, one thread, processor time,
the least of some samples.
"""

import json
import os
import sys
import time

os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
os.environ["OMP_NUM_THREADS"] = "1"

import jax
import jax.numpy as jnp
import numpy as np
import torch

jax.config.update("jax_enable_x64", True)
torch.set_num_threads(1)
SIZE = 100_000

# Region, and the function in NumPy, JAX and PyTorch where it is not called by its own name.
FUNCTIONS = {
    "exp": (-1, 1), "exp2": (-1, 1), "expm1": (-1, 1), "log": (0.5, 2), "log1p": (-1, 2), "log2": (0.5, 2),
    "log10": (0.5, 2), "sin": (-4, 4), "cos": (-4, 4), "tan": (-4, 4), "asin": (-1, 1), "acos": (-1, 1),
    "atan": (-1, 1), "sinh": (-1, 1), "cosh": (-1, 1), "tanh": (-1, 1), "asinh": (-1, 1), "acosh": (1, 2),
    "atanh": (-1, 1), "cbrt": (0.5, 8), "logistic": (-1, 1), "erf": (-1, 1), "erfc": (-1, 1), "erf_inv": (-1, 1),
    "lgamma": (0.5, 3), "digamma": (1, 2), "pow": (0, 4), "atan2": (-1, 1), "hypot": (-1, 1),
}
NUMPY = {"asin": np.arcsin, "acos": np.arccos, "atan": np.arctan, "asinh": np.arcsinh, "acosh": np.arccosh,
         "atanh": np.arctanh, "pow": np.power, "atan2": np.arctan2}
JAX = {"logistic": jax.lax.logistic, "erf": jax.lax.erf, "erfc": jax.lax.erfc, "erf_inv": jax.lax.erf_inv,
       "lgamma": jax.lax.lgamma, "digamma": jax.lax.digamma, "atan2": jnp.arctan2, "pow": jnp.power}
TORCH = {"logistic": torch.sigmoid, "erf_inv": torch.erfinv}
TWO = ("pow", "atan2", "hypot")


def nanoseconds(call):
    end = time.perf_counter() + 0.3
    count = 0
    while time.perf_counter() < end:
        call()
        count += 1
    count = max(1, count // 15)
    samples = []
    for _ in range(9):
        before = time.process_time()
        for _ in range(count):
            call()
        samples.append((time.process_time() - before) / count / SIZE * 1e9)
    return round(min(samples), 3)


def main():
    rng = np.random.default_rng(1)
    for name, (low, high) in FUNCTIONS.items():
        if len(sys.argv) > 1 and name not in sys.argv[1:]:
            continue
        for dtype in ("float64", "float32"):
            x, y = (rng.uniform(low, high, SIZE).astype(dtype) for _ in range(2))
            arguments = (x, y) if name in TWO else (x,)
            line = {"function": name, "dtype": "f64" if dtype == "float64" else "f32"}
            numpy_function = NUMPY.get(name) or getattr(np, name, None)
            line["numpy"] = nanoseconds(lambda: numpy_function(*arguments)) if numpy_function else None
            jitted = jax.jit(JAX.get(name) or getattr(jnp, name))
            on_device = tuple(map(jnp.asarray, arguments))
            line["jax"] = nanoseconds(lambda: jitted(*on_device).block_until_ready())
            torch_function = TORCH.get(name) or getattr(torch, name, None)
            tensors = tuple(map(torch.from_numpy, arguments))
            line["torch"] = nanoseconds(lambda: torch_function(*tensors)) if torch_function else None
            print(json.dumps(line), flush=True)


if __name__ == "__main__":
    main()
