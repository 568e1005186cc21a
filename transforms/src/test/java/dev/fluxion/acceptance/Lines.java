package dev.fluxion.acceptance;

import java.util.Arrays;

/** Where in a test an error came from. */
final class Lines {
    private Lines() {}

    /** The line of the innermost frame of the error inside the test. */
    static String of(Throwable error, Class<?> test) {
        return Arrays.stream(error.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith(test.getName()))
                .map(frame -> String.valueOf(frame.getLineNumber()))
                .findFirst()
                .orElseThrow();
    }
}
