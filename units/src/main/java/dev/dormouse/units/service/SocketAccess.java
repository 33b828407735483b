package dev.dormouse.units.service;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who may connect to the unix sockets of a service.
 *
 * @param mode octal; absent: 0666, systemd's own
 * @param user absent: root
 * @param group absent: root
 */
public record SocketAccess(Optional<String> mode, Optional<String> user, Optional<String> group) {
    /** systemd's own: everyone may connect. */
    public static final SocketAccess STANDARD = new SocketAccess(Optional.empty(), Optional.empty(), Optional.empty());

    private static final Pattern MODE = Pattern.compile("0?[0-7]{3}");
    /** systemd.exec(5), User names: the strict form. */
    private static final Pattern ACCOUNT = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_-]{0,30}|[0-9]{1,9}");

    /** @throws DeclarationException naming the part and what is allowed */
    public SocketAccess {
        mode.ifPresent(text -> require(MODE, "mode", text, "three octal digits: 0660"));
        user.ifPresent(text -> require(ACCOUNT, "user", text, "a user's name or number"));
        group.ifPresent(text -> require(ACCOUNT, "group", text, "a group's name or number"));
    }

    private static void require(Pattern form, String part, String text, String allowed) {
        if (!form.matcher(text).matches()) {
            throw new DeclarationException(part + " of the unix socket: '" + text + "' is not " + allowed);
        }
    }

    /** Whether something is to differ from systemd's own. */
    public boolean isStandard() {
        return equals(STANDARD);
    }

    /** As the service's file has it. */
    Map<String, String> fields() {
        Map<String, String> fields = new LinkedHashMap<>();
        mode.ifPresent(text -> fields.put("socketMode", text));
        user.ifPresent(text -> fields.put("socketUser", text));
        group.ifPresent(text -> fields.put("socketGroup", text));
        return fields;
    }

    /** systemd.socket(5). */
    String directives() {
        return mode.map(text -> "SocketMode=" + text + "\n").orElse("")
                + user.map(text -> "SocketUser=" + text + "\n").orElse("")
                + group.map(text -> "SocketGroup=" + text + "\n").orElse("");
    }
}
