package dev.dormouse.units.notify;

/** The name of a stored descriptor. */
final class StoreName {
    private static final int LONGEST = 255;

    private StoreName() {}

    /** As fdname_is_valid of systemd's has it; an empty one would not be found again. */
    static String require(String name) {
        boolean valid = !name.isEmpty()
                && name.length() <= LONGEST
                && name.chars().allMatch(character -> character >= ' ' && character < 127 && character != ':');
        if (!valid) {
            throw new IllegalArgumentException("the name of a stored descriptor must be 1 to " + LONGEST
                    + " characters of ASCII without control characters and colons");
        }
        return name;
    }
}
