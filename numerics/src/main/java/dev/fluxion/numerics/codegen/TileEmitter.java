package dev.fluxion.numerics.codegen;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import dev.fluxion.ir.DType;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Emits a {@link TileCode}: one method for each size of tile, with one loop in which all sums are local variables. The steps
 * through the arrays are constants or 1, so that the JIT compiler takes the bounds checks out of the loop.
 */
final class TileEmitter {
    private static final String NAME = "ProductTiles";
    private static final String PACKING = "packingTile";
    private static final MethodTypeDesc SUMS = MethodTypeDesc.of(
            CD_void, CD_Object, CD_int, CD_int, CD_Object, CD_int, CD_int, CD_Object, CD_int, CD_int, CD_boolean);
    private static final MethodTypeDesc TILE = SUMS.insertParameterTypes(10, CD_int, CD_int);
    private static final MethodTypeDesc PACKING_TILE = SUMS.insertParameterTypes(10, CD_int, CD_Object, CD_int, CD_int);

    /** The parameters of both kinds of tiles, as local variable slots. */
    private static final int A = 1;

    private static final int A_AT = 2;
    private static final int A_ROW = 3;
    private static final int B = 4;
    private static final int B_AT = 5;
    private static final int DEPTH = 6;
    private static final int C = 7;
    private static final int C_AT = 8;
    private static final int C_ROW = 9;
    private static final int FIRST = 10;

    private static final int HEIGHT = 11;

    /** The further one of {@link TileCode#tile}. */
    private static final int WIDTH = 12;

    /** The further ones of {@link TileCode#packingTile}. */
    private static final int FROM = 12;

    private static final int FROM_AT = 13;
    private static final int FROM_ROW = 14;

    private final DType dtype;
    private final int lanes;
    private final int vectors;
    private final CodeBuilder code;
    private final VectorTypes types;
    private final ProductLoops loops;

    private TileEmitter(DType dtype, int lanes, int vectors, CodeBuilder code) {
        this.dtype = dtype;
        this.lanes = lanes;
        this.vectors = vectors;
        this.code = code;
        this.types = new VectorTypes(code, lanes);
        this.loops = new ProductLoops(dtype, code);
    }

    /** Code with tiles of up to {@code rows} rows and {@code vectors} vectors. */
    static TileCode compile(DType dtype, int lanes, int rows, int vectors) {
        byte[] bytes = KernelClass.build(NAME, TileCode.class, type -> {
            type.withMethodBody("tile", TILE, ClassFile.ACC_PUBLIC, code -> {
                code.iload(HEIGHT).loadConstant(vectors).imul().iload(WIDTH).iadd();
                ProductLoops.dispatch(code, NAME, TILE, cases(rows, vectors));
            });
            for (int height = 1; height <= rows; height++) {
                for (int width = 1; width <= vectors; width++) {
                    int h = height;
                    int w = width;
                    type.withMethodBody(
                            method(h, w),
                            TILE,
                            ClassFile.ACC_PRIVATE,
                            code -> new TileEmitter(dtype, lanes, vectors, code).tile(h, w));
                }
            }
            type.withMethodBody(PACKING, PACKING_TILE, ClassFile.ACC_PUBLIC, code -> {
                code.iload(HEIGHT);
                ProductLoops.dispatch(
                        code,
                        NAME,
                        PACKING_TILE,
                        IntStream.rangeClosed(1, rows)
                                .mapToObj(height -> new ProductLoops.Case(height, PACKING + height))
                                .toList());
            });
            for (int height = 1; height <= rows; height++) {
                int h = height;
                type.withMethodBody(
                        PACKING + h,
                        PACKING_TILE,
                        ClassFile.ACC_PRIVATE,
                        code -> new TileEmitter(dtype, lanes, vectors, code).packingTile(h));
            }
        });
        return (TileCode) KernelClass.instance(bytes);
    }

