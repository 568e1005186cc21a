package dev.fluxion.tree;

import dev.fluxion.numpy.NDArray;
import io.vavr.collection.Array;

/** A tree taken apart: its arrays in order, and its structure. {@code treeDef.unflatten(leaves)} is the tree again. */
public record Flat(Array<NDArray> leaves, TreeDef treeDef) {}
