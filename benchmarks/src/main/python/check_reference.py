"""Checks the reference program of the accuracy table against mpmath.

    java ... AccuracyTable --reference ./ulps --functions exp --dtypes FLOAT64 --points 10000 --dump |
        python check_reference.py ./ulps exp

prints the largest relative difference of libquadmath from 60 digits; it should be below 1e-30.
"""

import struct
import subprocess
import sys

import mpmath

mpmath.mp.dps = 60

ONE = {
    "exp": mpmath.exp, "exp2": lambda x: mpmath.mpf(2) ** x, "expm1": mpmath.expm1, "log": mpmath.log,
    "log1p": mpmath.log1p, "log2": lambda x: mpmath.log(x, 2), "log10": mpmath.log10, "sin": mpmath.sin,
    "cos": mpmath.cos, "tan": mpmath.tan, "asin": mpmath.asin, "acos": mpmath.acos, "atan": mpmath.atan,
    "sinh": mpmath.sinh, "cosh": mpmath.cosh, "tanh": mpmath.tanh, "asinh": mpmath.asinh, "acosh": mpmath.acosh,
    "atanh": mpmath.atanh, "cbrt": lambda x: mpmath.sign(x) * mpmath.cbrt(abs(x)),
    "logistic": lambda x: 1 / (1 + mpmath.exp(-x)), "erf": mpmath.erf, "erfc": mpmath.erfc, "erf_inv": mpmath.erfinv,
    "lgamma": lambda x: mpmath.log(abs(mpmath.gamma(x))), "digamma": mpmath.digamma,
    "trigamma": lambda x: mpmath.psi(1, x),
}
TWO = {"pow": mpmath.power, "atan2": mpmath.atan2, "hypot": mpmath.hypot}

# An exact value beyond these is an infinity or a zero of every format here.
HUGE, TINY = mpmath.mpf(2) ** 1100, mpmath.mpf(2) ** -1200


def exact(function, point):
    """The value with all digits, or None where it is no ordinary number."""
    if any(x != x or abs(x) == float("inf") for x in point):
        return None
    try:
        with mpmath.workdps(60 + int(max(0, *(mpmath.log10(abs(x) + 1) for x in point)) if max(map(abs, point)) < 1e40 else 0)):
            value = function(*map(mpmath.mpf, point))
    except (ValueError, ZeroDivisionError, OverflowError, MemoryError, mpmath.libmp.NoConvergence):
        return None
    if not isinstance(value, mpmath.mpf) or not TINY < abs(value) < HUGE:
        return None
    return value


def main():
    program, name = sys.argv[1:3]
    function = ONE.get(name) or TWO[name]
    data = sys.stdin.buffer.read()
    out = subprocess.run([program, name, "f64", "values"], input=data, capture_output=True, check=True).stdout
    fields = 2 if name in TWO else 1
    worst, at, checked = mpmath.mpf(0), None, 0
    for point, text in zip(struct.iter_unpack("<%dd" % fields, data), out.decode().split()):
        if name in ("exp", "exp2", "expm1", "sinh", "cosh", "erfc", "logistic", "lgamma", "tanh", "trigamma") and abs(point[0]) > 1e5:
            continue
        value = exact(function, point)
        if value is None:
            continue
        checked += 1
        difference = abs(mpmath.mpf(text) / value - 1)
        if difference > worst:
            worst, at = difference, point
    print(f"{name}: {checked} points, largest relative difference {mpmath.nstr(worst, 3)} at {at}")


if __name__ == "__main__":
    main()
