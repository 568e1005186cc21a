package dev.fluxion.ir;

/** Where in the user's code something was written. Prints as {@code Model.java:42}. */
public record SourceInfo(String file, int line, String method) {
    /** No location is known, as in parsed programs. */
    public static final SourceInfo UNKNOWN = new SourceInfo("", 0, "");

    public boolean isKnown() {
        return !file.isEmpty();
    }

    @Override
    public String toString() {
        return isKnown() ? file + ":" + line : "unknown";
    }
}
