package dev.fluxion.ir.text;

import dev.fluxion.ir.Control;

/** The names of parameters in text: JAX's where it has one, else the component's in snake_case. */
public final class ParameterNames {
    private ParameterNames() {}

    public static String of(Class<?> owner, String component) {
        return switch (component) {
            case "label" -> "name";
            case "body" -> body(owner);
            case "cond" -> "cond_jaxpr";
            case "condConsts" -> "cond_nconsts";
            case "bodyConsts" -> "body_nconsts";
            case "consts" -> "num_consts";
            case "carry" -> "num_carry";
            default -> snakeCase(component);
        };
    }

    private static String body(Class<?> owner) {
        if (owner == Control.While.class) {
            return "body_jaxpr";
        }
        boolean plain = owner == Control.Call.class || owner == Control.Scan.class || owner == Control.Checkpoint.class;
        return plain ? "jaxpr" : "call_jaxpr";
    }

    static String snakeCase(String camelCase) {
        StringBuilder text = new StringBuilder();
        camelCase
                .chars()
                .forEach(c -> text.append(Character.isUpperCase(c) ? "_" : "").append((char) Character.toLowerCase(c)));
        return text.toString();
    }
}
