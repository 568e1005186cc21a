package dev.fluxion.ir.binary;

import dev.fluxion.ir.Control;
import dev.fluxion.ir.Custom;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.DotGeneral;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.LazyJaxpr;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.Parameters;
import dev.fluxion.ir.Parameters.Parameter;
import dev.fluxion.ir.Primitive;
import dev.fluxion.ir.ProgramOrder;
import dev.fluxion.ir.Reduction;
import dev.fluxion.ir.Shape;
import dev.fluxion.ir.Threefry2x32;
import dev.fluxion.ir.text.ParameterNames;
import dev.fluxion.ir.text.ParseOptions;
import io.vavr.collection.Array;
import java.util.Map;
import java.util.TreeMap;

/** Writes operations with their parameters, by name. {@link OperationDecoder} reads them. */
final class OperationWriter {
    private final Interner<String> strings;
    private final ProgramOrder programs;

    OperationWriter(Interner<String> strings, ProgramOrder programs) {
        this.strings = strings;
        this.programs = programs;
    }

    void write(ByteOutput out, Primitive primitive) {
        switch (primitive) {
            case Custom custom -> custom(out, custom);
            case Elementwise _, Movement _, Reduction _, DotGeneral _, Threefry2x32 _, Control _ ->
                builtIn(out, primitive);
        }
    }

    private void builtIn(ByteOutput out, Primitive primitive) {
        out.writeByte(Format.BUILT_IN);
        out.varint(strings.of(primitive.name()));
        Array<Parameter> parameters = Parameters.of(primitive);
        out.varint(parameters.size());
        for (Parameter parameter : parameters) {
            out.varint(strings.of(ParameterNames.of(primitive.getClass(), parameter.name())));
            value(out, parameter.value());
        }
    }

    /** What a user's class is, a file cannot say: its name and the texts of its parameters have to do. */
    private void custom(ByteOutput out, Custom custom) {
        out.writeByte(Format.CUSTOM);
        out.varint(strings.of(custom.name()));
        Map<String, String> texts = new TreeMap<>(ParseOptions.customTexts(custom));
        out.varint(texts.size());
        texts.forEach((key, text) -> {
            out.varint(strings.of(key));
            out.varint(strings.of(text));
        });
    }

    private void value(ByteOutput out, Object value) {
        switch (value) {
            case Integer number -> {
                out.writeByte(Format.INT);
                out.signed(number);
            }
            case Boolean truth -> out.writeByte(truth ? Format.TRUE : Format.FALSE);
            case Long number -> {
                out.writeByte(Format.LONG);
                out.signed(number);
            }
            case Double number -> {
                out.writeByte(Format.DOUBLE);
                out.fixed(Double.doubleToRawLongBits(number), Double.BYTES);
            }
            case String text -> {
                out.writeByte(Format.STRING);
                out.varint(strings.of(text));
            }
            case Shape shape -> {
                out.writeByte(Format.SHAPE);
                out.varint(shape.rank());
                shape.dims().stream().forEach(out::varint);
            }
            case Ints ints -> {
                out.writeByte(Format.INTS);
                out.ints(ints);
            }
            case DType dtype -> {
                out.writeByte(Format.DTYPE);
                out.writeByte(Format.code(dtype));
            }
            case Enum<?> constant -> {
                out.writeByte(Format.ENUM);
                out.varint(strings.of(constant.name()));
            }
            case Jaxpr jaxpr -> {
                out.writeByte(Format.PROGRAM);
                out.varint(programs.placeOf(jaxpr));
            }
            case LazyJaxpr rule -> {
                out.writeByte(Format.RULE);
                out.varint(programs.placeOf(rule.get()));
            }
            case Array<?> list -> {
                out.writeByte(Format.LIST);
                out.varint(list.size());
                list.forEach(element -> value(out, element));
            }
            case Record fields -> {
                out.writeByte(Format.RECORD);
                out.varint(strings.of(fields.getClass().getSimpleName()));
                Array<Parameter> components = Parameters.components(fields);
                out.varint(components.size());
                components.forEach(component -> value(out, component.value()));
            }
            default -> throw new IllegalStateException("no bytes are known for parameters of " + value.getClass());
        }
    }
}
