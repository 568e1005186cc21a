package dev.fluxion;

import io.vavr.Function1;

/** {@code f(x)} and the pullback {@code ct -> ct . df(x)}, which maps result cotangents to argument cotangents. */
public record Vjp<A, R>(R primal, Function1<R, A> pullback) {}
