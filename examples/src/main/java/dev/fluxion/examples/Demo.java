package dev.fluxion.examples;

/** The guided tour: what {@code ./demo} runs. */
public final class Demo {
    private Demo() {}

    public static void main(String[] args) {
        System.out.println("Fluxion on Java " + Runtime.version().feature());
    }
}
