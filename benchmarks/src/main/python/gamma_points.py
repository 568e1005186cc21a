"""Writes the table of hard negative arguments of the gamma functions that GammaOfNegativesTest reads.

    python gamma_points.py > jaxpr-ir/src/test/resources/dev/fluxion/ir/scalar/gamma-negatives.csv

Next to the zeros that lie between the poles, next to the poles, tiny and large arguments, and a few at random; with mpmath.
"""

import math
import random

import mpmath

mpmath.mp.prec = 300
random.seed(1)


def distance(x):
    return x - mpmath.nint(x)


def lgamma(x):
    return mpmath.log(mpmath.pi / abs(mpmath.sinpi(distance(x)))) - mpmath.loggamma(1 - x)


def digamma(x):
    d = distance(x)
    return mpmath.digamma(1 - x) - mpmath.pi * mpmath.cospi(d) / mpmath.sinpi(d)


def trigamma(x):
    return (mpmath.pi / mpmath.sinpi(distance(x))) ** 2 - mpmath.psi(1, 1 - x)


def zero(function, pole, d):
    """The zero of the function next to pole + d."""
    return mpmath.findroot(function, (pole + d, pole + d * (1 + mpmath.mpf(2) ** -20)), tol=1e-120)


def lgamma_zeros():
    """Two between any two poles from -2 on; those beyond -18 are nearer to a pole than any double."""
    for n in range(2, 19):
        for side in -1, 1:
            if n > 2 or side < 0:
                d = {(2, -1): mpmath.mpf(-0.457), (3, 1): mpmath.mpf(0.2523)}.get((n, side), side / mpmath.factorial(n))
                yield zero(lgamma, -n, d)


def digamma_zeros():
    """One between any two poles: pi / tan(pi d) is about log n there."""
    for n in [*range(1, 25), 50, 100, 170, 1000, 123456, 2**30 + 1, 2**40 + 3, 2**48 + 5]:
        yield zero(digamma, -n, mpmath.atan(mpmath.pi / mpmath.log(n + mpmath.mpf(0.5))) / mpmath.pi)


def near(zero):
    x = float(zero)
    ulp = math.ulp(x)
    return [x, x + ulp, x - ulp, x + random.randrange(-1000, 1001) * ulp, x * (1 + random.uniform(-1, 1) * 2**-28)]


def anywhere():
    for n in 0, 1, 2, 3, 15, 16, 17, 32, 170, 171, 10**6, 2**40:
        yield from (-n - math.ulp(n + 1), -n - math.ulp(n + 1) * random.randrange(2, 1000), -n - random.random())
    yield from (-1e-300, -1e-30, -(2.0**-64), -(2.0**-63), -1e-10, -0.25, -0.5, -1.5, -14.999999999999998, -15.5, -100.5)
    yield from (-(2.0**51) - 0.5, -(2.0**50) - 0.75, *(-random.uniform(0, 20) for _ in range(20)))


def main():
    print("# function,argument,value to 40 digits (mpmath, 300 bits; made by gamma_points.py)")
    for name, function, zeros in (
        ("lgamma", lgamma, lgamma_zeros()),
        ("digamma", digamma, digamma_zeros()),
        ("trigamma", trigamma, ()),
    ):
        for x in dict.fromkeys([y for zero in zeros for y in near(zero)] + list(anywhere())):
            if x == round(x):
                continue
            with mpmath.workprec(300 + max(0, -math.frexp(x)[1]) * 3):
                value = function(mpmath.mpf(x))
            if abs(value) < 1e308:
                print(f"{name},{x.hex()},{mpmath.nstr(value, 40, min_fixed=0, max_fixed=0)}")


if __name__ == "__main__":
    main()
