package dev.fluxion.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code docs/errors.md} has a section for each error and no other, and shows real messages. */
class ErrorPagesTest {
    /** Heading, constant, message. */
    private static final Pattern SECTION = Pattern.compile(
            "^## (\\S+)\n\n`(\\w+)`.*?\n```text\n(.*?)\n```\n\n\\S", Pattern.DOTALL | Pattern.MULTILINE);

    private static final Pattern HEADING = Pattern.compile("^## (.*)$", Pattern.MULTILINE);

    @Test
    void everyErrorHasASectionAndEverySectionAnError() throws IOException {
        List<String> headings =
                HEADING.matcher(page()).results().map(m -> m.group(1)).toList();
        assertEquals(Arrays.stream(ErrorCode.values()).map(ErrorCode::id).toList(), headings);
    }

    @ParameterizedTest
    @EnumSource
    void theMessageIsReal(ErrorCode code) throws IOException {
        MatchResult section = SECTION.matcher(page())
                .results()
                .filter(m -> m.group(1).equals(code.id()))
                .findFirst()
                .orElseThrow();
        assertEquals(code.name(), section.group(2));
        if (code == ErrorCode.NO_BACKEND) {
            return; // there is an engine on this class path
        }
        FluxionException error = assertThrows(FluxionException.class, () -> ErrorExamples.provoke(code));
        assertEquals(code, error.code());
        assertEquals(withoutLines(error.getMessage()), withoutLines(section.group(3)));
    }

    private static String withoutLines(String message) {
        return message.replaceAll("\\.java:\\d+", ".java");
    }

    private static String page() throws IOException {
        Path here = Path.of("").toAbsolutePath();
        while (!Files.exists(here.resolve("docs/errors.md"))) {
            here = here.getParent();
        }
        return Files.readString(here.resolve("docs/errors.md")).replace("\r\n", "\n");
    }
}
