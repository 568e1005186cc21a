package dev.fluxion.numerics.plan;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A matrix product and the region that reads it, which is run on one part after the other as soon as that is complete. */
record FusedProduct(DotStep product, Region region) implements Step {
    /** A product with fewer elements lies in the first cache anyway. */
    private static final int LARGE = 1 << 13;

    /** Shorter rows have kernels for whole arrays. */
    private static final int LONG_ROW = 32;

    /** The place of a product that is computed later. */
    private record Later() implements Step {
        @Override
        public List<Node> reads() {
            return List.of();
        }

        @Override
        public List<Node> writes() {
            return List.of();
        }

        @Override
        public long nanos() {
            return 0;
        }

        @Override
        public Instruction emit() {
            return slots -> {};
        }
    }

    /** Moves products of matrices behind what lies between them and the regions that read them first, and fuses them. */
    static void fuse(List<Step> steps) {
        if (steps.stream().noneMatch(DotStep.class::isInstance)) {
            return;
        }
        for (int at = 0; at < steps.size(); at++) {
            if (steps.get(at) instanceof Region region) {
                DotStep product = product(region, steps);
                if (product != null) {
                    steps.set(product.output().producer(), new Later());
                    steps.set(at, new FusedProduct(product, region));
                    for (Node node : product.reads()) {
                        node.readBy(at);
                    }
                }
            }
        }
    }

    /** The last product upon which the region follows, or null. */
    private static DotStep product(Region region, List<Step> steps) {
        return region.reads().stream()
                .filter(node -> node.firstUse() == region.index() && node.producer() >= 0)
                .distinct()
                .sorted((x, y) -> y.producer() - x.producer())
                .flatMap(node -> steps.get(node.producer()) instanceof DotStep step ? Stream.of(step) : Stream.empty())
                .filter(step ->
                        step.m() * step.n() >= LARGE && step.n() >= LONG_ROW && region.follows(step.output(), step.n()))
                .findFirst()
                .orElse(null);
    }

    @Override
    public List<Node> reads() {
        return Stream.concat(product.reads().stream(), region.reads().stream()).toList();
    }

    @Override
    public List<Node> writes() {
        return Stream.concat(product.writes().stream(), region.writes().stream())
                .toList();
    }

    @Override
    public void finish() {
        region.finish();
    }

    /** Nothing that the product reads: it is read again after the first part of the region is written. */
    @Override
    public Node inPlace(Node output, Predicate<Node> dying) {
        return region.inPlace(
                output,
                dying.and(node ->
                        node != product.left().node() && node != product.right().node()));
    }

    @Override
    public void moveTo(int position) {
        product.moveTo(position);
        region.moveTo(position);
    }

    @Override
    public boolean writesSlices() {
        return true;
    }

    @Override
    public long nanos() {
        return product.nanos() + region.nanos();
    }

    @Override
    public Instruction emit() {
        return region.emitBehind(product);
    }
}
