package dev.fluxion.ir;

/**
 * Where in the user's code something was written. Prints as {@code Model.java:42}, and as {@code Model.java:42
 * (encoder/attention)} within named scopes.
 *
 * @param scope the named scopes around, outermost first, separated by slashes; empty when there are none
 */
public record SourceInfo(String file, int line, String method, String scope) {
    /** No location is known, as in parsed programs. */
    public static final SourceInfo UNKNOWN = new SourceInfo("", 0, "");

    /** A place outside every scope. */
    public SourceInfo(String file, int line, String method) {
        this(file, line, method, "");
    }

    public boolean isKnown() {
        return !file.isEmpty();
    }

    /** The same place in further scopes around those it has, unless it is in them already. */
    public SourceInfo within(String outer) {
        if (outer.isEmpty() || !isKnown() || scope.equals(outer) || scope.startsWith(outer + "/")) {
            return this;
        }
        return new SourceInfo(file, line, method, scope.isEmpty() ? outer : outer + "/" + scope);
    }

    @Override
    public String toString() {
        String place = isKnown() ? file + ":" + line : "unknown";
        return scope.isEmpty() ? place : place + " (" + scope + ")";
    }
}
