package dev.fluxion.ir.binary;

import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.LazyJaxpr;
import dev.fluxion.ir.text.ReadBudget;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The programs read so far, and rules, which may be referred to before they are read. */
final class ProgramTable {
    private final List<Jaxpr> programs = new ArrayList<>();
    private final Map<Integer, LazyJaxpr> rules = new HashMap<>();
    private final int count;
    private final ReadBudget budget;

    /** @param count how many programs there will be */
    ProgramTable(int count, ReadBudget budget) {
        this.count = count;
        this.budget = budget;
    }

    /** A sub-program: it was read before. */
    Jaxpr get(ByteInput in) {
        return programs.get(in.index("program", programs.size()));
    }

    /** A rule: it may come later. */
    LazyJaxpr rule(ByteInput in) {
        int place = in.index("program", count);
        return rules.computeIfAbsent(place, p -> LazyJaxpr.of(() -> programs.get(p)));
    }

    void add(Jaxpr jaxpr) {
        budget.program(jaxpr);
        programs.add(jaxpr);
    }
}
