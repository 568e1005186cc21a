package dev.fluxion.numerics.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Ints;
import dev.fluxion.numerics.HostArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps that are brought together compute what they compute one by one, in buffers of their own. */
class SideBySideTest {
    private static final int SIZE = 4;
    private static final int THREADS = 2;

    private enum Kind {
        LONG,
        SHORT,
        HOST
    }

    /** {@code output = number + sum_k (k + 2) reads[k]} modulo a prime, in exact numbers; in the first one's place if it dies. */
    private record Mix(int number, Kind kind, List<Node> reads, Node output) implements Step {
        @Override
        public List<Node> writes() {
            return List.of(output);
        }

        @Override
        public Node inPlace(Node node, Predicate<Node> dying) {
            Node first = reads.get(0);
            return Collections.frequency(reads, first) == 1 && dying.test(first) ? first : null;
        }

        @Override
        public long nanos() {
            return kind == Kind.LONG ? 1_000_000 : 1;
        }

        @Override
        public boolean isUndivided() {
            return kind == Kind.LONG;
        }

        @Override
        public boolean callsHost() {
            return kind == Kind.HOST;
        }

        @Override
        public Instruction emit() {
            int[] from = CallStep.slots(reads);
            int to = output.slot();
            return slots -> {
                double[][] arrays = Arrays.stream(from)
                        .mapToObj(slot -> (double[]) slots[slot])
                        .toArray(double[][]::new);
                for (int i = 0; i < SIZE; i++) {
                    double[] values = new double[from.length];
                    for (int k = 0; k < from.length; k++) {
                        values[k] = arrays[k][i];
                    }
                    ((double[]) slots[to])[i] = value(values);
                }
            };
        }

        double value(double[] values) {
            double sum = number;
            for (int k = 0; k < values.length; k++) {
                sum += (k + 2) * values[k];
            }
            return sum % 10_007;
        }
    }

    /** Steps over two inputs, and some of their values as results. */
    private static final class Program {
        final List<Node> inputs = List.of(Node.input(DType.FLOAT64, SIZE), Node.input(DType.FLOAT64, SIZE));
        final List<Node> nodes = new ArrayList<>(inputs);
        final List<Step> steps = new ArrayList<>();
        final List<Plan.Result> results = new ArrayList<>();

        Node step(Kind kind, Node... reads) {
            Node output = Node.stored(DType.FLOAT64, SIZE, steps.size());
            Mix step = new Mix(steps.size(), kind, List.of(reads), output);
            step.reads().forEach(node -> node.readBy(steps.size()));
            steps.add(step);
            nodes.add(output);
            return output;
        }

        void result(Node node) {
            node.markResult(Destination.FRESH);
            results.add(new Plan.Result(node, ArrayType.of(DType.FLOAT64, SIZE)));
        }

        List<Step> arranged() {
            return SideBySide.arrange(steps, THREADS);
        }

        /** What the results are: the steps in their first order, on arrays that nobody else has. */
        List<double[]> expected(double[][] arguments) {
            List<double[]> values = new ArrayList<>(List.of(arguments));
            for (Step step : steps) {
                Mix mix = (Mix) step;
                double[] out = new double[SIZE];
                for (int i = 0; i < SIZE; i++) {
                    int at = i;
                    out[i] = mix.value(mix.reads().stream()
                            .mapToDouble(node -> values.get(nodes.indexOf(node))[at])
                            .toArray());
                }
                values.add(out);
            }
            return results.stream()
                    .map(result -> values.get(nodes.indexOf(result.node())))
                    .toList();
        }

        /** @param donated whether the inputs' arrays are the plan's */
        void check(boolean donated) {
            double[][] arguments = {{1, 2, 3, 4}, {50, 60, 70, 80}};
            List<double[]> expected = expected(arguments);
            List<Step> arranged = arranged();
            Plan plan = new Memory(arranged, inputs, donated ? Ints.of(0, 1) : Ints.of(), List.of()).plan(results);
            for (int round = 0; round < 3; round++) {
                HostArray[] actual = plan.run(new Object[] {arguments[0].clone(), arguments[1].clone()});
                for (int k = 0; k < actual.length; k++) {
                    assertEquals(Arrays.toString(expected.get(k)), Arrays.toString((double[]) actual[k].data()));
                }
            }
            arranged.forEach(SideBySideTest::membersShareNothingThatIsWritten);
        }
    }

