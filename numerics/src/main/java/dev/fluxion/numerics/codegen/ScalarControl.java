package dev.fluxion.numerics.codegen;

import static dev.fluxion.numerics.codegen.ScalarCode.kind;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.Jaxpr;
import io.vavr.collection.Array;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** Bytecode for branches and loops on scalars: they jump, and what they compute is in local variables of their own. */
final class ScalarControl {
    /** The local variable of a result that nobody reads. */
    static final int UNREAD = -1;

    private final CodeBuilder code;
    private final Consumer<Atom> operand;

    /** @param operand pushes a value of the body around */
    ScalarControl(CodeBuilder code, Consumer<Atom> operand) {
        this.code = code;
        this.operand = operand;
    }

    /** Leaves result k in local variable {@code results[k]}, which is none that holds an operand. */
    void emit(Control p, Array<Atom> operands, int[] results) {
        code.block(block -> {
            switch (p) {
                case Control.Cond cond -> cond(block, cond, operands, results);
                case Control.While loop -> whileLoop(block, loop, operands, results);
                case Control.Scan scan -> counted(block, scan, operands, results);
                case Control.Calling call -> throw new IllegalStateException(call.name() + " is inlined before");
            }
        });
    }

    /** Branch k where {@code index <= k}; the last one takes the rest. */
    private void cond(CodeBuilder block, Control.Cond cond, Array<Atom> operands, int[] results) {
        int which = block.allocateLocal(TypeKind.INT);
        operand.accept(operands.get(0));
        block.istore(which);
        Label end = block.newLabel();
        int last = cond.branches().size() - 1;
        for (int k = 0; k <= last; k++) {
            Jaxpr branch = cond.branches().get(k);
            Label next = block.newLabel();
            if (k < last) {
                block.iload(which).loadConstant(k).if_icmpgt(next);
            }
            block.block(own -> {
                push(own, branch, input -> operand.accept(operands.get(1 + input)));
                store(own, branch.outputs(), results);
            });
            block.goto_(end);
            block.labelBinding(next);
        }
        block.labelBinding(end);
    }

    private void whileLoop(CodeBuilder block, Control.While loop, Array<Atom> operands, int[] results) {
        int[] condConsts = homes(block, loop.condConsts(operands));
        int[] bodyConsts = homes(block, loop.bodyConsts(operands));
        int[] carry = homes(block, loop.init(operands));
        Label start = block.newLabel();
        Label end = block.newLabel();
        block.labelBinding(start);
        block.block(own -> {
            push(own, loop.cond(), input -> load(own, loop.cond(), input, condConsts, carry));
            own.ifeq(end);
        });
        step(block, loop.body(), bodyConsts, carry);
        block.goto_(start);
        block.labelBinding(end);
        results(block, loop.body(), carry, results);
    }

    /** A scan without xs and ys: a number of steps. */
    private void counted(CodeBuilder block, Control.Scan scan, Array<Atom> operands, int[] results) {
        int[] consts = homes(block, scan.consts(operands));
        int[] carry = homes(block, scan.carry(operands));
        int i = block.allocateLocal(TypeKind.INT);
        Label start = block.newLabel();
        Label end = block.newLabel();
        block.iconst_0().istore(i);
        block.labelBinding(start);
        block.iload(i).loadConstant(scan.length()).if_icmpge(end);
        step(block, scan.body(), consts, carry);
        block.iinc(i, 1).goto_(start);
        block.labelBinding(end);
        results(block, scan.body(), carry, results);
    }

    /** {@code carry = body(consts, carry)}. */
    private static void step(CodeBuilder block, Jaxpr body, int[] consts, int[] carry) {
        block.block(own -> {
            push(own, body, input -> load(own, body, input, consts, carry));
            store(own, body.outputs(), carry);
        });
    }

    private static void load(CodeBuilder code, Jaxpr body, int input, int[] consts, int[] carry) {
        int home = input < consts.length ? consts[input] : carry[input - consts.length];
        code.loadLocal(kind(body.inputs().get(input).dtype()), home);
    }

    private static void results(CodeBuilder code, Jaxpr body, int[] carry, int[] results) {
        for (int k = 0; k < carry.length; k++) {
            code.loadLocal(kind(body.outputs().get(k).dtype()), carry[k]);
        }
        store(code, body.outputs(), results);
    }

    /** The given operands in new local variables. */
    private int[] homes(CodeBuilder block, Array<Atom> operands) {
        int[] homes = new int[operands.size()];
        for (int k = 0; k < homes.length; k++) {
            TypeKind kind = kind(operands.get(k).dtype());
            homes[k] = block.allocateLocal(kind);
            operand.accept(operands.get(k));
            block.storeLocal(kind, homes[k]);
        }
        return homes;
    }

    /** Pushes the results of a body. */
    private static void push(CodeBuilder code, Jaxpr body, IntConsumer input) {
        ScalarBody values = new ScalarBody(body, code);
        for (int k = 0; k < body.inputs().size(); k++) {
            if (values.isUsed(body.inputs().get(k))) {
                input.accept(k);
                values.define(body.inputs().get(k));
            }
        }
        values.equations();
        body.outputs().forEach(values::push);
    }

    /** Pops values: all of them were pushed before one is overwritten, as they may change places. */
    private static void store(CodeBuilder code, Array<Atom> values, int[] locals) {
        for (int k = values.size() - 1; k >= 0; k--) {
            TypeKind kind = kind(values.get(k).dtype());
            if (locals[k] != UNREAD) {
                code.storeLocal(kind, locals[k]);
            } else if (kind.slotSize() == 2) {
                code.pop2();
            } else {
                code.pop();
            }
        }
    }
}
