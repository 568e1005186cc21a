package dev.fluxion.numerics.codegen;

/** Bytecode for one reduced output of straight code for short rows. */
interface StraightReduction {
    /** In front of the loop over the rows. */
    void beforeRows();

    /** Pops the values of vector j of a row. */
    void take(int j);

    /** At the end of each row. */
    void afterRow();

    /** Behind the loop over the rows. */
    void afterRows();
}
