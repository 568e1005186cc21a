/*
 * The error of elementary functions against libquadmath (113-bit significands), in ulp.
 *
 *     cc -O2 -o ulps ulps.c -lquadmath -lm
 *     ulps NAME f64|f32         reads points and results, prints the worst as one line of JSON
 *     ulps NAME f64|f32 values  reads points, prints the reference with 36 digits, one per line
 *
 * Points are records of little-endian doubles: x, for functions of two arguments y, and (not for "values") the result.
 *
 * The error of a result is |result - exact| / ulp(exact), ulp(exact) being the distance of neighbours in the binade of
 * the exact value, at least the smallest subnormal number. An infinite result counts as the first power of two beyond
 * the largest number, so that an overflow too early is a finite error. A NaN in the wrong place, or a missing one, is an
 * infinite error, and so is a zero of the wrong sign where zero is exact.
 *
 * libquadmath needs a microsecond for a point. A point gets that only if the same function in x87 arithmetic (64-bit
 * significands: 2^-11 ulp of a double, though not promised) puts its error within 1/16 ulp of the worst found so far,
 * or beyond.
 */
#include <float.h>
#include <math.h>
#include <quadmath.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef __float128 quad;

static quad logistic(quad x) { return x < 0 ? expq(x) / (1 + expq(x)) : 1 / (1 + expq(-x)); }

static long double logistic_x87(long double x) { return x < 0 ? expl(x) / (1 + expl(x)) : 1 / (1 + expl(-x)); }

/* 2^x by its whole part and the exponential of the rest. */
static quad exp2_(quad x) {
    if (!(fabsq(x) < 20000)) return x < 0 ? 0 : x * HUGE_VALQ;
    quad whole = rintq(x);
    return scalbnq(expq((x - whole) * M_LN2q), (int)whole);
}

/* The digamma function: reflection, recurrence up to 40, asymptotic series. */
static quad digamma(quad x) {
    static const quad b[] = {1 / 12.Q, -1 / 120.Q, 1 / 252.Q, -1 / 240.Q, 1 / 132.Q, -691 / 32760.Q, 1 / 12.Q,
        -3617 / 8160.Q, 43867 / 14364.Q, -174611 / 6600.Q, 77683 / 276.Q, -236364091 / 65520.Q, 657931 / 12.Q};
    if (isnanq(x) || x == -HUGE_VALQ) return nanq("");
    if (x == HUGE_VALQ) return x;
    if (x <= 0) {
        quad fraction = x - rintq(x);
        if (fraction == 0) return nanq("");
        quad c = M_PIq / tanq(M_PIq * fraction);
        return digamma(1 - x) - c;
    }
    quad sum = 0;
    for (; x < 40; x += 1) sum -= 1 / x;
    quad z = 1 / (x * x), series = 0;
    for (int i = sizeof b / sizeof *b - 1; i >= 0; i--) series = z * (b[i] + series);
    return sum + (logq(x) - 1 / (2 * x) - series);
}

/* Its derivative, in the same way. */
static quad trigamma(quad x) {
    static const quad b[] = {1 / 6.Q, -1 / 30.Q, 1 / 42.Q, -1 / 30.Q, 5 / 66.Q, -691 / 2730.Q, 7 / 6.Q, -3617 / 510.Q,
        43867 / 798.Q, -174611 / 330.Q, 854513 / 138.Q, -236364091 / 2730.Q, 8553103 / 6.Q};
    if (isnanq(x)) return x;
    if (x == HUGE_VALQ) return 0;
    if (x <= 0) {
        quad fraction = x - rintq(x);
        if (fraction == 0 || x == -HUGE_VALQ) return HUGE_VALQ;
        quad s = M_PIq / sinq(M_PIq * fraction);
        return s * s - trigamma(1 - x);
    }
    quad sum = 0;
    for (; x < 40; x += 1) sum += 1 / (x * x);
    quad z = 1 / (x * x), series = 0;
    for (int i = sizeof b / sizeof *b - 1; i >= 0; i--) series = z * (b[i] + series);
    return sum + (1 / x + z / 2 + series / x);
}

/* Newton's method on erf, or on erfc where erf is flat. */
static quad erf_inv(quad x) {
    if (isnanq(x) || fabsq(x) > 1) return nanq("");
    if (fabsq(x) == 1) return x * HUGE_VALQ;
    if (x == 0) return x;
    quad a = fabsq(x), c = 1 - a;
    quad l = -logq(c * (1 + a));
    quad t = 2 / (M_PIq * 0.147Q) - l / 2;
    quad y = sqrtq(sqrtq(t * t + l / 0.147Q) - t);
    if (a < 1e-6Q) y = a * sqrtq(M_PIq) / 2;
    for (int i = 0; i < 7; i++) {
        quad excess = a < 0.5Q ? erfq(y) - a : c - erfcq(y);
        quad step = excess * sqrtq(M_PIq) / 2 * expq(y * y);
        y -= step / (1 + step * y);
    }
    return copysignq(y, x);
}

static quad pow_(quad x, quad y) {
    if (x == 1 || y == 0) return 1;
    return powq(x, y);
}

typedef struct {
    const char *name;
    quad (*one)(quad);
    quad (*two)(quad, quad);
    long double (*one_x87)(long double);
    long double (*two_x87)(long double, long double);
} function;

