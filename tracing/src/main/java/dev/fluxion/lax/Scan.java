package dev.fluxion.lax;

/**
 * What a scan gives: the carry after the last step, and what the steps gave, each array stacked along a new leading axis.
 */
public record Scan<C, Y>(C carry, Y ys) {}
