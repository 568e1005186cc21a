package dev.fluxion.ir;

import io.vavr.collection.Array;

/**
 * Every error Fluxion reports about a user's program: what was expected, what was given, where in the user's code, what
 * to do.
 *
 * <pre>
 * FX0203 dot: contracted sizes differ
 *   lhs f64[3,4] axis 1 has size 4
 *   rhs f64[5,2] axis 0 has size 5
 *   at Model.java:42, while tracing loss for grad
 *   hint: rhs.transpose() would be f64[2,5]; did you mean lhs.transpose()?
 * </pre>
 *
 * Built by withers: {@code throw FluxionException.of(code, summary).detail(...).hint(...)}.
 */
public final class FluxionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final String summary;
    private final transient Array<String> details;
    private final String location;
    private final String hint;

    private FluxionException(ErrorCode code, String summary, Array<String> details, String location, String hint) {
        super(render(code, summary, details, location, hint));
        this.code = code;
        this.summary = summary;
        this.details = details;
        this.location = location;
        this.hint = hint;
    }

    /** An error with its one-line summary, {@code "dot: contracted sizes differ"}. */
    public static FluxionException of(ErrorCode code, String summary) {
        return new FluxionException(code, summary, Array.empty(), "", "");
    }

    /** This error with one more line saying what was expected or given. */
    public FluxionException detail(String line) {
        return keepTrace(new FluxionException(code, summary, details.append(line), location, hint));
    }

    /** This error with the advice what to do. */
    public FluxionException hint(String advice) {
        return keepTrace(new FluxionException(code, summary, details, location, advice));
    }

    /**
     * This error with its place in the user's code, unless it has one already.
     *
     * @param context what was going on, such as {@code tracing loss for grad}; may be empty
     */
    public FluxionException at(SourceInfo source, String context) {
        if (!location.isEmpty() || (!source.isKnown() && context.isEmpty())) {
            return this;
        }
        String place = source.isKnown() ? "at " + source : "";
        String during = context.isEmpty() ? "" : (place.isEmpty() ? "while " : ", while ") + context;
        return keepTrace(new FluxionException(code, summary, details, place + during, hint));
    }

    /** The same details at the same place under another code and summary, without a hint. */
    public FluxionException restate(ErrorCode newCode, String newSummary) {
        return keepTrace(new FluxionException(newCode, newSummary, details, location, ""));
    }

    public ErrorCode code() {
        return code;
    }

    private FluxionException keepTrace(FluxionException next) {
        next.setStackTrace(getStackTrace());
        return next;
    }

    private static String render(ErrorCode code, String summary, Array<String> details, String location, String hint) {
        StringBuilder text = new StringBuilder(code.id()).append(' ').append(summary);
        details.forEach(line -> text.append("\n  ").append(line));
        if (!location.isEmpty()) {
            text.append("\n  ").append(location);
        }
        if (!hint.isEmpty()) {
            text.append("\n  hint: ").append(hint);
        }
        return text.toString();
    }
}
