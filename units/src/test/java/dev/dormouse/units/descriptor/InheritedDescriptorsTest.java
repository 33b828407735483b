package dev.dormouse.units.descriptor;

import static dev.dormouse.units.libc.Libc.AF_INET;
import static dev.dormouse.units.libc.Libc.AF_INET6;
import static dev.dormouse.units.libc.Libc.AF_UNIX;
import static dev.dormouse.units.libc.Libc.SOCK_DGRAM;
import static dev.dormouse.units.libc.Libc.SOCK_STREAM;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dormouse.units.descriptor.InheritedDescriptor.Family;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InheritedDescriptorsTest {
    private static final long PID = 4711;
    private static final String ADVICE = "; start this by its socket unit, or with systemd-socket-activate";

    private final FakeSocketKernel kernel = new FakeSocketKernel();
    private final Map<String, String> environment =
            new HashMap<>(Map.of("LISTEN_PID", "4711", "LISTEN_FDS", "1", "OTHER", "x"));

    @Test
    void allFamiliesAreTakenWithTheirNamesAndAddresses() {
        environment.put("LISTEN_FDS", "6");
        environment.put("LISTEN_FDNAMES", "web:web6:api:handoff::udp");
        kernel.with(3, AF_INET, SOCK_STREAM, true, inet(80, 127, 0, 0, 1))
                .with(4, AF_INET6, SOCK_STREAM, true, inet6(443, 0, 0, 0, 0, 0, 0, 0, 0))
                .with(5, AF_UNIX, SOCK_STREAM, true, unix("/run/dormouse/docker.sock\0"))
                .with(6, AF_UNIX, SOCK_DGRAM, false, unix("\0handoff"))
                .with(7, AF_INET6, SOCK_STREAM, true, inet6(1, 0xfd00, 0, 0, 1, 0, 0, 0, 0xab))
                .with(8, AF_INET, SOCK_DGRAM, false, inet(53, 0, 0, 0, 0));

        assertThat(take().read())
                .containsExactly(
                        new InheritedDescriptor(3, "web", Family.INET, InheritedDescriptor.Type.STREAM, "127.0.0.1:80"),
                        new InheritedDescriptor(4, "web6", Family.INET6, InheritedDescriptor.Type.STREAM, "[::]:443"),
                        new InheritedDescriptor(
                                5, "api", Family.UNIX, InheritedDescriptor.Type.STREAM, "/run/dormouse/docker.sock"),
                        new InheritedDescriptor(
                                6, "handoff", Family.UNIX, InheritedDescriptor.Type.DATAGRAM, "@handoff"),
                        new InheritedDescriptor(
                                7, "unknown", Family.INET6, InheritedDescriptor.Type.STREAM, "[fd00:0:0:1::ab]:1"),
                        new InheritedDescriptor(
                                8, "udp", Family.INET, InheritedDescriptor.Type.DATAGRAM, "0.0.0.0:53"));
        assertThat(kernel.closedOnExec).containsExactly(3, 4, 5, 6, 7, 8);
    }

    @Test
    void withoutNamesTheyAreUnknown() {
        kernel.with(3, AF_INET, SOCK_STREAM, true, inet(80, 127, 0, 0, 1));
        assertThat(take().read()).extracting(InheritedDescriptor::name).containsExactly("unknown");
    }

    @ParameterizedTest
    @ValueSource(strings = {"LISTEN_FDS", "LISTEN_PID"})
    void noneWasPassed(String missing) {
        environment.remove(missing);
        assertRefused("no socket was passed: " + missing + " is not set" + ADVICE);
    }

    @Test
    void theyWereMeantForAnotherProcess() {
        environment.put("LISTEN_PID", "4712");
        assertRefused(
                "the sockets were passed to process 4712 (LISTEN_PID), this is 4711: what starts it must become it by"
                        + " exec, or unset LISTEN_PID and LISTEN_FDS");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", " 4711", "4711x", "99999999999999999999", "secret"})
    void aProcessIdThatIsNone(String pid) {
        environment.put("LISTEN_PID", pid);
        assertRefused("LISTEN_PID is not a process id above 0" + ADVICE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "1.5", "1048577", "4294967297"})
    void aCountThatIsNone(String count) {
        environment.put("LISTEN_FDS", count);
        assertRefused("LISTEN_FDS is not a number from 1 to 1048576" + ADVICE);
    }

    @Test
    void theNamesMustBeAsMany() {
        environment.put("LISTEN_FDNAMES", "a:b");
        assertRefused(
                "LISTEN_FDNAMES has 2 names for 1 descriptors (LISTEN_FDS); it must have one for each, or not be set");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2|1|false|is a stream socket that does not listen (a socket unit with Accept=yes passes such)",
                "1|5|true|is a socket of type 5, neither stream nor datagram",
                "16|2|false|is a socket of address family 16, not inet, inet6 or unix",
                "1|2|false|is a socket that is not bound to an address",
            })
    void aSocketThatNoOneCanConnectTo(int domain, int type, boolean listens, String fault) {
        environment.put("LISTEN_FDNAMES", "web");
        kernel.with(3, domain, type, listens, (byte) 1, (byte) 0);
        assertRefused("descriptor 3 (web) of LISTEN_FDS " + fault
                + "; pass listening stream sockets (ListenStream=, Accept=no) or datagram sockets (ListenDatagram=)");
    }

    @Test
    void noneIsLeftOpenToChildrenEvenIfTheFirstIsWrong() {
        environment.put("LISTEN_FDS", "2");
        assertThatThrownBy(() -> take().read()).isInstanceOf(DescriptorException.class);
        assertThat(kernel.closedOnExec).containsExactly(3, 4);
    }

    private void assertRefused(String message) {
        assertThatThrownBy(() -> take().read())
                .isInstanceOf(DescriptorException.class)
                .hasMessage(message);
    }

    private InheritedDescriptors take() {
        return new InheritedDescriptors(environment, PID, kernel);
    }

    private static byte[] inet(int port, int... host) {
        ByteBuffer address = ByteBuffer.allocate(16).putShort((short) 0x200).putShort((short) port);
        for (int part : host) {
            address.put((byte) part);
        }
        return address.array();
    }

    private static byte[] inet6(int port, int... groups) {
        ByteBuffer address = ByteBuffer.allocate(28)
                .putShort((short) 0xa00)
                .putShort((short) port)
                .putInt(0);
        for (int group : groups) {
            address.putShort((short) group);
        }
        return address.array();
    }

    private static byte[] unix(String path) {
        byte[] bytes = path.getBytes(UTF_8);
        return ByteBuffer.allocate(2 + bytes.length)
                .putShort((short) 0x100)
                .put(bytes)
                .array();
    }
}
