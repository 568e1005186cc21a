package dev.fluxion.sparse;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Shape;
import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.numpy.Numpy;
import dev.fluxion.tracing.Tracing;
import dev.fluxion.transforms.AnswerSize;
import dev.fluxion.transforms.Chunks;
import dev.fluxion.transforms.Differentiation;
import dev.fluxion.transforms.Staging;
import dev.fluxion.transforms.TreeFunction;
import dev.fluxion.tree.Flat;
import dev.fluxion.tree.Tree;
import io.vavr.collection.Array;
import java.util.Arrays;

/**
 * A sparse Jacobian or Hessian, prepared: its pattern is known and colored, so that evaluating it computes a few products
 * with the matrix and puts their elements where they belong. Rows are the elements of the result (of the gradient, for a
 * Hessian), columns those of the argument, leaf after leaf, row-major.
 *
 * <p>Evaluation can be traced: {@code jit(d::apply)}, {@code vmap}, derivatives of {@code d.apply(x).values()}.
 */
public final class SparseDerivative<A> {
    private final String what;
    private final TreeFunction f;
    private final Compression compression;
    private final TreeFunction values;

    private SparseDerivative(String what, TreeFunction f, Compression compression) {
        this.what = what;
        this.f = f;
        this.compression = compression;
        this.values = TreeFunction.internal(what, this::values);
    }

    /** The Jacobian of f, by columns or by rows, whichever takes fewer products; by rows where f has no forward mode. */
    static <A> SparseDerivative<A> jacobian(TreeFunction f, SparsityPattern pattern, boolean reverseOnly) {
        Compression compression = reverseOnly ? Compression.rows(pattern) : Compression.columnsOrRows(pattern);
        return new SparseDerivative<>("sparseJacobian of " + f.label(), f, compression);
    }

    /** The Jacobian of a gradient. */
    static <A> SparseDerivative<A> hessian(String label, TreeFunction gradient, SparsityPattern pattern) {
        return new SparseDerivative<>(
                "sparseHessian of " + label, gradient, Compression.symmetric(pattern.union(pattern.transpose())));
    }

    /** Where elements may differ from zero. */
    public SparsityPattern pattern() {
        return compression.pattern();
    }

    /** How many products with the matrix an evaluation computes: the number of colors. */
    public int colors() {
        return compression.count();
    }

    /** The kind of these products. */
    public Product product() {
        return compression.product();
    }

    /**
     * The matrix at a point.
     *
     * @throws FluxionException when leaves are not floating (FX0402), or their elements are not the columns of the pattern
     *     or those of the result not its rows (FX0201)
     */
    public Csr apply(A at) {
        return new Csr(pattern(), (NDArray) Staging.inline(values, Array.of(at)));
    }

    private NDArray values(Array<?> arguments) {
        Flat argument = Tree.flatten(arguments);
        checkSize("argument", argument, pattern().columns());
        Differentiation.Pending pending = switch (compression.product()) {
            case JVP, HVP -> Differentiation.linearize(f, arguments);
            case VJP -> Differentiation.vjp(f, arguments);
        };
        Flat result = Tree.flatten(pending.primal());
        checkSize("result", result, pattern().rows());
        boolean byRows = compression.product() == Product.VJP;
        NDArray products =
                products(new SeededMap(pending.map(), byRows ? result : argument), byRows ? argument : result);
        int width = products.shape().dim(1);
        int[] place = new int[pattern().nonzeros()];
        Arrays.setAll(place, k -> compression.color(k) * width + compression.place(k));
        return Entries.take(Lax.reshape(products, Shape.of(products.size())), Ints.of(place));
    }

    /** All products, {@code [colors, elements of the other side]}. */
    private NDArray products(SeededMap map, Flat other) {
        int width = Detection.size(other.leaves().map(NDArray::type));
        DType dtype =
                other.leaves().map(NDArray::dtype).reduceOption(DType::promote).getOrElse(DType.FLOAT64);
        if (colors() == 0 || width == 0) {
            return Numpy.zeros(dtype, 0, width);
        }
        AnswerSize.require(
                what + ", compressed",
                ArrayType.of(dtype, colors()),
                ArrayType.of(dtype, width),
                "jvp, vjp and hvp multiply by the matrix without forming it");
        NDArray colors = Numpy.array(compression.colors());
        Chunks chunks =
                Chunks.ofWidth(colors(), Math.max(pattern().rows(), pattern().columns()));
        return chunks.rows(start -> Array.of(map.of(chunks.indicators(start, colors))))
                .get(0);
    }

    private void checkSize(String side, Flat leaves, int expected) {
        Array<ArrayType> types = leaves.leaves().map(NDArray::type);
        Detection.requireFloating(what, types);
        int given = Detection.size(types);
        if (given != expected) {
            throw Tracing.located(FluxionException.of(ErrorCode.SHAPE_MISMATCH, what + ": the pattern does not fit")
                    .detail("the pattern is " + pattern())
                    .detail("the " + side + " has " + given + " elements")
                    .hint("rows are the elements of the result, columns those of the argument"));
        }
    }
}
