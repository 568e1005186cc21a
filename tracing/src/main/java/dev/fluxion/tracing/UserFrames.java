package dev.fluxion.tracing;

import dev.fluxion.ir.SourceInfo;
import java.lang.StackWalker.StackFrame;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Finds the line of the user's code that called into Fluxion. It is asked for every operation that is traced. */
final class UserFrames {
    /** So many frames are usually enough: they are asked for in one go. */
    private static final int DEPTH = 12;

    private static final StackWalker WALKER =
            StackWalker.getInstance(Set.of(StackWalker.Option.RETAIN_CLASS_REFERENCE), DEPTH);

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

    private static final ClassValue<Boolean> IS_USER = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            String name = type.getName();
            return !name.startsWith("java.")
                    && !name.startsWith("jdk.")
                    && !name.startsWith("io.vavr.")
                    && !OWN.contains(type.getPackageName());
        }
    };

    private static final Function<Stream<StackFrame>, Optional<StackFrame>> INNERMOST = frames ->
            frames.filter(frame -> IS_USER.get(frame.getDeclaringClass())).findFirst();

    private UserFrames() {}

    /** The innermost frame outside Fluxion, the JDK and Vavr. */
    static SourceInfo caller() {
        StackFrame frame = WALKER.walk(INNERMOST).orElse(null);
        return frame == null
                ? SourceInfo.UNKNOWN
                : new SourceInfo(
                        frame.getFileName() == null ? frame.getClassName() : frame.getFileName(),
                        frame.getLineNumber(),
                        frame.getMethodName(),
                        Scope.current());
    }
}
