package dev.dormouse.waitport;

/** No connection; carries what the probe answers. Has no stack trace: it is made every few milliseconds. */
final class NotConnected extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient ProbeResult result;

    NotConnected(ProbeResult result) {
        super(result.toString(), null, false, false);
        this.result = result;
    }

    ProbeResult result() {
        return result;
    }
}
