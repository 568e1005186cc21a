package dev.fluxion.numerics.codegen;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.Var;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The vectors of a body in local variables: inputs, results, constants broadcast before the loop, masks. */
final class VectorValues implements VectorOperations.Values {
    private final Jaxpr body;
    private final int lanes;
    private final CodeBuilder code;
    private final VectorTypes types;
    private final PerLaneMethods perLane;
    private final Lifetimes lifetimes;
    private final DType maskLane;
    private final Map<Literal, Integer> constants = new HashMap<>();
    private final Map<Var, DType> maskLanes = new IdentityHashMap<>();
    private final Map<DType, int[]> buffers = new EnumMap<>(DType.class);

    /** The slot of the mask of elements that are left to scalar code; -1 while there is none. */
    private int beyond = -1;

    VectorValues(Jaxpr body, int lanes, CodeBuilder code, VectorTypes types, PerLaneMethods perLane) {
        this.body = body;
        this.lanes = lanes;
        this.code = code;
        this.types = types;
        this.perLane = perLane;
        this.lifetimes = new Lifetimes(code, body);
        this.maskLane = body.equations().exists(e -> e.output().dtype().byteSize() == 8)
                        || body.inputs().exists(in -> in.dtype().byteSize() == 8)
                ? DType.FLOAT64
                : DType.FLOAT32;
    }

    /** The lane type of vectors of a dtype; truth values in memory become masks for the kernel's widest lanes. */
    DType storageLane(DType dtype) {
        return dtype == DType.BOOL ? maskLane : dtype;
    }

    boolean isUsed(Var var) {
        return lifetimes.isUsed(var);
    }

    int define(Var var) {
        maskLanes.put(var, storageLane(var.dtype()));
        return lifetimes.define(var, TypeKind.REFERENCE);
    }

    int pin(Var var) {
        maskLanes.put(var, storageLane(var.dtype()));
        return lifetimes.pin(var, TypeKind.REFERENCE);
    }

    /** Broadcasts every constant, and makes the buffers through which lanes go to scalar code. */
    void constants() {
        Set<Literal> literals = new LinkedHashSet<>();
        for (Equation equation : body.equations()) {
            if (lifetimes.isLazy(equation)) {
                continue;
            }
            Elementwise p = (Elementwise) equation.primitive();
            DType dtype = equation.input(0).dtype();
            if (ScalarOperations.isPerLane(p, dtype)) {
                buffers.computeIfAbsent(dtype, this::newBuffers);
                continue;
            }
            boolean isShift = p instanceof Elementwise.Binary(BinaryOp op)
                    && (op == BinaryOp.SHIFT_LEFT
                            || op == BinaryOp.SHIFT_RIGHT_LOGICAL
                            || op == BinaryOp.SHIFT_RIGHT_ARITHMETIC);
            (isShift ? equation.inputs().take(1) : equation.inputs()).forEach(in -> addLiteral(literals, in));
        }
        body.outputs().forEach(out -> addLiteral(literals, out));
        for (Literal literal : literals) {
            int slot = code.allocateLocal(TypeKind.REFERENCE);
            types.species(literal.dtype());
            new ScalarCode(code).constant(literal);
            types.broadcast(literal.dtype());
            code.astore(slot);
            constants.put(literal, slot);
        }
    }

    private static void addLiteral(Set<Literal> literals, Atom atom) {
        if (atom instanceof Literal literal && literal.dtype() != DType.BOOL) {
            literals.add(literal);
        }
    }

    private int[] newBuffers(DType dtype) {
        int[] slots = new int[2];
        for (int k = 0; k < 2; k++) {
            slots[k] = code.allocateLocal(TypeKind.REFERENCE);
            code.loadConstant(lanes).newarray(KernelClass.element(dtype)).astore(slots[k]);
        }
        return slots;
    }

    void compute(Equation equation, int index, VectorOperations operations) {
        if (lifetimes.isLazy(equation)) {
            return;
        }
        operations.emit(equation);
        if (equation.output().dtype() == DType.BOOL) {
            maskLanes.put(equation.output(), operations.lane(equation));
        }
        lifetimes.release(index, var -> TypeKind.REFERENCE);
        code.astore(lifetimes.define(equation.output(), TypeKind.REFERENCE));
    }

    @Override
    public void push(Atom atom) {
        code.aload(
                switch (atom) {
                    case Literal literal -> constants.get(literal);
                    case Var var -> lifetimes.slot(var);
                });
    }

    @Override
    public void pushMask(Atom atom, DType lane) {
        switch (atom) {
            case Literal literal -> {
                types.species(lane);
                code.loadConstant(literal.booleanValue() ? 1 : 0);
                types.broadcast(DType.BOOL);
            }
            case Var var -> {
                code.aload(lifetimes.slot(var));
                if (maskLanes.get(var) != lane) {
                    types.cast(lane);
                }
            }
        }
    }

    @Override
    public DType lane(Atom atom) {
        return atom instanceof Var var ? maskLanes.get(var) : maskLane;
    }

    @Override
    public boolean isLazy(Atom atom) {
        return lifetimes.lazyCall(atom) != null;
    }

    @Override
    public void leaveWhere(Atom isBeyond) {
        boolean isFirst = beyond < 0;
        if (isFirst) {
            beyond = code.allocateLocal(TypeKind.REFERENCE);
        }
        pushMask(isBeyond, maskLane);
        if (!isFirst) {
            code.aload(beyond);
            types.logical("or");
        }
        code.astore(beyond);
    }

    /** Pushes where the values computed are not right; false if they are right everywhere. */
    boolean pushBeyond() {
        if (beyond >= 0) {
            code.aload(beyond);
        }
        return beyond >= 0;
    }

    @Override
    public void callPerLane(Equation equation) {
        DType dtype = equation.output().dtype();
        int[] slots = buffers.get(dtype);
        for (int k = 0; k < equation.inputs().size(); k++) {
            if (equation.input(k) instanceof Var var) {
                push(var);
                code.aload(slots[k]).iconst_0();
                types.store(dtype);
            }
        }
        types.species(dtype);
        code.aload(slots[0]).aload(slots[1]);
        perLane.call(code, equation);
        code.aload(slots[0]).iconst_0();
        types.load(dtype);
    }
}
