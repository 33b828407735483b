package dev.dormouse.daemon.schema;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The versions of one kind of file: a whole number under the key {@code schema}. A newer one is refused, an older one is brought up to
 * date step by step, in memory; the file itself is written in the new form when it is written next. Immutable.
 */
public final class Schema {
    private static final String KEY = "schema";

    private final int current;
    private final List<Step> steps;

    private Schema(int current, List<Step> steps) {
        this.current = current;
        this.steps = steps;
    }

    /**
     * A kind of file.
     *
     * @param current what this engine writes
     * @param steps how older files become newer, in this order, the last one leading to {@code current}; files older than the first
     *     step's are refused
     */
    public static Schema of(int current, Step... steps) {
        return new Schema(current, List.of(steps));
    }

    /** From one version to the next: changes the document, but not its number. */
    @FunctionalInterface
    public interface Step {
        void apply(ObjectNode document);
    }

    /** What a document is. */
    public sealed interface Found {
        /**
         * One that can be read.
         *
         * @param document of the current version
         * @param migrated whether it was older
         */
        record Usable(JsonNode document, boolean migrated) implements Found {}

        /** One that a newer engine wrote: it must be left as it is. */
        record Newer(String why) implements Found {}

        /** One that is of no version at all, or too old. */
        record Unusable(String why) implements Found {}
    }

    /** Looks at a document and brings it up to date. */
    public Found examine(JsonNode document) {
        JsonNode number = document.path(KEY);
        if (!number.isInt() || !(document instanceof ObjectNode object)) {
            return new Found.Unusable("it has no schema number: it is cut short or not Dormouse's");
        }
        int found = number.intValue();
        if (found > current) {
            return new Found.Newer("it has schema " + found + ", written by a newer Dormouse; this one reads up to "
                    + current + ": upgrade Dormouse");
        }
        int oldest = current - steps.size();
        if (found < oldest) {
            return new Found.Unusable("it has schema " + found + ", older than what this Dormouse can migrate, "
                    + oldest + " to " + current + ": run a version in between first");
        }
        steps.subList(found - oldest, steps.size()).forEach(step -> step.apply(object));
        object.put(KEY, current);
        return new Found.Usable(object, found < current);
    }
}
