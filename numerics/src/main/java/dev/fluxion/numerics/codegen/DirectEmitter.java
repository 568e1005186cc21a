package dev.fluxion.numerics.codegen;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.MethodTypeDesc;
import java.util.function.IntConsumer;

/** Emits a {@link DirectCode}: loops over matrices, over rows of tiles and over the tiles of a row, as far as there are several. */
final class DirectEmitter {
    private static final String NAME = "DirectProducts";
    private static final MethodTypeDesc RUN = MethodTypeDesc.of(
            CD_void,
            CD_Object,
            CD_int,
            KernelClass.INTS,
            CD_int,
            CD_int,
            CD_Object,
            CD_int,
            KernelClass.INTS,
            CD_int,
            CD_Object,
            CD_int,
            CD_int,
            CD_int,
            CD_int,
            CD_int,
            CD_int,
            CD_int,
            CD_int);

    /** The parameters, as local variable slots. */
    private static final int A = 1;

    private static final int A_AT = 2;
    private static final int A_STARTS = 3;
    private static final int A_ROW = 4;
    private static final int A_COLUMN = 5;
    private static final int B = 6;
    private static final int B_AT = 7;
    private static final int B_STARTS = 8;
    private static final int B_ROW = 9;
    private static final int C = 10;
    private static final int C_AT = 11;
    private static final int C_STEP = 12;
    private static final int C_ROW = 13;
    private static final int HEIGHT = 14;
    private static final int WIDTH = 15;
    private static final int DEPTH = 16;
    private static final int FROM = 17;
    private static final int TO = 18;

    private final DirectShape shape;
    private final CodeBuilder code;
    private final VectorTypes types;
    private final ProductLoops loops;

    /** Local variables: the arrays, and where the operands and the product of the matrix, then of the tile begin. */
    private final int a;

    private final int b;
    private final int c;
    private final int aTile;
    private final int bTile;
    private final int cTile;

    /** The local variable of the element of the left operand that is multiplied, in all lanes. */
    private final int left;

    private DirectEmitter(DirectShape shape, CodeBuilder code) {
        this.shape = shape;
        this.code = code;
        this.types = new VectorTypes(code, shape.lanes());
        this.loops = new ProductLoops(shape.dtype(), code);
        this.a = loops.array(A);
        this.b = loops.array(B);
        this.c = loops.array(C);
        this.aTile = code.allocateLocal(TypeKind.INT);
        this.bTile = code.allocateLocal(TypeKind.INT);
        this.cTile = code.allocateLocal(TypeKind.INT);
        this.left = code.allocateLocal(TypeKind.REFERENCE);
    }

    static DirectCode compile(DirectShape shape) {
        return (DirectCode) KernelClass.instance(KernelClass.build(
                NAME,
                DirectCode.class,
                type -> type.withMethodBody(
                        "run", RUN, ClassFile.ACC_PUBLIC, code -> new DirectEmitter(shape, code).run())));
    }

    private void run() {
        int matrix = code.allocateLocal(TypeKind.INT);
        int aMatrix = code.allocateLocal(TypeKind.INT);
        int bMatrix = code.allocateLocal(TypeKind.INT);
        int cMatrix = code.allocateLocal(TypeKind.INT);
        code.iload(FROM).istore(matrix);
        Label again = code.newLabel();
        Label done = code.newLabel();
        code.labelBinding(again).iload(matrix).iload(TO).if_icmpge(done);
        code.iload(A_AT).aload(A_STARTS).iload(matrix).iaload().iadd().istore(aMatrix);
        code.iload(B_AT).aload(B_STARTS).iload(matrix).iaload().iadd().istore(bMatrix);
        code.iload(C_AT).iload(matrix).iload(C_STEP).imul().iadd().istore(cMatrix);
        each(shape.allRows(), HEIGHT, shape.rows(), row -> {
            code.iload(aMatrix).iload(row);
            times(shape.aRow(), A_ROW);
            code.iadd().istore(aTile);
            each(shape.allColumns(), WIDTH, shape.columns(), column -> {
                code.iload(bMatrix).iload(column).iadd().istore(bTile);
                code.iload(cMatrix).iload(row);
                times(shape.cRow(), C_ROW);
                code.iadd().iload(column).iadd().istore(cTile);
                tile();
            });
        });
        code.iinc(matrix, 1).goto_(again);
        code.labelBinding(done).return_();
    }

