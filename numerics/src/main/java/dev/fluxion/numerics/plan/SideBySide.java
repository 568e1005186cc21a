package dev.fluxion.numerics.plan;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Brings long steps together that need nothing of each other, such as independent loops: a later one comes up to the first of
 * them, behind the steps that it needs. Nothing passes by a step that calls the host.
 */
final class SideBySide {
    /** Nanoseconds that a step takes at least to be moved. */
    private static final long LONG = 50_000;

    /** How many long steps are looked at for one that is there. */
    private static final int LOOK_AHEAD = 32;

    /** How many short steps may have to come along with a long one. */
    private static final int COMPANY = 64;

    private final List<Step> steps;
    private final BitSet isLong;
    private final BitSet callsHost = new BitSet();

    /** The long steps of a group at most: their arrays are all there at once. */
    private final int most;

    private final Map<Node, Integer> producers = new IdentityHashMap<>();
    private final BitSet done = new BitSet();
    private final List<Step> arranged = new ArrayList<>();

    private SideBySide(List<Step> steps, BitSet isLong, int threads) {
        this.steps = steps;
        this.isLong = isLong;
        this.most = 2 * threads;
        for (int at = 0; at < steps.size(); at++) {
            callsHost.set(at, steps.get(at).callsHost());
            for (Node node : steps.get(at).writes()) {
                producers.put(node, at);
            }
        }
    }

    /**
     * The same steps in an order of their own, groups of them as one; they and their nodes know their new positions.
     *
     * @param threads how many share the work: one leaves all as it is
     */
    static List<Step> arrange(List<Step> steps, int threads) {
        BitSet isLong = new BitSet();
        if (threads > 1) {
            for (int at = 0; at < steps.size(); at++) {
                Step step = steps.get(at);
                isLong.set(at, step.isUndivided() && step.nanos() >= LONG && !step.callsHost());
            }
        }
        return isLong.cardinality() < 2 ? steps : new SideBySide(steps, isLong, threads).arranged();
    }

    private List<Step> arranged() {
        for (int at = 0; at < steps.size(); at++) {
            if (!done.get(at)) {
                group(at);
            }
        }
        if (arranged.size() == steps.size()) {
            return steps;
        }
        arranged.forEach(step -> step.reads().forEach(Node::forgetReaders));
        for (int at = 0; at < arranged.size(); at++) {
            arranged.get(at).moveTo(at);
        }
        return arranged;
    }

    private void append(int at) {
        done.set(at);
        arranged.add(steps.get(at));
    }

    /** Appends a step, with all that can run beside it. */
    private void group(int first) {
        BitSet company = new BitSet();
        List<Step> members = new ArrayList<>(List.of(steps.get(first)));
        int seen = 0;
        int at = isLong.get(first) ? isLong.nextSetBit(first + 1) : -1;
        int nextCall = callsHost.nextSetBit(first);
        int end = nextCall < 0 ? steps.size() : nextCall;
        BitSet joined = new BitSet();
        while (at >= 0 && at < end && members.size() < most && seen++ < LOOK_AHEAD) {
            BitSet needed = done.get(at) ? null : needed(at);
            if (needed != null) {
                company.or(needed);
                members.add(steps.get(at));
                joined.set(at);
            }
            at = isLong.nextSetBit(at + 1);
        }
        company.stream().forEach(this::append);
        if (members.size() == 1) {
            append(first);
            return;
        }
        done.set(first);
        done.or(joined);
        arranged.add(new Together(members));
    }

    /** The steps that must still be done before this one; null if a long one is among them, or too many. */
    private BitSet needed(int step) {
        BitSet needed = new BitSet();
        Deque<Integer> open = new ArrayDeque<>(List.of(step));
        while (!open.isEmpty()) {
            int reader = open.pop();
            for (Node node : steps.get(reader).reads()) {
                int producer = producers.getOrDefault(node, Node.INPUT);
                if (producer == Node.INPUT || producer == reader || done.get(producer) || needed.get(producer)) {
                    continue;
                }
                if (isLong.get(producer) || needed.cardinality() == COMPANY) {
                    return null;
                }
                needed.set(producer);
                open.push(producer);
            }
        }
        return needed;
    }
}
