package dev.fluxion.ir.binary;

import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Atom;
import dev.fluxion.ir.Constant;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.Primitive;
import dev.fluxion.ir.ProgramOrder;
import dev.fluxion.ir.SourceInfo;
import dev.fluxion.ir.Var;
import io.vavr.collection.Array;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;

/** Writes the binary form. Programs go to a part of their own while the tables they refer to grow. */
final class BinaryWriter {
    private final ProgramOrder order;
    private final Interner<String> strings = Interner.byValue(ByteOutput::string);
    private final Interner<ArrayType> types = Interner.byValue(this::type);
    private final Interner<Literal> literals = Interner.byValue(BinaryWriter::literal);
    private final Interner<SourceInfo> sources = Interner.byValue(this::source);
    private final Interner<ArrayData> constants = Interner.byIdentity(this::constant);
    private final OperationWriter operationWriter;
    private final Map<Primitive, Integer> operations = new HashMap<>();

    BinaryWriter(Jaxpr jaxpr) {
        this.order = ProgramOrder.of(jaxpr);
        this.operationWriter = new OperationWriter(strings, order);
    }

    /** The content of the file. */
    ByteOutput write(Jaxpr root) {
        ByteOutput programs = new ByteOutput();
        programs.varint(order.programs().size());
        order.programs().forEach(jaxpr -> program(programs, jaxpr));
        programs.varint(order.placeOf(root));
        ByteOutput typesAndMore = new ByteOutput();
        types.writeTo(typesAndMore);
        literals.writeTo(typesAndMore);
        sources.writeTo(typesAndMore);
        constants.writeTo(typesAndMore);
        ByteOutput content = new ByteOutput();
        strings.writeTo(content);
        content.write(typesAndMore);
        content.write(programs);
        return content;
    }

    private void program(ByteOutput out, Jaxpr jaxpr) {
        newOperations(out, jaxpr);
        Map<Var, Integer> numbers = new IdentityHashMap<>();
        out.varint(jaxpr.constants().size());
        for (Constant constant : jaxpr.constants()) {
            out.varint(constants.of(constant.value()));
            numbers.put(constant.var(), numbers.size());
        }
        out.varint(jaxpr.inputs().size());
        jaxpr.inputs().forEach(input -> define(out, numbers, input));
        out.varint(jaxpr.equations().size());
        for (Equation equation : jaxpr.equations()) {
            out.varint(operations.get(equation.primitive()));
            atoms(out, numbers, equation.inputs());
            out.varint(equation.outputs().size());
            equation.outputs().forEach(output -> define(out, numbers, output));
            out.varint(equation.source().isKnown() ? 1 + sources.of(equation.source()) : 0);
        }
        atoms(out, numbers, jaxpr.outputs());
    }

    /** The operations that no program before has. */
    private void newOperations(ByteOutput out, Jaxpr jaxpr) {
        ByteOutput fresh = new ByteOutput();
        int before = operations.size();
        for (Equation equation : jaxpr.equations()) {
            Primitive primitive = equation.primitive();
            if (!operations.containsKey(primitive)) {
                operations.put(primitive, operations.size());
                operationWriter.write(fresh, primitive);
            }
        }
        out.varint(operations.size() - before);
        out.write(fresh);
    }

    private void define(ByteOutput out, Map<Var, Integer> numbers, Var var) {
        out.varint(types.of(var.type()));
        numbers.put(var, numbers.size());
    }

    /** Variables as twice the distance back to their definition, literals as odd numbers. */
    private void atoms(ByteOutput out, Map<Var, Integer> numbers, Array<Atom> atoms) {
        out.varint(atoms.size());
        for (Atom atom : atoms) {
            out.varint(
                    switch (atom) {
                        case Var var -> 2L * (numbers.size() - 1 - numbers.get(var));
                        case Literal literal -> 2L * literals.of(literal) + 1;
                    });
        }
    }

    private void type(ByteOutput out, ArrayType type) {
        out.writeByte(Format.code(type.dtype()));
        out.varint(type.rank());
        type.shape().dims().stream().forEach(out::varint);
    }

    private static void literal(ByteOutput out, Literal literal) {
        out.writeByte(Format.code(literal.dtype()));
        out.fixed(literal.bits(), literal.dtype().byteSize());
    }

    private void source(ByteOutput out, SourceInfo source) {
        out.varint(strings.of(source.file()));
        out.varint(source.line());
        // no method has a slash in its name
        out.varint(strings.of(source.scope().isEmpty() ? source.method() : source.method() + "/" + source.scope()));
    }

    private void constant(ByteOutput out, ArrayData data) {
        out.varint(types.of(data.type()));
        out.write(ElementBytes.of(data.type(), data.toHostArray()));
    }
}
