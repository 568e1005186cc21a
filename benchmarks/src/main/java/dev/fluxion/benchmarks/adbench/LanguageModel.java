package dev.fluxion.benchmarks.adbench;

import static dev.fluxion.Fluxion.grad;
import static dev.fluxion.Fluxion.jit;
import static dev.fluxion.numpy.Numpy.exp;
import static dev.fluxion.numpy.Numpy.log;
import static dev.fluxion.numpy.Numpy.reshape;
import static dev.fluxion.numpy.Numpy.tanh;
import static dev.fluxion.numpy.Numpy.unstack;

import dev.fluxion.benchmarks.workloads.Figures;
import dev.fluxion.benchmarks.workloads.Workload;
import dev.fluxion.lax.Lax;
import dev.fluxion.nn.Nn;
import dev.fluxion.numpy.NDArray;
import io.vavr.Function3;
import io.vavr.Tuple;
import io.vavr.Tuple2;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** LSTM: the loss of a language model of diagonal LSTM layers over a text, and its gradient in all weights. */
public final class LanguageModel implements Workload {
    private static final List<String> FILES = List.of("lstm/lstm_l2_c1024", "lstm/lstm_l2_c4096", "lstm/lstm_l4_c1024");

    private final Path data;

    public LanguageModel(Path data) {
        this.data = data;
    }

    /**
     * @param main [2 l, 4 b]: for each layer weights and biases of the forget, in and out gates and of the change
     * @param extra [3, b]: input weight, output weight, output bias
     */
    record Weights(NDArray main, NDArray extra) {}

    /** One layer's hidden values and cells, [b] each. */
    record State(NDArray hidden, NDArray cell) {}

    private static List<State> step(List<NDArray> main, NDArray input, List<State> states) {
        List<State> result = new ArrayList<>();
        NDArray h = input;
        int b = input.size();
        for (int layer = 0; layer < states.size(); layer++) {
            List<NDArray> w = unstack(reshape(main.get(2 * layer), 4, b));
            List<NDArray> bias = unstack(reshape(main.get(2 * layer + 1), 4, b));
            State s = states.get(layer);
            NDArray forget = Nn.sigmoid(h.times(w.get(0)).plus(bias.get(0)));
            NDArray in = Nn.sigmoid(s.hidden().times(w.get(1)).plus(bias.get(1)));
            NDArray out = Nn.sigmoid(h.times(w.get(2)).plus(bias.get(2)));
            NDArray change = tanh(s.hidden().times(w.get(3)).plus(bias.get(3)));
            NDArray cell = s.cell().times(forget).plus(in.times(change));
            h = out.times(tanh(cell));
            result.add(new State(h, cell));
        }
        return result;
    }

    private static NDArray loss(Weights weights, List<State> start, NDArray text) {
        List<NDArray> main = unstack(weights.main());
        List<NDArray> extra = unstack(weights.extra());
        int length = text.shape().dim(0);
        int b = text.shape().dim(1);
        Tuple2<NDArray, NDArray> pairs =
                Tuple.of(Lax.sliceInDim(text, 0, length - 1, 1, 0), Lax.sliceInDim(text, 1, length, 1, 0));
        NDArray gains = Lax.<List<State>, Tuple2<NDArray, NDArray>, NDArray>scan(
                        (states, pair) -> {
                            List<State> next = step(main, pair._1.times(extra.get(0)), states);
                            NDArray p =
                                    next.getLast().hidden().times(extra.get(1)).plus(extra.get(2));
                            // The 2 is the benchmark's own.
                            NDArray logSum = log(exp(p).sum().plus(2.0));
                            return Tuple.of(next, pair._2.times(p.minus(logSum)).sum());
                        },
                        start,
                        pairs)
                .ys();
        return gains.sum().div(-(length - 1.0) * b);
    }

    @Override
    public void run(Figures figures) {
        for (String file : FILES) {
            Problem problem = new Problem(data, file);
            Numbers in = problem.numbers();
            int layers = in.nextInt();
            int length = in.nextInt();
            int b = in.nextInt();
            Weights weights = new Weights(in.nextMatrix(2 * layers, 4 * b), in.nextMatrix(3, b));
            List<State> start = new ArrayList<>();
            for (int layer = 0; layer < layers; layer++) {
                start.add(new State(in.nextVector(b), in.nextVector(b)));
            }
            NDArray text = in.nextMatrix(length, b);
            Function3<Weights, List<State>, NDArray, NDArray> objective = jit(LanguageModel::loss);
            Function3<Weights, List<State>, NDArray, Weights> gradient = grad(LanguageModel::loss);
            problem.measure(
                    figures,
                    "lstm",
                    () -> objective.apply(weights, start, text),
                    () -> gradient.apply(weights, start, text));
        }
    }
}
