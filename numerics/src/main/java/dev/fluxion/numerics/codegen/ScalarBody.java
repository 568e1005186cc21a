package dev.fluxion.numerics.codegen;

import static dev.fluxion.numerics.codegen.ScalarCode.kind;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.Custom;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.DotGeneral;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.Reduction;
import dev.fluxion.ir.Threefry2x32;
import dev.fluxion.ir.Var;
import io.vavr.collection.Array;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;

/** Bytecode for the equations of a body on scalars in local variables. */
final class ScalarBody {
    private final Jaxpr body;
    private final CodeBuilder code;
    private final ScalarOperations operations;
    private final ScalarCode scalars;
    private final Lifetimes values;

    ScalarBody(Jaxpr body, CodeBuilder code) {
        this(body, code, false);
    }

    /** @param sharesFunctions see {@link ScalarOperations} */
    ScalarBody(Jaxpr body, CodeBuilder code, boolean sharesFunctions) {
        this.body = body;
        this.code = code;
        this.operations = new ScalarOperations(code, sharesFunctions);
        this.scalars = new ScalarCode(code);
        this.values = new Lifetimes(code, body);
    }

    boolean isUsed(Var value) {
        return values.isUsed(value);
    }

    /** Pops the value of an input; to be called for each input that is used, in front of {@link #equations}. */
    void define(Var input) {
        TypeKind kind = kind(input.dtype());
        code.storeLocal(kind, values.define(input, kind));
    }

    /** Pops the value of an input that keeps it through all runs of the equations. */
    void pin(Var input) {
        TypeKind kind = kind(input.dtype());
        code.storeLocal(kind, values.pin(input, kind));
    }

    /** Computes the values, lazy ones aside. */
    void equations() {
        int index = 0;
        for (Equation equation : body.equations()) {
            switch (equation.primitive()) {
                case Elementwise p
                when !values.isLazy(equation) -> {
                    operations.emit(p, operands(equation.inputs()));
                    values.release(index, var -> kind(var.dtype()));
                    TypeKind kind = kind(equation.output().dtype());
                    code.storeLocal(kind, values.define(equation.output(), kind));
                }
                case Elementwise _ -> {}
                case Control p -> {
                    int[] results = new int[equation.outputs().size()];
                    for (int k = 0; k < results.length; k++) {
                        Var result = equation.outputs().get(k);
                        results[k] =
                                isUsed(result) ? values.define(result, kind(result.dtype())) : ScalarControl.UNREAD;
                    }
                    new ScalarControl(code, this::push).emit(p, equation.inputs(), results);
                    values.release(index, var -> kind(var.dtype()));
                }
                case Movement _, Reduction _, DotGeneral _, Threefry2x32 _, Custom _ ->
                    throw new IllegalStateException("not an operation on scalars: " + equation);
            }
            index++;
        }
    }

    void push(Atom atom) {
        Equation call = values.lazyCall(atom);
        if (call != null) {
            operations.emit((Elementwise) call.primitive(), operands(call.inputs()));
            return;
        }
        switch (atom) {
            case Literal literal -> scalars.constant(literal);
            case Var var -> code.loadLocal(kind(var.dtype()), values.slot(var));
        }
    }

    private ScalarOperations.Operands operands(Array<Atom> in) {
        return new ScalarOperations.Operands() {
            @Override
            public void push(int k) {
                ScalarBody.this.push(in.get(k));
            }

            @Override
            public DType dtype(int k) {
                return in.get(k).dtype();
            }

            @Override
            public Literal literal(int k) {
                return in.get(k) instanceof Literal literal ? literal : null;
            }

            @Override
            public int count() {
                return in.size();
            }
        };
    }
}
