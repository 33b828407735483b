package dev.dormouse.activator.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dormouse.units.notify.Message;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HandoffParserTest {
    private static final int ROOT = 0;

    @Test
    void aHandOverHasANameAndItsSockets() {
        assertThat(read(Map.of("FDSTORE", "1", "FDNAME", "nginx"), 7, 8))
                .isEqualTo(new HandoffMessage.HandOver("nginx", List.of(7, 8)));
    }

    @Test
    void aTakeBackRemembersWhoAskedForTheBarrierThatFollows() {
        assertThat(read(Map.of("FDSTOREREMOVE", "1", "FDNAME", "nginx")))
                .isEqualTo(new HandoffMessage.TakeBack("nginx", 42));
        assertThat(read(Map.of("BARRIER", "1"), 9)).isEqualTo(new HandoffMessage.Barrier(9, 42));
    }

    @Test
    void onlyRootMayHandOver() {
        Message message = new Message(Map.of("FDSTORE", "1", "FDNAME", "nginx"), List.of(7), 42, 1000);

        assertRejected(HandoffParser.read(message), "only root may hand over, not user 1000", 7);
    }

    @Test
    void whatIsNotUnderstoodIsRejectedWithItsDescriptors() {
        assertRejected(read(Map.of("FDSTORE", "1"), 7), "FDNAME must be a container's name", 7);
        assertRejected(read(Map.of("FDSTORE", "1", "FDNAME", "../etc"), 7), "FDNAME must be", 7);
        assertRejected(read(Map.of("FDSTORE", "1", "FDNAME", "nginx")), "must come with listening sockets");
        assertRejected(read(Map.of("FDSTOREREMOVE", "1", "FDNAME", "nginx"), 7), "without descriptors", 7);
        assertRejected(read(Map.of("BARRIER", "1"), 7, 8), "one descriptor, not 2", 7, 8);
        assertRejected(read(Map.of("READY", "1", "FDNAME", "nginx")), "must say FDSTORE=1");
    }

    private static HandoffMessage read(Map<String, String> fields, Integer... descriptors) {
        return HandoffParser.read(new Message(fields, List.of(descriptors), 42, ROOT));
    }

    private static void assertRejected(HandoffMessage message, String reason, Integer... descriptors) {
        assertThat(message).isInstanceOfSatisfying(HandoffMessage.Rejected.class, rejected -> {
            assertThat(rejected.reason()).contains(reason);
            assertThat(rejected.descriptors()).containsExactly(descriptors);
        });
    }
}
