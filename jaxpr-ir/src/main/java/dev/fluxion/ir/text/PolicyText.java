package dev.fluxion.ir.text;

import dev.fluxion.ir.CheckpointPolicy;
import io.vavr.collection.Array;
import java.util.ArrayList;
import java.util.List;

/** The texts of checkpoint policies: the names of JAX's, with arguments in parentheses. */
final class PolicyText {
    private final Scanner scanner;

    private PolicyText(Scanner scanner) {
        this.scanner = scanner;
    }

    static String of(CheckpointPolicy policy) {
        return switch (policy) {
            case CheckpointPolicy.NothingSaveable _ -> "nothing_saveable";
            case CheckpointPolicy.EverythingSaveable _ -> "everything_saveable";
            case CheckpointPolicy.DotsSaveable _ -> "dots_saveable";
            case CheckpointPolicy.DotsWithNoBatchDimsSaveable _ -> "dots_with_no_batch_dims_saveable";
            case CheckpointPolicy.SaveOnlyTheseNames(var names) -> "save_only_these_names" + listed(names);
            case CheckpointPolicy.SaveAnyNamesButThese(var names) -> "save_any_names_but_these" + listed(names);
            case CheckpointPolicy.SaveFromBothPolicies(var first, var second) ->
                "save_from_both_policies(" + of(first) + " " + of(second) + ")";
        };
    }

    private static String listed(Array<String> names) {
        return names.map(ParameterDoc::quoted).mkString("(", " ", ")");
    }

    static CheckpointPolicy read(Scanner scanner) {
        return new PolicyText(scanner).read();
    }

    private CheckpointPolicy read() {
        int start = scanner.position();
        String name = scanner.word("a policy");
        return switch (name) {
            case "nothing_saveable" -> new CheckpointPolicy.NothingSaveable();
            case "everything_saveable" -> new CheckpointPolicy.EverythingSaveable();
            case "dots_saveable" -> new CheckpointPolicy.DotsSaveable();
            case "dots_with_no_batch_dims_saveable" -> new CheckpointPolicy.DotsWithNoBatchDimsSaveable();
            case "save_only_these_names" -> new CheckpointPolicy.SaveOnlyTheseNames(names());
            case "save_any_names_but_these" -> new CheckpointPolicy.SaveAnyNamesButThese(names());
            case "save_from_both_policies" -> both();
            default ->
                throw scanner.wrong(start, "there is no policy '" + Scanner.abbreviate(name) + "'")
                        .hint("policies are nothing_saveable, everything_saveable, dots_saveable,"
                                + " dots_with_no_batch_dims_saveable, save_only_these_names(...),"
                                + " save_any_names_but_these(...) and save_from_both_policies(...)");
        };
    }

    private CheckpointPolicy both() {
        scanner.enter();
        scanner.expect("(");
        CheckpointPolicy first = read();
        CheckpointPolicy second = read();
        scanner.expect(")");
        scanner.leave();
        return new CheckpointPolicy.SaveFromBothPolicies(first, second);
    }

    private Array<String> names() {
        scanner.expect("(");
        List<String> names = new ArrayList<>();
        while (!scanner.accept(")")) {
            names.add(scanner.string());
        }
        return Array.ofAll(names);
    }
}
