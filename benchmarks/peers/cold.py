"""COLD: seconds from the start of a process to the first printed derivative of W1 at 0.7, as a user sees them."""
import os, subprocess, sys, time

F1 = """
def f(np, x):
    a = np.sin(x); b = x * x; e = a * np.cos(b); h = 1.0 + b
    k = np.tanh(e) + np.log(h) * np.exp(-0.5 * x); q = k * k + np.sin(np.sqrt(h)) * (x / h)
    return np.exp(-q) * q
"""
SCRIPTS = {
    "jax": "import jax, jax.numpy as jnp\njax.config.update('jax_enable_x64', True)" + F1 +
           "print(float(jax.grad(lambda x: f(jnp, x))(0.7)))",
    "torch": "import torch" + F1 + "x = torch.tensor(0.7, dtype=torch.float64, requires_grad=True)\n"
             "f(torch, x).backward(); print(float(x.grad))",
    "autograd": "import autograd, autograd.numpy as np" + F1 + "print(float(autograd.grad(lambda x: f(np, x))(0.7)))",
    "tf": "import tensorflow as tf" + F1 + "class M: sin=tf.sin; cos=tf.cos; tanh=tf.tanh; exp=tf.exp; sqrt=tf.sqrt\n"
          "M.log = tf.math.log; x = tf.Variable(0.7, dtype=tf.float64)\n"
          "with tf.GradientTape() as t: y = f(M, x)\nprint(float(t.gradient(y, x)))",
}
MAIN = "dev.fluxion.benchmarks.ColdStart"
RUNS = 5


def first_line(cmd):
    """(seconds to the first line, the line)"""
    t = time.perf_counter()
    with subprocess.Popen(cmd, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as p:
        line = p.stdout.readline(); t = time.perf_counter() - t
        p.stdout.read()
    return t, float(line)


def figure(peer, metric, cmd):
    runs = sorted(first_line(cmd) for _ in range(RUNS))
    return dict(workload="COLD", peer=peer, threads=1, params={"program": "derivative of W1"}, metric=metric,
                value=runs[RUNS // 2][0], min=runs[0][0], unit="s", checksum=runs[0][1])


def lines(program, threads, launch, python):
    if program == "fluxion":
        cache = os.path.join(os.path.dirname(launch), "cold.aot")
        if os.path.exists(cache): os.remove(cache)
        result = [figure(program, "process_start_to_first_derivative", [launch, MAIN])]
        subprocess.run([launch, "-XX:AOTCacheOutput=" + cache, MAIN], capture_output=True)
        if os.path.exists(cache):
            # The cache is the JDK's; what it is compared with are the peers as they are.
            with_cache = figure(program, "process_start_to_first_derivative", [launch, "-XX:AOTCache=" + cache, MAIN])
            result.append(dict(with_cache, peer="fluxion (AOT cache)"))
    elif program in SCRIPTS:
        result = [figure(program, "process_start_to_first_derivative", [python, "-c", SCRIPTS[program]])]
    else:
        result = []
    for d in result: print("COLD %s: %.2f s" % (d["peer"], d["value"]), file=sys.stderr, flush=True)
    return result
