package dev.fluxion.transforms;

import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Method;

/** The name of a function object for programs and messages: {@code loss} for {@code Model::loss}. */
final class FunctionLabel {
    private FunctionLabel() {}

    static String of(Object function) {
        Class<?> type = function.getClass();
        if (!type.isSynthetic() && !type.isHidden()) {
            return type.isAnonymousClass() ? type.getSuperclass().getSimpleName() : type.getSimpleName();
        }
        String method = implementation(function);
        if (method == null) {
            return "lambda";
        }
        // javac names a lambda lambda$enclosing$7
        String[] parts = method.split("\\$");
        return parts.length >= 3 && parts[0].equals("lambda") ? "lambda in " + parts[1] : method;
    }

    /** The method behind a serialisable lambda (Vavr's function types are), or null. */
    private static String implementation(Object function) {
        try {
            Method writeReplace = function.getClass().getDeclaredMethod("writeReplace");
            writeReplace.setAccessible(true);
            return writeReplace.invoke(function) instanceof SerializedLambda lambda ? lambda.getImplMethodName() : null;
        } catch (ReflectiveOperationException | RuntimeException e) {
            return null; // the label is a courtesy: without access it is just "lambda"
        }
    }
}
