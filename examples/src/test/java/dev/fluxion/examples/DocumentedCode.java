package dev.fluxion.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of documentation and the class its code comes from. Every {@code java} block of the page is, word for word, a
 * region of that class between {@code tag::name[]} and {@code end::name[]}, and every region is on the page. A
 * {@code text} block right under a {@code java} block is what the static method of the region's name prints; line
 * numbers of {@code Some.java:12} are not compared.
 */
final class DocumentedCode {
    private record Block(String java, String output) {}

    private static final Pattern BLOCKS =
            Pattern.compile("```java\n(.*?)```\n(?:\n```text\n(.*?)```\n)?", Pattern.DOTALL);
    private static final Pattern REGIONS =
            Pattern.compile("// tag::(\\w+)\\[\\]\n(.*?)\n[^\n]*// end::\\1\\[\\]", Pattern.DOTALL);

    private DocumentedCode() {}

    static void check(String page, Class<?> code) throws ReflectiveOperationException {
        Path root = root();
        String source =
                read(root.resolve("examples/src/test/java/" + code.getName().replace('.', '/') + ".java"));
        Map<String, String> regions = new LinkedHashMap<>();
        Matcher region = REGIONS.matcher(source);
        while (region.find()) {
            regions.put(region.group(2).stripIndent() + "\n", region.group(1));
        }
        List<Block> blocks = new ArrayList<>();
        Matcher block = BLOCKS.matcher(read(root.resolve(page)));
        while (block.find()) {
            blocks.add(new Block(block.group(1), block.group(2)));
        }
        assertEquals(
                String.join("\n", regions.keySet()),
                String.join("\n", blocks.stream().map(Block::java).toList()),
                page + ": the code differs from " + code.getSimpleName());
        for (Block b : blocks) {
            String name = regions.get(b.java());
            Method method = methodOf(code, name);
            if (b.output() == null) {
                assertEquals("", method == null ? "" : printed(method), page + ": " + name + " prints something");
            } else {
                assertTrue(method != null, page + ": no method " + name + " prints what is under its code");
                assertEquals(withoutLines(b.output()), withoutLines(printed(method)), page + ": the output of " + name);
            }
        }
    }

    private static Method methodOf(Class<?> code, String name) throws ReflectiveOperationException {
        for (Method method : code.getDeclaredMethods()) {
            if (method.getName().equals(name) && method.getParameterCount() == 0) {
                return method;
            }
        }
        return null;
    }

    private static String printed(Method method) throws ReflectiveOperationException {
        PrintStream before = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            method.invoke(null);
        } finally {
            System.setOut(before);
        }
        return bytes.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }

    private static String withoutLines(String text) {
        return text.replaceAll("\\.java:\\d+", ".java");
    }

    /** The root of the project, from the directory of the module or from the root itself. */
    private static Path root() {
        Path here = Path.of("").toAbsolutePath();
        while (!Files.exists(here.resolve("ARCHITECTURE.md"))) {
            here = here.getParent();
        }
        return here;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
