package dev.fluxion.numerics.kernels;

/** What is done with the elements of a matrix product as soon as they are complete, while they lie in a near cache. */
public interface Epilogue {
    /** Nothing. */
    Epilogue NONE = new Epilogue() {
        @Override
        public boolean takesAnyOrder() {
            return true;
        }

        @Override
        public void block(int row, int column, int height, int width) {}

        @Override
        public void whole() {}

        @Override
        public Epilogue from(int row, int column) {
            return this;
        }
    };

    /** Whether blocks may come in any order, and several at once; else those of a column come from top to bottom. */
    boolean takesAnyOrder();

    /**
     * The block whose first element is {@code (row, column)} is complete. The rows of the matrices of a batch are counted as
     * those of one. Every element is in one block, unless all come by {@link #whole}.
     */
    void block(int row, int column, int height, int width);

    /** All of the product is complete. */
    void whole();

    /** This for the part of the product that begins at {@code (row, column)}. */
    default Epilogue from(int row, int column) {
        Epilogue all = this;
        return new Epilogue() {
            @Override
            public boolean takesAnyOrder() {
                return all.takesAnyOrder();
            }

            @Override
            public void block(int i, int j, int height, int width) {
                all.block(row + i, column + j, height, width);
            }

            @Override
            public void whole() {
                all.whole();
            }
        };
    }
}
