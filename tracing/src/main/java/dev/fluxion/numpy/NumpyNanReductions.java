package dev.fluxion.numpy;

/** Reductions that skip NaN. */
abstract class NumpyNanReductions extends NumpyStatistics {
    /** The sum of what is not NaN. */
    public static NDArray nansum(NDArray x, int... axes) {
        return sum(where(isnan(x), 0, x), axes);
    }

    /** The product of what is not NaN. */
    public static NDArray nanprod(NDArray x, int... axes) {
        return prod(where(isnan(x), 1, x), axes);
    }

    /** The largest element that is not NaN; NaN when all are. */
    public static NDArray nanmax(NDArray x, int... axes) {
        NDArray missing = isnan(x);
        NDArray most = max(x, Axes.orAll(axes).where(logicalNot(missing)));
        return x.dtype().isFloating() ? where(all(missing, axes), Double.NaN, most) : most;
    }

    /** The smallest element that is not NaN; NaN when all are. */
    public static NDArray nanmin(NDArray x, int... axes) {
        NDArray missing = isnan(x);
        NDArray least = min(x, Axes.orAll(axes).where(logicalNot(missing)));
        return x.dtype().isFloating() ? where(all(missing, axes), Double.NaN, least) : least;
    }

    /** The mean of what is not NaN; NaN when nothing is left. */
    public static NDArray nanmean(NDArray x, int... axes) {
        return mean(where(isnan(x), 0, x), Axes.orAll(axes).where(logicalNot(isnan(x))));
    }

    /** The variance of what is not NaN; NaN when nothing is left. */
    public static NDArray nanvar(NDArray x, int... axes) {
        return var(where(isnan(x), 0, x), Axes.orAll(axes).where(logicalNot(isnan(x))));
    }

    /** {@code sqrt(nanvar x)}. */
    public static NDArray nanstd(NDArray x, int... axes) {
        return sqrt(nanvar(x, axes));
    }
}
