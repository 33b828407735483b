package dev.dormouse.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * After each test, once its own clean-up ran: no mount, network namespace, veth, firewall rule, cgroup, unit, process or file of
 * Dormouse's that was not there before it. What the engine and the activator keep while they live is allowed for by stopping both
 * before each look.
 */
final class LeavesNothing implements BeforeEachCallback, AfterEachCallback {
    /** systemd unloads a unit, and the kernel removes an interface, a moment after their end was told of. */
    private static final int LOOKS = 20;

    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(LeavesNothing.class);

    @Override
    public void beforeEach(ExtensionContext context) {
        context.getStore(NAMESPACE).put("before", traces());
    }

    @Override
    @SuppressWarnings("unchecked")
    public void afterEach(ExtensionContext context) {
        Set<String> before = context.getStore(NAMESPACE).get("before", Set.class);
        Set<String> left = new TreeSet<>();
        for (int look = 0; look == 0 || (look < LOOKS && !left.isEmpty()); look++) {
            left.clear();
            left.addAll(traces());
            left.removeAll(before);
        }
        assertThat(left).as("left behind").isEmpty();
    }

    private static Set<String> traces() {
        Shell.attempt("systemctl", "stop", "dormouse.service", "dormouse-activator.service");
        return Traces.now();
    }
}
