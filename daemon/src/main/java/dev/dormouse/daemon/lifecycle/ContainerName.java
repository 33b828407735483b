package dev.dormouse.daemon.lifecycle;

import dev.dormouse.daemon.error.EngineException;
import java.util.regex.Pattern;

/** The form of container names. A name is also the instance of the container's units, unescaped, hence the bound (docs/internals.md). */
final class ContainerName {
    static final int LONGEST = 200;

    private static final Pattern FORM = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]+");

    private ContainerName() {}

    /**
     * A name as the client wrote it, without the slash that Docker's older clients put before it.
     *
     * @throws EngineException.InvalidParameter with Docker's text, if it is not of the form
     */
    static String parse(String given) {
        String name = given.startsWith("/") ? given.substring(1) : given;
        if (!FORM.matcher(name).matches()) {
            throw new EngineException.InvalidParameter(
                    "Invalid container name (" + given + "), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed");
        }
        if (name.length() > LONGEST) {
            throw new EngineException.InvalidParameter("Invalid container name: it has " + name.length()
                    + " characters, at most " + LONGEST + " are allowed because systemd units are named after it");
        }
        return name;
    }

    /** Docker's text for a name that is taken. */
    static String conflict(String name, String holder) {
        return "Conflict. The container name \"/" + name + "\" is already in use by container \"" + holder
                + "\". You have to remove (or rename) that container to be able to reuse that name.";
    }
}
