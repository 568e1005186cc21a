package dev.fluxion.ir.text;

import dev.fluxion.ir.Control;

/** The names of parameters in text: JAX's where it has one, else the component's in snake_case. */
final class ParameterNames {
    private ParameterNames() {}

    static String of(Class<?> owner, String component) {
        return switch (component) {
            case "label" -> "name";
            case "body" -> owner == Control.Call.class ? "jaxpr" : "call_jaxpr";
            default -> snakeCase(component);
        };
    }

    static String snakeCase(String camelCase) {
        StringBuilder text = new StringBuilder();
        camelCase
                .chars()
                .forEach(c -> text.append(Character.isUpperCase(c) ? "_" : "").append((char) Character.toLowerCase(c)));
        return text.toString();
    }
}
