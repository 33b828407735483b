package dev.dormouse.activator.tally;

/** What is counted of each service. The words are in the file of the counts, so they do not change. */
public enum Count {
    WAKES("wakes", "wakes that ended, by outcome"),
    IDLE_STOPS("idle_stops", "containers stopped because nobody had come for the idle time"),
    FREEZES("freezes", "times that containers were frozen because nobody had come for a while"),
    THAWS("thaws", "times that frozen containers were thawed"),
    CLIENTS("clients", "connections accepted from clients, and sessions of UDP clients"),
    RECEIVED_BYTES("received_bytes", "bytes moved from clients to containers"),
    SENT_BYTES("sent_bytes", "bytes moved from containers to clients"),
    CONNECT_FAILURES(
            "connect_failures", "connects to containers that failed; the client is held, and it is tried again"),
    CLIENTS_CLOSED("clients_closed", "held clients that were closed without having been connected"),
    CLIENTS_FILTERED("clients_filtered", "clients that were not let in, by what decided"),
    CLIENTS_PUT_OFF("clients_put_off", "held clients that were told to come again"),
    CLIENTS_RESET("clients_reset", "clients that were reset at once, as their source had too many connections"),
    DATAGRAMS_LOST("datagrams_lost", "datagrams of UDP services that did not reach their end, by what became of them");

    private final String word;
    private final String meaning;

    Count(String word, String meaning) {
        this.word = word;
        this.meaning = meaning;
    }

    /** Its name after {@code dormouse_} and before {@code _total}. */
    public String word() {
        return word;
    }

    /** For people. */
    public String meaning() {
        return meaning;
    }
}
