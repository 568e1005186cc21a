package dev.fluxion.ir.text;

/** The first line of the text form of a file. */
final class FileHeader {
    static final int VERSION = 1;
    static final String WORDS = "fluxion jaxpr";
    static final String LINE = WORDS + " " + VERSION;

    private FileHeader() {}

    /** Reads the line. */
    static void read(Scanner scanner) {
        scanner.expectWord("fluxion");
        scanner.expectWord("jaxpr");
        int start = scanner.position();
        int version = scanner.integer();
        if (version != VERSION) {
            throw scanner.wrong(start, "the file has version " + version + " of the format")
                    .hint("this Fluxion reads version " + VERSION);
        }
    }
}
