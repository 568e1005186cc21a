package dev.fluxion.examples;

import org.junit.jupiter.api.Test;

/** What the documentation shows compiles, runs, and prints what is written there. */
class DocumentedCodeTest {
    @Test
    void readme() throws ReflectiveOperationException {
        DocumentedCode.check("README.md", ReadmeTour.class);
    }

    @Test
    void jit() throws ReflectiveOperationException {
        DocumentedCode.check("docs/jit.md", JitPage.class);
    }

    @Test
    void controlFlow() throws ReflectiveOperationException {
        DocumentedCode.check("docs/control-flow.md", ControlFlowPage.class);
    }

    @Test
    void checkpointing() throws ReflectiveOperationException {
        DocumentedCode.check("docs/checkpointing.md", CheckpointingPage.class);
    }

    @Test
    void higherOrder() throws ReflectiveOperationException {
        DocumentedCode.check("docs/higher-order.md", HigherOrderPage.class);
    }

    @Test
    void sparseDerivatives() throws ReflectiveOperationException {
        DocumentedCode.check("docs/sparse-derivatives.md", SparsePage.class);
    }

    @Test
    void addingAnOperationOfOnesOwn() throws ReflectiveOperationException {
        DocumentedCode.check("docs/adding-a-primitive.md", LambertW.class);
    }
}
