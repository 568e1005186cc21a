package dev.fluxion.ir;

import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;

/** Finds the engine, once. */
final class Backends {
    static final Backend INSTANCE = find();

    private Backends() {}

    private static Backend find() {
        List<Backend> all = ServiceLoader.load(Backend.class, Backend.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        String wanted = System.getProperty("fluxion.backend");
        return all.stream()
                .filter(b -> wanted == null || b.name().equals(wanted))
                .max(Comparator.comparingInt(Backend::priority))
                .orElseThrow(() -> FluxionException.of(
                                ErrorCode.NO_BACKEND, wanted == null ? "no engine found" : "no engine named " + wanted)
                        .detail("engines on the class path: "
                                + all.stream().map(Backend::name).toList())
                        .hint("put fluxion-numerics on the class path"));
    }
}
