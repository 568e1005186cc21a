package dev.fluxion.ir;

/**
 * An operation of the IR. The core is closed: every transform and every engine handles each kind in one {@code switch}
 * without {@code default}, so a missing rule does not compile. {@link Custom} is the open edge.
 *
 * <p>Laws: no implicit broadcasting (the operands of an elementwise operation have equal shapes; only a rank-0
 * {@link Literal} may stand beside arrays), no implicit promotion (equal dtypes), no side effects. Primitives are
 * compared by value. Names are JAX's.
 *
 * <p>Types: {@link TypeRules}. Derivatives: {@code JvpRules}, {@code TransposeRules}. Batching: {@code BatchRules}.
 */
public sealed interface Primitive permits Elementwise, Movement, Reduction, DotGeneral, Threefry2x32, Control, Custom {
    /** The name in printed programs, JAX's: {@code dot_general}, {@code reduce_sum}. */
    String name();
}
