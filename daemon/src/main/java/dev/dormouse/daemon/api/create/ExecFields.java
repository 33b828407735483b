package dev.dormouse.daemon.api.create;

import dev.dormouse.daemon.container.TerminalSize;
import dev.dormouse.daemon.error.EngineException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The fields of a request about an exec; every error names the field. An absent or null one has its empty value. */
record ExecFields(JsonNode body) {
    /** Refuses any other field that asks for something. */
    void requireKnown(Set<String> known) {
        try {
            Unsupported.others(body, "", known);
        } catch (EngineException.NotImplemented e) {
            throw new EngineException.InvalidParameter(String.valueOf(e.getMessage()));
        }
    }

    boolean flag(String field) {
        JsonNode node = body.path(field);
        require(isAbsent(node) || node.isBoolean(), field, "true or false");
        return node.asBoolean(false);
    }

    String text(String field) {
        JsonNode node = body.path(field);
        require(isAbsent(node) || node.isString(), field, "a text");
        return clean(field, isAbsent(node) ? "" : node.stringValue());
    }

    List<String> texts(String field) {
        JsonNode node = body.path(field);
        require(
                isAbsent(node) || (node.isArray() && node.valueStream().allMatch(JsonNode::isString)),
                field,
                "a list of texts");
        return node.valueStream()
                .map(entry -> clean(field, entry.stringValue()))
                .toList();
    }

    /** {@code [height, width]}. */
    Optional<TerminalSize> size(String field) {
        JsonNode node = body.path(field);
        if (isAbsent(node)) {
            return Optional.empty();
        }
        require(
                node.isArray() && node.size() == 2 && node.valueStream().allMatch(ExecFields::isCells),
                field,
                "[height, width] in characters, 0 to " + TerminalSize.MOST + " each");
        return Optional.of(new TerminalSize(node.get(0).intValue(), node.get(1).intValue()));
    }

    private static boolean isCells(JsonNode node) {
        return node.isIntegralNumber()
                && node.canConvertToInt()
                && node.intValue() >= 0
                && node.intValue() <= TerminalSize.MOST;
    }

    private static boolean isAbsent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    private static String clean(String field, String text) {
        require(text.indexOf('\0') < 0, field, "without a NUL character");
        return text;
    }

    /** Values are not repeated: one may be secret. */
    static void require(boolean condition, String field, String allowed) {
        if (!condition) {
            throw new EngineException.InvalidParameter(field + " must be " + allowed);
        }
    }
}
