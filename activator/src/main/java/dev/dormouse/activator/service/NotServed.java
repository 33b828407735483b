package dev.dormouse.activator.service;

/** Why a held client is closed; what led to it has been logged once for all of them, so it carries no stack trace. */
final class NotServed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotServed(String reason) {
        super(reason, null, false, false);
    }

    static NotServed takenBack(String service) {
        return new NotServed("the socket of " + service + " has been taken back");
    }
}
