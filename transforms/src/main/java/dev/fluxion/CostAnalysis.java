package dev.fluxion;

import io.vavr.collection.Array;
import io.vavr.collection.SortedMap;

/**
 * What one run of a program costs, counted operation by operation as the program is written, before an engine fuses it.
 *
 * <p>Arithmetic on one element is one flop, a fused multiply-add two, a matrix product two for each product of elements; a
 * transcendental function of one element (sin, exp, sqrt, pow ...) counts as such and not as a flop. An operation reads its
 * arrays and writes its results; slices read and write only what they move. Counts are those of XLA where it has the same
 * operation.
 *
 * @param flops arithmetic operations
 * @param transcendentals evaluations of transcendental functions
 * @param bytesAccessed bytes read and written
 * @param operations the same by operation, under JAX's names
 * @param assumptions what was assumed where the count depends on data: of a cond the most expensive branch, of a while loop
 *     one iteration, of a host function nothing
 */
public record CostAnalysis(
        double flops,
        double transcendentals,
        double bytesAccessed,
        SortedMap<String, Operation> operations,
        Array<String> assumptions) {
    /**
     * The share of one operation.
     *
     * @param times how often it runs
     */
    public record Operation(double times, double flops, double transcendentals, double bytesAccessed) {
        public Operation plus(Operation that) {
            return new Operation(
                    times + that.times,
                    flops + that.flops,
                    transcendentals + that.transcendentals,
                    bytesAccessed + that.bytesAccessed);
        }

        public Operation times(double n) {
            return new Operation(n * times, n * flops, n * transcendentals, n * bytesAccessed);
        }
    }
}
