package dev.fluxion.ir;

/**
 * A map from variables to values that are not null, for walks over programs. It is by identity, as variables are compared,
 * and needs less time than the general maps: the hash of a variable is at hand, and the entries of variables that were made
 * one after the other lie beside each other.
 */
public final class VarMap<V> {
    /** Variables whose numbers differ in the last so many bits only have neighbouring places. */
    private static final int BLOCK_BITS = 4;

    private static final int BLOCK = 1 << BLOCK_BITS;

    /** The variable of place i at 2i, its value at 2i + 1. At most two thirds of the places are taken. */
    private Object[] table;

    /** The bits of a hash that are too many to number a block. */
    private int shift;

    private int size;

    public VarMap() {
        this(0);
    }

    /** @param expected about how many variables will be put in */
    public VarMap(int expected) {
        int bits = BLOCK_BITS + 1;
        while (1L << bits < 3L * expected / 2) {
            bits++;
        }
        allocate(bits);
    }

    private void allocate(int bits) {
        table = new Object[2 << bits];
        shift = Integer.SIZE - (bits - BLOCK_BITS);
    }

    public int size() {
        return size;
    }

    /** The value of the variable, or null. */
    @SuppressWarnings("unchecked")
    public V get(Var var) {
        return (V) table[place(var) + 1];
    }

    public V getOrDefault(Var var, V otherwise) {
        V value = get(var);
        return value == null ? otherwise : value;
    }

    public boolean contains(Var var) {
        return table[place(var)] != null;
    }

    /** Sets the value of a variable. */
    public void put(Var var, V value) {
        int place = place(var);
        if (table[place] == null) {
            if (3L * (size + 1) > table.length) {
                grow();
                place = place(var);
            }
            table[place] = var;
            size++;
        }
        table[place + 1] = value;
    }

    private void grow() {
        Object[] before = table;
        allocate(Integer.SIZE - shift + BLOCK_BITS + 1);
        for (int i = 0; i < before.length; i += 2) {
            if (before[i] != null) {
                move((Var) before[i], before[i + 1]);
            }
        }
    }

    private void move(Var var, Object value) {
        int place = place(var);
        table[place] = var;
        table[place + 1] = value;
    }

    /** Where the variable is, or would be put: blocks are spread over the table, in a block the order is kept. */
    private int place(Var var) {
        Object[] in = table;
        int number = var.hashCode();
        int block = (number >>> BLOCK_BITS) * 0x9E3779B9 >>> shift;
        int place = 2 * (block * BLOCK + (number & BLOCK - 1));
        while (in[place] != var && in[place] != null) {
            place = place + 2 & in.length - 1;
        }
        return place;
    }
}
