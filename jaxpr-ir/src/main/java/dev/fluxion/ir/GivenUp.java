package dev.fluxion.ir;

/**
 * How {@link ArrayData} was given up.
 *
 * @param deleted whether it was deleted, not donated to a program
 * @param at where
 */
public record GivenUp(boolean deleted, SourceInfo at) {
    /** The error for reading data of the given type after that. */
    public FluxionException error(ArrayType type) {
        return deleted
                ? FluxionException.of(ErrorCode.DONATED, "a deleted " + type + " was used")
                        .detail("it was deleted at " + at + ": its buffer holds other results by now")
                        .hint("delete an array after its last use")
                : FluxionException.of(ErrorCode.DONATED, "a donated " + type + " was used")
                        .detail("it was given up at " + at + ": its buffer holds a result of that call by now")
                        .hint("use that result, or do not donate the argument");
    }
}
