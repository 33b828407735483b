package dev.dormouse.units.manager;

/** What a job is to do. */
enum JobVerb {
    START("StartUnit", "start"),
    STOP("StopUnit", "stop");

    private final String method;
    private final String word;

    JobVerb(String method, String word) {
        this.method = method;
        this.word = word;
    }

    /** The Manager's method. */
    String method() {
        return method;
    }

    String word() {
        return word;
    }
}
