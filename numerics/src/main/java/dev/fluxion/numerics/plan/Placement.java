package dev.fluxion.numerics.plan;

/** The elements of a node, seen through {@code source}, go to {@code place} in another buffer. */
record Placement(Node node, Layout source, Layout place) {}
