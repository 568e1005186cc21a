package dev.fluxion.tracing;

import dev.fluxion.ir.SourceInfo;
import java.util.Optional;
import java.util.Set;

/** Finds the line of the user's code that called into Fluxion. */
final class UserFrames {
    private static final StackWalker WALKER = StackWalker.getInstance();

    /** Fluxion's own packages; classes in any other package are the user's. */
    private static final Set<String> OWN = Set.of(
            "dev.fluxion",
            "dev.fluxion.ir",
            "dev.fluxion.ir.cache",
            "dev.fluxion.ir.passes",
            "dev.fluxion.ir.text",
            "dev.fluxion.lax",
            "dev.fluxion.nn",
            "dev.fluxion.numpy",
            "dev.fluxion.random",
            "dev.fluxion.sparse",
            "dev.fluxion.tracing",
            "dev.fluxion.transforms",
            "dev.fluxion.tree");

    private UserFrames() {}

    /** The innermost frame outside Fluxion, the JDK and Vavr. */
    static SourceInfo caller() {
        Optional<StackWalker.StackFrame> frame = WALKER.walk(
                frames -> frames.filter(f -> isUser(f.getClassName())).findFirst());
        return frame.map(f -> new SourceInfo(
                        f.getFileName() == null ? f.getClassName() : f.getFileName(),
                        f.getLineNumber(),
                        f.getMethodName(),
                        Scope.current()))
                .orElse(SourceInfo.UNKNOWN);
    }

    private static boolean isUser(String className) {
        if (className.startsWith("java.") || className.startsWith("jdk.") || className.startsWith("io.vavr.")) {
            return false;
        }
        int dot = className.lastIndexOf('.');
        return dot < 0 || !OWN.contains(className.substring(0, dot));
    }
}
