package dev.dormouse.daemon.runtime;

import dev.dormouse.daemon.error.EngineException;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Who a container's process is, as its own user database says.
 *
 * @param additionalGroups ids, ascending
 * @param home {@code /} for a user that the database does not have
 */
record ContainerUser(int uid, int gid, List<Integer> additionalGroups, String home) {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,10}");

    /**
     * Looks {@code user[:group]} up by name or number; empty is root.
     *
     * @throws EngineException.InvalidParameter if a name is in neither file, with docker's text
     */
    static ContainerUser of(String spec, LayeredRoot root) {
        int colon = spec.indexOf(':');
        String user = colon < 0 ? spec : spec.substring(0, colon);
        String group = colon < 0 ? "" : spec.substring(colon + 1);
        String wanted = user.isEmpty() ? "0" : user;
        String passwd = root.read("/etc/passwd").orElse("");
        String groups = root.read("/etc/group").orElse("");
        Optional<String[]> entry = entry(passwd, wanted, 6);
        int uid = entry.map(fields -> number(fields[2]))
                .orElseGet(() -> numberOf(wanted)
                        .orElseThrow(() -> new EngineException.InvalidParameter(
                                "unable to find user " + wanted + ": no matching entries in passwd file")));
        String home = entry.map(fields -> fields[5])
                .filter(path -> path.startsWith("/"))
                .orElse("/");
        if (!group.isEmpty()) {
            int gid = entry(groups, group, 3)
                    .map(fields -> number(fields[2]))
                    .orElseGet(() -> numberOf(group)
                            .orElseThrow(() -> new EngineException.InvalidParameter(
                                    "unable to find group " + group + ": no matching entries in group file")));
            return new ContainerUser(uid, gid, List.of(), home);
        }
        int gid = entry.map(fields -> number(fields[3])).orElse(0);
        return new ContainerUser(
                uid, gid, entry.map(fields -> memberships(groups, fields[0])).orElse(List.of()), home);
    }

    /** The line of a database whose name or, failing that, number it is (passwd(5), group(5)). */
    private static Optional<String[]> entry(String database, String wanted, int leastFields) {
        List<String[]> entries = database.lines()
                .map(line -> line.split(":", -1))
                .filter(fields -> fields.length >= leastFields
                        && NUMBER.matcher(fields[2]).matches())
                .toList();
        return entries.stream()
                .filter(fields -> fields[0].equals(wanted))
                .findFirst()
                .or(() -> numberOf(wanted)
                        .flatMap(number -> entries.stream()
                                .filter(fields -> number(fields[2]) == number)
                                .findFirst()));
    }

    private static List<Integer> memberships(String groups, String user) {
        TreeSet<Integer> ids = new TreeSet<>();
        groups.lines()
                .map(line -> line.split(":", -1))
                .filter(fields ->
                        fields.length >= 4 && NUMBER.matcher(fields[2]).matches())
                .filter(fields -> List.of(fields[3].split(",", -1)).contains(user))
                .forEach(fields -> ids.add(number(fields[2])));
        return List.copyOf(ids);
    }

    private static Optional<Integer> numberOf(String text) {
        return NUMBER.matcher(text).matches() ? Optional.of(number(text)) : Optional.empty();
    }

    private static int number(String text) {
        long number = NUMBER.matcher(text).matches() ? Long.parseLong(text) : Long.MAX_VALUE;
        if (number > Integer.MAX_VALUE) {
            throw new EngineException.InvalidParameter("uids and gids must be in range 0-2147483647: " + text);
        }
        return (int) number;
    }
}
