package dev.fluxion.benchmarks.elementary;

import dev.fluxion.lax.Lax;
import dev.fluxion.nn.Nn;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.numpy.Numpy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/** The elementary functions. */
final class Subjects {
    static final List<Subject> ALL = List.of(
            one("exp", Numpy::exp, Math.log(2) / 2, -1, 1, -745, 710, -104, 89),
            one("exp2", Numpy::exp2, 0.5, -1, 1, -1075, 1024, -150, 128),
            one("expm1", Numpy::expm1, Math.log(2) / 2, -1, 1, -40, 40, -10, 3, 0, 710, 0, 89),
            one("log", Numpy::log, 0, 0.5, 2, 0.9, 1.1, 0, 1e3),
            one("log1p", Numpy::log1p, 0, -1, 2, -0.1, 0.1, 0, 1e3),
            one("log2", Numpy::log2, 0, 0.5, 2, 0.9, 1.1, 0, 1e3),
            one("log10", Numpy::log10, 0, 0.5, 2, 0.9, 1.1, 0, 1e3),
            one("sin", Numpy::sin, Math.PI / 4, -4, 4, -1e4, 1e4, -1e7, 1e7),
            one("cos", Numpy::cos, Math.PI / 4, -4, 4, -1e4, 1e4, -1e7, 1e7),
            one("tan", Numpy::tan, Math.PI / 4, -4, 4, -1e4, 1e4, -1e7, 1e7),
            one("asin", Numpy::asin, 0.5, -1, 1, 0.4, 0.6, 0.99, 1),
            one("acos", Numpy::acos, 0.5, -1, 1, -0.6, 0.6, 0.99, 1),
            one("atan", Numpy::atan, 1, -1, 1, 0.5, 3, -100, 100),
            one("sinh", Numpy::sinh, Math.log(2) / 2, -1, 1, -20, 20, -711, 711, -90, 90),
            one("cosh", Numpy::cosh, Math.log(2) / 2, -1, 1, -20, 20, -711, 711, -90, 90),
            one("tanh", Numpy::tanh, Math.log(2) / 4, -1, 1, -23, 23, -10, 10),
            one("asinh", Numpy::asinh, 0.5, -1, 1, 0.5, 4, -100, 100),
            one("acosh", Numpy::acosh, 0.5, 1, 2, 1, 1.1, 1, 100),
            one("atanh", Numpy::atanh, 0.5, -1, 1, 0.3, 0.7, 0.99, 1),
            one("cbrt", Numpy::cbrt, 1, 0.5, 8, -100, 100),
            one("logistic", Nn::sigmoid, Math.log(2) / 2, -1, 1, -40, 40, -745, 0, -104, 0),
            one("erf", Lax::erf, 0.5, -1, 1, -6, 6, 0, 4),
            one("erfc", Lax::erfc, 0.5, -1, 1, -6, 28, 0, 11),
            one("erf_inv", Lax::erfInv, 0.25, -1, 1, 0.9, 1, 0.999, 1),
            one("lgamma", Lax::lgamma, 0.5, 0.5, 3, 0, 40, -10, 0, -100, 0),
            one("digamma", Lax::digamma, 0.5, 1, 2, 0, 40, -10, 0, -100, 0),
            one("trigamma", x -> Lax.polygamma(1, x), 0.5, 0, 4, 0, 40, -10, 0, -100, 0),
            two("pow", Numpy::power, 0.5, 0, 4, 0.5, 2, -64, 64, -1100, 1100),
            two("atan2", Numpy::arctan2, 1, -1, 1, -4, 4, -100, 100),
            two("hypot", Numpy::hypot, 1, -1, 1, -4, 4, -100, 100));

    private Subjects() {}

    /** @param bounds of the regions: low, high, low, high ... */
    private static Subject one(String name, UnaryOperator<NDArray> function, double step, double... bounds) {
        return new Subject(name, new Subject.One(function), regions(bounds), step);
    }

    private static Subject two(String name, BinaryOperator<NDArray> function, double step, double... bounds) {
        return new Subject(name, new Subject.Two(function), regions(bounds), step);
    }

    private static List<Subject.Region> regions(double... bounds) {
        List<Subject.Region> result = new ArrayList<>();
        for (int i = 0; i < bounds.length; i += 2) {
            result.add(new Subject.Region(bounds[i], bounds[i + 1]));
        }
        return result;
    }
}
