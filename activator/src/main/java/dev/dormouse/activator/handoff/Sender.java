package dev.dormouse.activator.handoff;

/** Who sent a datagram, as the kernel vouches for it (SCM_CREDENTIALS of unix(7)). */
record Sender(int pid, int uid) {
    @Override
    public String toString() {
        return "process " + pid + " of user " + uid;
    }
}
