package dev.fluxion.ir.binary;

import dev.fluxion.ir.DType;

/** The numbers of the binary form, version 1. They never change; docs/files.md describes them. */
final class Format {
    /** Not ASCII, so that it is no text; the line ends show when a transfer changed them. */
    static final byte[] MAGIC = {(byte) 0x89, 'F', 'X', 'J', '\r', '\n', 0x1a, '\n'};

    static final int VERSION = 1;
    static final Envelope ENVELOPE = new Envelope(MAGIC, VERSION);

    /** Bytes of the checksum at the end. */
    static final int CHECKSUM = 4;

    static final int BUILT_IN = 0;
    static final int CUSTOM = 1;

    /** Kinds of parameter values. */
    static final int INT = 0;

    static final int FALSE = 1;
    static final int TRUE = 2;
    static final int STRING = 3;
    static final int SHAPE = 4;
    static final int INTS = 5;
    static final int DTYPE = 6;
    static final int PROGRAM = 7;
    static final int RULE = 8;
    static final int LIST = 9;
    static final int RECORD = 10;
    static final int ENUM = 11;
    static final int LONG = 12;
    static final int DOUBLE = 13;

    private Format() {}

    static int code(DType dtype) {
        return switch (dtype) {
            case BOOL -> 0;
            case INT32 -> 1;
            case INT64 -> 2;
            case FLOAT32 -> 3;
            case FLOAT64 -> 4;
        };
    }

    /** The dtype of a code, or null. */
    static DType dtype(int code) {
        for (DType dtype : DType.values()) {
            if (code(dtype) == code) {
                return dtype;
            }
        }
        return null;
    }
}