    private static List<ProductLoops.Case> cases(int rows, int vectors) {
        List<ProductLoops.Case> cases = new ArrayList<>();
        for (int height = 1; height <= rows; height++) {
            for (int width = 1; width <= vectors; width++) {
                cases.add(new ProductLoops.Case(height * vectors + width, method(height, width)));
            }
        }
        return cases;
    }

    private static String method(int height, int width) {
        return "tile" + height + "x" + width;
    }

    private void tile(int height, int width) {
        int b = loops.array(B);
        sums(height, width, (p, j, vector) -> {
            types.species(dtype);
            packed(b, B_AT, p, j);
            types.load(dtype);
            code.astore(vector);
        });
    }

    /** A tile of the greatest width, which loads the right operand from where it is and packs it. */
    private void packingTile(int height) {
        int from = loops.array(FROM);
        int to = loops.array(B);
        sums(height, vectors, (p, j, vector) -> {
            types.species(dtype);
            unpacked(from, FROM_AT, FROM_ROW, p, j);
            types.load(dtype);
            code.dup().astore(vector);
            packed(to, B_AT, p, j);
            types.store(dtype);
        });
    }

    /** Code that brings vector j of row p of the right operand to a local variable. */
    @FunctionalInterface
    private interface Right {
        void load(int p, int j, int vector);
    }

    private void sums(int height, int width, Right operand) {
        int a = loops.array(A);
        int c = loops.array(C);
        int[] rows = loops.starts(A_AT, A_ROW, height);
        int[][] sums = new int[height][];
        for (int i = 0; i < height; i++) {
            sums[i] = loops.vectors(width);
        }
        start(c, sums);
        int[] right = loops.vectors(width);
        int left = code.allocateLocal(TypeKind.REFERENCE);
        loops.loop(DEPTH, p -> {
            for (int j = 0; j < width; j++) {
                operand.load(p, j, right[j]);
            }
            for (int i = 0; i < height; i++) {
                types.species(dtype);
                code.aload(a).iload(rows[i]).iload(p).iadd().arrayLoad(KernelClass.element(dtype));
                loops.multiply(types, left, right, sums[i]);
            }
        });
        each(sums, (i, j) -> {
            code.aload(sums[i][j]);
            place(c, i, j);
            types.store(dtype);
        });
        code.return_();
    }

    /** Pushes the array and the index of vector j of row p where rows of {@code vectors} vectors begin at {@code at}. */
    private void packed(int array, int at, int p, int j) {
        code.aload(array).iload(at);
        code.iload(p).loadConstant(vectors * lanes).imul().iadd();
        code.loadConstant(j * lanes).iadd();
    }

    /** The same where rows are {@code step} elements apart. */
    private void unpacked(int array, int at, int step, int p, int j) {
        code.aload(array).iload(at).iload(p).iload(step).imul().iadd();
        code.loadConstant(j * lanes).iadd();
    }

    private void start(int c, int[][] sums) {
        Label load = code.newLabel();
        Label ready = code.newLabel();
        code.iload(FIRST).ifeq(load);
        each(sums, (i, j) -> {
            types.zero(dtype);
            code.astore(sums[i][j]);
        });
        code.goto_(ready).labelBinding(load);
        each(sums, (i, j) -> {
            types.species(dtype);
            place(c, i, j);
            types.load(dtype);
            code.astore(sums[i][j]);
        });
        code.labelBinding(ready);
    }

    /** Pushes c and the index of vector j of row i. */
    private void place(int c, int i, int j) {
        code.aload(c).iload(C_AT).iload(C_ROW).loadConstant(i).imul().iadd();
        code.loadConstant(j * lanes).iadd();
    }

    @FunctionalInterface
    private interface Cell {
        void at(int i, int j);
    }

    private static void each(int[][] cells, Cell cell) {
        for (int i = 0; i < cells.length; i++) {
            for (int j = 0; j < cells[i].length; j++) {
                cell.at(i, j);
            }
        }
    }
}
