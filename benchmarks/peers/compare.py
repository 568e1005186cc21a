"""Runs Fluxion and its peers side by side and prints tables of ratios.

  benchmarks/compare                               everything, one thread
  benchmarks/compare --quick                       a few workloads, short warm-up
  benchmarks/compare --workloads W2,BA --threads 1,2 --rounds 3
  benchmarks/compare --tables-only --stat cpu      tables of an earlier run
  benchmarks/compare --write ../docs/performance.md    puts the tables into the page

Within a round every program runs the same workload back to back, so that ratios come
from the same minutes on the same machine.  Each (program, workload, threads, round) is
a process of its own under a timeout.  Python and C are pinned to as many CPUs as they
may use.  Programs on the JVM get their number of threads instead and all CPUs, as the
JVM compiles in the background while they run.  Programs that are not installed are left
out and named.
"""
import argparse, json, os, shutil, subprocess, sys, time
import cold, report, summary

HERE = os.path.dirname(os.path.abspath(__file__))
ADBENCH = ["GMM", "BA", "LSTM", "HAND"]
ALL = ["LIMITS", "COLD"] + ["W%d" % i for i in range(12)] + ADBENCH
QUICK = ["LIMITS", "COLD", "W1", "W2", "W4", "W9", "GMM", "BA"]
MODULES = {"jax": "jax", "torch": "torch", "autograd": "autograd", "tf": "tensorflow"}
ADBENCH_PROGRAMS = {"jax": "adbench_jax.py", "torch": "adbench_torch.py"}


def options():
    ap = argparse.ArgumentParser(formatter_class=argparse.RawDescriptionHelpFormatter, description=__doc__)
    ap.add_argument("--launch", required=True, help=argparse.SUPPRESS)
    ap.add_argument("--python", default=sys.executable, help="the Python that has the peers")
    ap.add_argument("--tf-python", default=None, help="the Python that has TensorFlow; without it there is no tf")
    ap.add_argument("--programs", default="fluxion,java-by-hand,jax,torch,autograd,tf,c")
    ap.add_argument("--workloads", default=None, help="as W2,BA; all when left out; COLD is the start of the process, LIMITS are the machine's")
    ap.add_argument("--threads", default="1", help="as 1,2")
    ap.add_argument("--rounds", type=int, default=1)
    ap.add_argument("--timeout", type=float, default=900, help="seconds for one program and workload")
    ap.add_argument("--quick", action="store_true", help=",".join(QUICK) + " with short warm-up, and no torch.compile")
    ap.add_argument("--warmup", type=float, default=None, help="seconds before a figure of Fluxion's is measured")
    ap.add_argument("--out", default=os.path.join(HERE, "..", "target", "compare.jsonl"), help="the lines of all figures")
    ap.add_argument("--append", action="store_true", help="keep the lines of earlier runs")
    ap.add_argument("--tables-only", action="store_true", help="run nothing; tables of --out")
    ap.add_argument("--stat", default="median", choices=["median", "min", "cpu"],
                    help="median batch, fastest batch or least CPU time; the last two are steadier on a busy machine")
    ap.add_argument("--write", default=None, metavar="PAGE", help="put the tables between the marks of this page")
    return ap.parse_args()


def has_module(python, module):
    return python and subprocess.run([python, "-c", "import " + module], capture_output=True).returncode == 0


def native(name):
    """The program native/NAME.c, compiled; None without a compiler."""
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None: return None
    folder = os.path.join(HERE, "..", "target", "native"); os.makedirs(folder, exist_ok=True)
    exe = os.path.join(folder, name)
    r = subprocess.run([compiler, "-O3", "-march=native", "-ffast-math", "-fopenmp-simd",
                        os.path.join(HERE, "native", name + ".c"), "-lm", "-lmvec", "-o", exe], capture_output=True, text=True)
    if r.returncode:
        print(name + ".c: does not compile here, left out\n" + r.stderr[-300:], file=sys.stderr); return None
    return exe


