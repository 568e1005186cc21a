"""The loops of CheckpointTable in JAX: run with a Python that has jax."""

import math
import time

import jax
import jax.numpy as jnp
from jax import lax

jax.config.update("jax_enable_x64", True)
STEP = 1e-3


def motion(state):
    q, v = state
    return v, jnp.sin(jnp.roll(q, 1) - q) + jnp.sin(jnp.roll(q, -1) - q) - jnp.sin(q)


def moved(state, rate, dt):
    return state[0] + rate[0] * dt, state[1] + rate[1] * dt


def step(state, _):
    k1 = motion(state)
    k2 = motion(moved(state, k1, STEP / 2))
    k3 = motion(moved(state, k2, STEP / 2))
    k4 = motion(moved(state, k3, STEP))
    state = moved(moved(moved(moved(state, k1, STEP / 6), k2, STEP / 3), k3, STEP / 3), k4, STEP / 6)
    return state, None


again = jax.checkpoint(step, prevent_cse=False)


def plain(state, n):
    return lax.scan(step, state, None, length=n)[0]


def every_step(state, n):
    return lax.scan(again, state, None, length=n)[0]


def square_root(state, n):
    count = math.isqrt(n)
    segment = jax.checkpoint(lambda s, _: (every_step(s, n // count), None), prevent_cse=False)
    state = lax.scan(segment, state, None, length=count)[0]
    return every_step(state, n % count)


q = jnp.arange(32.0) * 0.05
for n in (100, 1_000, 10_000, 100_000):
    for loop in (plain, every_step, square_root):
        loss = lambda q: 0.5 * jnp.sum(loop((q, q * 0), n)[1] ** 2)
        compiled = jax.jit(jax.value_and_grad(loss)).lower(q).compile()
        times = []
        for _ in range(5):
            start = time.perf_counter()
            gradient = jax.block_until_ready(compiled(q))[1]
            times.append(time.perf_counter() - start)
        kept = compiled.memory_analysis().temp_size_in_bytes
        print(f"| {n:,} | {loop.__name__} | {kept / 1e3:,.0f} kB | {min(times) * 1e3:,.1f} ms | {jnp.sum(gradient):.12g} |", flush=True)
