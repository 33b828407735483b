package dev.dormouse.waitport;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/** What the addresses of one host answered, as one result. */
final class ConnectFindings {
    private record Finding(InetAddress address, ProbeResult.NotYet result) {}

    private final List<Finding> findings = new ArrayList<>(2);

    void add(InetAddress address, ProbeResult.NotYet result) {
        findings.add(new Finding(address, result));
    }

    /** The common answer, or all answers under the cause of the first address that could be reached. */
    ProbeResult.NotYet summary() {
        ProbeResult.NotYet first = findings.getFirst().result();
        if (findings.stream().allMatch(finding -> finding.result().equals(first))) {
            return first;
        }
        Cause cause = findings.stream()
                .map(finding -> finding.result().cause())
                .filter(each -> each != Cause.UNREACHABLE)
                .findFirst()
                .orElse(Cause.UNREACHABLE);
        StringBuilder detail = new StringBuilder();
        for (Finding finding : findings) {
            detail.append(detail.isEmpty() ? "" : ", ")
                    .append(finding.address().getHostAddress())
                    .append(": ")
                    .append(finding.result().detail());
        }
        return new ProbeResult.NotYet(cause, detail.toString());
    }
}
