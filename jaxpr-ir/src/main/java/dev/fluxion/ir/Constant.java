package dev.fluxion.ir;

/** An array that belongs to a program, and the variable that names it. */
public record Constant(Var var, ArrayData value) {}