static const function functions[] = {
    {"exp", expq, 0, expl, 0}, {"exp2", exp2_, 0, exp2l, 0}, {"expm1", expm1q, 0, expm1l, 0},
    {"log", logq, 0, logl, 0}, {"log1p", log1pq, 0, log1pl, 0}, {"log2", log2q, 0, log2l, 0},
    {"log10", log10q, 0, log10l, 0}, {"sin", sinq, 0, sinl, 0}, {"cos", cosq, 0, cosl, 0}, {"tan", tanq, 0, tanl, 0},
    {"asin", asinq, 0, asinl, 0}, {"acos", acosq, 0, acosl, 0}, {"atan", atanq, 0, atanl, 0},
    {"sinh", sinhq, 0, sinhl, 0}, {"cosh", coshq, 0, coshl, 0}, {"tanh", tanhq, 0, tanhl, 0},
    {"asinh", asinhq, 0, asinhl, 0}, {"acosh", acoshq, 0, acoshl, 0}, {"atanh", atanhq, 0, atanhl, 0},
    {"cbrt", cbrtq, 0, cbrtl, 0}, {"logistic", logistic, 0, logistic_x87, 0}, {"erf", erfq, 0, erfl, 0},
    {"erfc", erfcq, 0, erfcl, 0}, {"erf_inv", erf_inv, 0, 0, 0}, {"lgamma", lgammaq, 0, 0, 0},
    {"digamma", digamma, 0, 0, 0}, {"trigamma", trigamma, 0, 0, 0}, {"pow", 0, pow_, 0, powl}, {"atan2", 0, atan2q, 0, atan2l},
    {"hypot", 0, hypotq, 0, hypotl}};

/* The exponent of a unit in the last place, of numbers below 2^exponent in magnitude. */
static int unit(int exponent, int single) {
    int least = single ? -149 : -1074;
    int e = exponent - (single ? 24 : 53);
    return e < least ? least : e;
}

static double beyond(double result, int single) {
    return isinf(result) && single ? copysign(0x1p128, result) : result;
}

static double error_x87(double result, long double exact, int single) {
    if (!isfinite(exact) || exact == 0 || isnan(result)) return INFINITY;
    int exponent;
    frexpl(exact, &exponent);
    if (isinf(result)) return INFINITY;
    return (double)ldexpl(fabsl(result - exact), -unit(exponent, single));
}

static double error(double result, quad exact, int single) {
    if (isnanq(exact)) return isnan(result) ? 0 : INFINITY;
    if (isnan(result)) return INFINITY;
    int bias = single ? 128 : 1024;
    if (fabsq(exact) >= scalbnq(1, bias) * (1 - scalbnq(1, single ? -25 : -54))) {
        if (isinf(result)) return (result > 0) == (exact > 0) ? 0 : INFINITY;
        if (isinfq(exact)) return INFINITY;
    }
    if (exact == 0) return result == 0 && !signbit(result) == !signbitq(exact) ? 0 : INFINITY;
    quad value = isinf(result) ? copysignq(scalbnq(1, bias), result) : (quad)result;
    int exponent;
    frexpq(exact, &exponent);
    if (exponent > bias) exponent = bias;
    return (double)scalbnq(fabsq(value - exact), -unit(exponent, single));
}

int main(int argc, char **argv) {
    const function *f = 0;
    for (size_t i = 0; argc >= 3 && i < sizeof functions / sizeof *functions; i++)
        if (!strcmp(argv[1], functions[i].name)) f = &functions[i];
    if (!f) {
        fprintf(stderr, "usage: ulps NAME f64|f32 [values] < points\n");
        return 2;
    }
    int single = !strcmp(argv[2], "f32"), values = argc > 3;
    size_t arity = f->two ? 2 : 1, fields = arity + !values, count;
    static double buffer[3 * 4096];
    double worst = -1, at[3] = {0};
    char text[64];
    long points = 0;
    while ((count = fread(buffer, sizeof(double) * fields, 4096, stdin)) > 0) {
        for (size_t i = 0; i < count; i++) {
            double *p = buffer + i * fields, result = beyond(p[arity], single);
            if (!values && (f->one_x87 || f->two_x87)) {
                long double near = f->one_x87 ? f->one_x87(p[0]) : f->two_x87(p[0], p[1]);
                if (error_x87(result, near, single) < worst - 0.0625) continue;
            }
            quad exact = f->one ? f->one(p[0]) : f->two(p[0], p[1]);
            if (values) {
                quadmath_snprintf(text, sizeof text, "%.36Qg", exact);
                puts(text);
                continue;
            }
            double e = error(p[arity], exact, single);
            if (e > worst) {
                worst = e;
                memcpy(at, p, sizeof(double) * fields);
            }
        }
        points += count;
    }
    if (!values) {
        quad exact = f->one ? f->one(at[0]) : f->two(at[0], at[1]);
        quadmath_snprintf(text, sizeof text, "%.24Qg", exact);
        printf("{\"function\": \"%s\", \"dtype\": \"%s\", \"points\": %ld, \"ulp\": %.4f, \"at\": [\"%.17g\"", f->name,
            argv[2], points, worst, at[0]);
        if (arity == 2) printf(", \"%.17g\"", at[1]);
        printf("], \"result\": \"%.17g\", \"exact\": \"%s\"}\n", at[arity], text);
    }
    return 0;
}
