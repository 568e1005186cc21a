package dev.fluxion.numerics.plan;

import dev.fluxion.numerics.parallel.Workers;
import java.util.List;
import java.util.function.Predicate;

/** Steps that need nothing of each other, and of which nothing is needed before all are done. */
record Together(List<Step> members) implements Step {
    @Override
    public List<Node> reads() {
        return members.stream().flatMap(member -> member.reads().stream()).toList();
    }

    @Override
    public List<Node> writes() {
        return members.stream().flatMap(member -> member.writes().stream()).toList();
    }

    @Override
    public void finish() {
        members.forEach(Step::finish);
    }

    /** What a member may take over, and no other member reads. */
    @Override
    public Node inPlace(Node output, Predicate<Node> dying) {
        for (Step member : members) {
            if (member.writes().contains(output)) {
                return member.inPlace(output, dying.and(node -> isReadOnlyBy(member, node)));
            }
        }
        return null;
    }

    private boolean isReadOnlyBy(Step reader, Node node) {
        return members.stream()
                .noneMatch(other -> other != reader && other.reads().contains(node));
    }

    @Override
    public void moveTo(int position) {
        members.forEach(member -> member.moveTo(position));
    }

    @Override
    public List<Plan> plans() {
        return members.stream().flatMap(member -> member.plans().stream()).toList();
    }

    @Override
    public long nanos() {
        return members.stream().mapToLong(Step::nanos).sum();
    }

    @Override
    public Instruction emit() {
        Instruction[] instructions = members.stream().map(Step::emit).toArray(Instruction[]::new);
        long[] nanos = members.stream().mapToLong(Step::nanos).toArray();
        return new TogetherRun(Workers.shared(), instructions, nanos);
    }
}
