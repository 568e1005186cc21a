package dev.fluxion.numerics.plan;

import dev.fluxion.numerics.HostData;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code output} put together from pieces: concatenate and pad.
 *
 * @param filling what stands where no piece does; null when the pieces cover everything
 */
record Assembly(Scalar filling, List<Placement> pieces, Node output) implements Step {
    @Override
    public List<Node> reads() {
        Stream<Node> scalars = filling instanceof Scalar.Stored(Node node, int _) ? Stream.of(node) : Stream.empty();
        return Stream.concat(pieces.stream().map(Placement::node), scalars).toList();
    }

    @Override
    public List<Node> writes() {
        return List.of(output);
    }

    @Override
    public boolean writesSlices() {
        return true;
    }

    @Override
    public long nanos() {
        return Cost.move(output.size());
    }

    @Override
    public Instruction emit() {
        Instruction[] copies = pieces.stream()
                .map(piece -> Copy.instruction(piece.node(), piece.source(), output, piece.place()))
                .toArray(Instruction[]::new);
        Place written = output.place();
        int size = output.size();
        return slots -> {
            if (filling != null) {
                int start = written.start(slots);
                HostData.fill(written.array(slots), start, start + size, filling.read(slots));
            }
            for (Instruction copy : copies) {
                copy.run(slots);
            }
        };
    }
}