    /** Steps of {@code step} through what is {@code size} long; the last one begins earlier where it would go too far. */
    private void each(boolean once, int size, int step, IntConsumer body) {
        int at = code.allocateLocal(TypeKind.INT);
        code.iconst_0().istore(at);
        if (once) {
            body.accept(at);
            return;
        }
        int next = code.allocateLocal(TypeKind.INT);
        code.iconst_0().istore(next);
        Label again = code.newLabel();
        Label done = code.newLabel();
        code.labelBinding(again).iload(next).iload(size).if_icmpge(done);
        code.iload(next).iload(size).loadConstant(step).isub();
        code.invokestatic(ScalarCode.desc(Math.class), "min", MethodTypeDesc.of(CD_int, CD_int, CD_int));
        code.istore(at);
        body.accept(at);
        code.iinc(next, step).goto_(again);
        code.labelBinding(done);
    }

    /** Multiplies what is on the stack by a stride: a constant in straight code. */
    private void times(int stride, int parameter) {
        if (shape.isStraight()) {
            code.loadConstant(stride);
        } else {
            code.iload(parameter);
        }
        code.imul();
    }

    private void tile() {
        int[][] sums = new int[shape.rows()][];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = loops.vectors(shape.vectors());
            for (int sum : sums[i]) {
                types.zero(shape.dtype());
                code.astore(sum);
            }
        }
        int[] right = loops.vectors(shape.vectors());
        if (shape.isStraight()) {
            for (int p = 0; p < shape.depth(); p++) {
                straight(p, sums, right);
            }
        } else {
            looped(sums, right);
        }
        for (int i = 0; i < sums.length; i++) {
            for (int j = 0; j < sums[i].length; j++) {
                code.aload(sums[i][j]).aload(c).iload(cTile).loadConstant(i);
                times(shape.cRow(), C_ROW);
                code.iadd().loadConstant(shape.column(j)).iadd();
                types.store(shape.dtype());
            }
        }
    }

    private void straight(int p, int[][] sums, int[] right) {
        for (int j = 0; j < right.length; j++) {
            types.species(shape.dtype());
            code.aload(b)
                    .iload(bTile)
                    .loadConstant(p * shape.bRow() + shape.column(j))
                    .iadd();
            types.load(shape.dtype());
            code.astore(right[j]);
        }
        for (int i = 0; i < sums.length; i++) {
            types.species(shape.dtype());
            code.aload(a)
                    .iload(aTile)
                    .loadConstant(i * shape.aRow() + p * shape.aColumn())
                    .iadd();
            multiply(sums[i], right);
        }
    }

    private void looped(int[][] sums, int[] right) {
        int[] rows = loops.starts(aTile, A_ROW, sums.length);
        int across = code.allocateLocal(TypeKind.INT);
        int start = code.allocateLocal(TypeKind.INT);
        loops.loop(DEPTH, p -> {
            code.iload(bTile).iload(p).iload(B_ROW).imul().iadd().istore(start);
            for (int j = 0; j < right.length; j++) {
                types.species(shape.dtype());
                code.aload(b).iload(start).loadConstant(shape.column(j)).iadd();
                types.load(shape.dtype());
                code.astore(right[j]);
            }
            if (shape.aColumn() != 1) {
                code.iload(p).iload(A_COLUMN).imul().istore(across);
            }
            for (int i = 0; i < sums.length; i++) {
                types.species(shape.dtype());
                code.aload(a)
                        .iload(rows[i])
                        .iload(shape.aColumn() == 1 ? p : across)
                        .iadd();
                multiply(sums[i], right);
            }
        });
    }

    /** {@link ProductLoops#multiply} by the element whose array and index are on the stack. */
    private void multiply(int[] sums, int[] right) {
        code.arrayLoad(KernelClass.element(shape.dtype()));
        loops.multiply(types, left, right, sums);
    }
}
