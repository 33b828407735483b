package dev.dormouse.daemon.health;

import dev.dormouse.daemon.error.EngineException;
import java.util.Map;

/** What becoming unhealthy does to a container: its label {@link #LABEL}. */
public enum UnhealthyAction {
    /** As in Docker: it is said, nothing more. */
    NOTHING("nothing"),
    RESTART("restart"),
    STOP("stop");

    /** The label that chooses. */
    public static final String LABEL = "dormouse.unhealthy";

    private final String word;

    UnhealthyAction(String word) {
        this.word = word;
    }

    /** As the label has it. */
    public String word() {
        return word;
    }

    /**
     * The action that labels ask for; without that label {@link #NOTHING}.
     *
     * @throws EngineException.InvalidParameter naming the label and what is allowed
     */
    public static UnhealthyAction of(Map<String, String> labels) {
        String wanted = labels.getOrDefault(LABEL, NOTHING.word);
        for (UnhealthyAction action : values()) {
            if (action.word.equals(wanted)) {
                return action;
            }
        }
        throw new EngineException.InvalidParameter(
                "label " + LABEL + " must be nothing, restart or stop, not '" + wanted + "'");
    }
}