    private static void membersShareNothingThatIsWritten(Step step) {
        if (!(step instanceof Together(List<Step> members))) {
            return;
        }
        for (Step writer : members) {
            for (Step other : members) {
                if (other != writer) {
                    Set<Integer> used = new HashSet<>();
                    other.reads().forEach(node -> used.add(node.slot()));
                    other.writes().forEach(node -> used.add(node.slot()));
                    writer.writes().forEach(node -> assertFalse(used.contains(node.slot())));
                }
            }
        }
    }

    private static List<Integer> numbers(Step step) {
        return switch (step) {
            case Together(List<Step> members) ->
                members.stream().map(member -> ((Mix) member).number()).toList();
            default -> List.of(((Mix) step).number());
        };
    }

    private static List<List<Integer>> order(List<Step> steps) {
        return steps.stream().map(SideBySideTest::numbers).toList();
    }

    @Test
    void aLongStepComesUpWithWhatItNeeds() {
        Program p = new Program();
        Node x = p.inputs.get(0);
        Node first = p.step(Kind.LONG, p.step(Kind.SHORT, x));
        Node after = p.step(Kind.SHORT, first);
        Node second = p.step(Kind.LONG, p.step(Kind.SHORT, x));
        p.result(p.step(Kind.SHORT, after, second));
        assertEquals(List.of(List.of(0), List.of(3), List.of(1, 4), List.of(2), List.of(5)), order(p.arranged()));
    }

    @Test
    void dependentStepsStayInOrder() {
        Program p = new Program();
        Node first = p.step(Kind.LONG, p.inputs.get(0));
        p.result(p.step(Kind.LONG, p.step(Kind.SHORT, first)));
        assertSame(p.steps, p.arranged());
    }

    @Test
    void nothingPassesByAHostCall() {
        Program p = new Program();
        Node first = p.step(Kind.LONG, p.inputs.get(0));
        Node call = p.step(Kind.HOST, p.inputs.get(1));
        Node second = p.step(Kind.LONG, p.inputs.get(0));
        p.result(p.step(Kind.SHORT, first, call, second));
        assertSame(p.steps, p.arranged());
    }

    @Test
    void oneThreadHasItsStepsAsTheyAre() {
        Program p = new Program();
        p.result(p.step(Kind.LONG, p.inputs.get(0)));
        p.result(p.step(Kind.LONG, p.inputs.get(0)));
        assertSame(p.steps, SideBySide.arrange(p.steps, 1));
        assertEquals(List.of(List.of(0, 1)), order(p.arranged()));
    }

    /** One by one the second would be computed where the first input of the first was. */
    @Test
    void buffersOfMembersDoNotOverlap() {
        Program p = new Program();
        Node left = p.step(Kind.SHORT, p.inputs.get(0));
        Node right = p.step(Kind.SHORT, p.inputs.get(1));
        Node first = p.step(Kind.LONG, p.inputs.get(0), left);
        Node second = p.step(Kind.LONG, p.inputs.get(0), right);
        Node third = p.step(Kind.LONG, right);
        p.result(p.step(Kind.SHORT, first, second, third));
        p.check(false);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anyProgram(boolean donated) {
        int groups = 0;
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            Program p = new Program();
            int count = 2 + random.nextInt(40);
            for (int i = 0; i < count; i++) {
                int kind = random.nextInt(20);
                Node[] reads = new Node[1 + random.nextInt(3)];
                for (int k = 0; k < reads.length; k++) {
                    int back = random.nextBoolean() ? p.nodes.size() : Math.min(6, p.nodes.size());
                    reads[k] = p.nodes.get(p.nodes.size() - 1 - random.nextInt(back));
                }
                p.step(kind == 0 ? Kind.HOST : kind < 9 ? Kind.LONG : Kind.SHORT, reads);
            }
            Set<Node> results = new HashSet<>(List.of(p.nodes.getLast()));
            for (int k = random.nextInt(4); k > 0; k--) {
                results.add(p.nodes.get(2 + random.nextInt(count)));
            }
            p.nodes.stream().filter(results::contains).forEach(p::result);
            p.check(donated);
            groups += (int)
                    p.arranged().stream().filter(Together.class::isInstance).count();
        }
        assertTrue(groups > 200, groups + " groups");
    }
}
