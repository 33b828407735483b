package dev.dormouse.units.service;

/** Who declared a service, and so may take it away. */
public enum DeclaredBy {
    /** {@code dormouse enable}: stays until {@code dormouse disable}. */
    ENABLE("enable"),
    /** The labels of a container: goes with the container. */
    LABELS("labels");

    private final String word;

    DeclaredBy(String word) {
        this.word = word;
    }

    /** As the service's file says it. */
    public String word() {
        return word;
    }

    /**
     * Who the word means.
     *
     * @throws DeclarationException if it is none
     */
    public static DeclaredBy parse(String word) {
        for (DeclaredBy by : values()) {
            if (by.word.equals(word)) {
                return by;
            }
        }
        throw new DeclarationException("'" + word + "' declares no service: enable or labels");
    }
}
