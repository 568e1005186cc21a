package dev.fluxion.benchmarks;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * Writes a script {@code run} that starts Java as this process was started: {@code run [options of Java] Main arguments}.
 *
 * <p>Folders on the class path become jars, because the JDK's AOT cache takes nothing else.
 */
public final class Launch {
    private Launch() {}

    /** @param args the folder to write to */
    public static void main(String[] args) throws IOException {
        Path folder = Files.createDirectories(Path.of(args[0]).toAbsolutePath());
        List<String> classPath = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(System.getProperty("path.separator"))) {
            Path path = Path.of(entry).toAbsolutePath();
            if (Files.isDirectory(path)) {
                path = jar(path, folder.resolve(classPath.size() + ".jar"));
            }
            if (Files.exists(path)) {
                classPath.add(path.toString());
            }
        }
        String java = ProcessHandle.current().info().command().orElse("java");
        String options = "--add-modules jdk.incubator.vector -cp '"
                + String.join(System.getProperty("path.separator"), classPath) + "'";
        Path script = folder.resolve("run");
        Files.writeString(script, "#!/bin/sh\nexec '" + java + "' " + options + " \"$@\"\n");
        if (!script.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + script + " executable");
        }
    }

    private static Path jar(Path folder, Path jar) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file);
                Stream<Path> files = Files.walk(folder)) {
            for (Path path : files.filter(Files::isRegularFile).sorted().toList()) {
                out.putNextEntry(new ZipEntry(folder.relativize(path).toString().replace('\\', '/')));
                Files.copy(path, out);
                out.closeEntry();
            }
        }
        return jar;
    }
}