def command(a, program, workload, threads, python):
    """How a program runs a workload, or None."""
    if program == "c":
        exe = native("limits") if workload == "LIMITS" and threads == 1 else None
        return exe and [exe]
    if workload == "LIMITS": return None
    if program == "fluxion" or program == "java-by-hand":
        main = "workloads.Workloads" if program == "fluxion" else "byhand.ByHand"
        warmup = a.warmup if a.warmup is not None else 1.5 if a.quick else None
        return ([a.launch] + (["-Dfluxion.bench.warmup=%g" % warmup] if warmup is not None else []) +
                ["dev.fluxion.benchmarks." + main, "--workload", workload, "--threads", str(threads)] +
                ["--data", os.path.join(HERE, "..", "data", "adbench")])
    script = ADBENCH_PROGRAMS.get(program) if workload in ADBENCH else program + "_peer.py"
    if script is None: return None
    return ([python[program], os.path.join(HERE, script), "--workloads", workload, "--threads", str(threads)] +
            (["--no-compile"] if program == "torch" and a.quick and workload not in ADBENCH else []))


def pin(threads):
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, set(sorted(os.sched_getaffinity(0))[-threads:]))


def run(a):
    programs = a.programs.split(","); python = {}
    for p in list(programs):
        if p in MODULES:
            python[p] = a.tf_python if p == "tf" else a.python
            if not has_module(python[p], MODULES[p]):
                programs.remove(p); print(p + ": not installed, left out", file=sys.stderr)
    workloads = a.workloads.split(",") if a.workloads else QUICK if a.quick else ALL
    os.makedirs(os.path.dirname(os.path.abspath(a.out)), exist_ok=True)
    with open(a.out, "a" if a.append else "w") as out:
        for rnd in range(a.rounds):
            for w in workloads:
                for th in map(int, a.threads.split(",")):
                    for p in programs:
                        if w == "COLD":
                            lines = cold.lines(p, th, a.launch, python.get(p)) if th == 1 else []
                        else:
                            cmd = command(a, p, w, th, python)
                            lines = figures(cmd, p, th, a.timeout) if cmd else []
                        for d in lines:
                            d["round"] = rnd; out.write(json.dumps(d) + "\n")
                        out.flush()


def figures(cmd, program, threads, timeout):
    t0 = time.time(); jvm = program in ("fluxion", "java-by-hand")
    try:
        r = subprocess.run(cmd, capture_output=True, text=True, timeout=timeout,
                           preexec_fn=None if jvm else lambda: pin(threads))
        text, failure = r.stdout, r.stderr if r.returncode else ""
    except subprocess.TimeoutExpired as e:
        text, failure = e.stdout.decode() if isinstance(e.stdout, bytes) else e.stdout or "", "timeout"
    lines = [json.loads(l) for l in text.splitlines() if l.startswith("{")]
    lines = [d for d in lines if "workload" in d or "limit" in d]
    for d in lines:
        d.setdefault("peer", program); d.setdefault("threads", threads)
    print("%s, %d threads: %d figures, %.0f s%s" % (" ".join(map(os.path.basename, cmd[:2])) + " " + program, threads,
          len(lines), time.time() - t0, "  FAILED: " + failure.strip()[-300:] if failure else ""), file=sys.stderr, flush=True)
    return lines


def main():
    a = options()
    if not a.tables_only: run(a)
    with open(a.out) as f: lines = [json.loads(l) for l in f]
    limits = [d for d in lines if "limit" in d]
    lines = [d for d in lines if "workload" in d]
    text = summary.limits(limits) + "\n".join(summary.table(lines, th, a.stat) + report.tables(lines, th, a.stat, "fluxion")
                     for th in sorted({d["threads"] for d in lines}))
    print(text)
    if a.write:
        with open(a.write) as f: page = f.read()
        begin, end = "<!-- tables -->", "<!-- end of tables -->"
        head, rest = page.split(begin); tail = rest.split(end)[1]
        with open(a.write, "w") as f: f.write(head + begin + "\n\n" + text.strip() + "\n\n" + end + tail)


if __name__ == "__main__":
    main()
