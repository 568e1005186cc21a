package dev.fluxion.numerics.codegen;

import dev.fluxion.ir.DType;
import dev.fluxion.numerics.HostData;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The code that transposes squares of one dtype: none until much was copied across and the code is warm. */
public final class Squares {
    /** Elements copied one by one before vector code is thought to be worth its warm-up. */
    private static final long THRESHOLD = 1 << 22;

    /** The squares of a call while the code is warmed. */
    private static final int COUNT = 4;

    private static final ConcurrentMap<DType, Squares> CODES = new ConcurrentHashMap<>();

    private final DType dtype;
    private final Demand demand;
    private volatile Ready ready;

    /**
     * Code that is warm.
     *
     * @param lanes the rows and columns of a square
     */
    public record Ready(TransposeCode code, int lanes) {}

    private Squares(DType dtype) {
        this.dtype = dtype;
        boolean suits = dtype != DType.BOOL;
        this.demand = suits ? Demand.tiered(THRESHOLD, this::trial) : Demand.none();
        if (suits && VectorWarmup.policy() == VectorWarmup.Policy.VECTOR) {
            ready = make();
        }
    }

    public static Squares of(DType dtype) {
        return CODES.computeIfAbsent(dtype, Squares::new);
    }

    /** The code, or null while there is none. */
    public Ready ready() {
        return ready;
    }

    /** Notes elements that are copied without the code, which has it made when they are many. */
    public void count(long elements) {
        demand.count(elements);
    }

    private Ready make() {
        int lanes = VectorWarmup.preferredBits() / (8 * dtype.byteSize());
        return new Ready(TransposeEmitter.compile(dtype, lanes), lanes);
    }

    private VectorWarmup.Trial trial() {
        Ready made = make();
        int lanes = made.lanes;
        int size = COUNT * lanes * lanes;
        Object from = HostData.allocate(dtype, size);
        Object to = HostData.allocate(dtype, size);
        return new VectorWarmup.Trial(
                () -> made.code.squares(from, 0, COUNT * lanes, to, 0, lanes, COUNT),
                () -> {
                    for (int i = 0; i < size; i++) {
                        System.arraycopy(from, i, to, size - 1 - i, 1);
                    }
                },
                () -> ready = made);
    }
}
