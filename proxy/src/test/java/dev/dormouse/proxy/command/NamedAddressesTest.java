package dev.dormouse.proxy.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.SynchronousQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class NamedAddressesTest {
    private static final Target.Host TARGET = new Target.Host("name.invalid", 80);
    private static final InetAddress ONE = InetAddress.ofLiteral("127.0.0.1");
    private static final InetAddress OTHER = InetAddress.ofLiteral("::1");

    /** Answers with what the test puts; nothing means that the name is not known. */
    private final SynchronousQueue<List<InetAddress>> answers = new SynchronousQueue<>();

    private final NamedAddresses addresses = new NamedAddresses(TARGET, this::resolve);

    private InetAddress[] resolve(String host) throws UnknownHostException {
        try {
            List<InetAddress> answer = answers.take();
            if (answer.isEmpty()) {
                throw new UnknownHostException(host + ": Name or service not known");
            }
            return answer.toArray(InetAddress[]::new);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnknownHostException(host);
        }
    }

    @Test
    void allAddressesOfTheNameAreKnownInTheResolversOrder() throws Exception {
        addresses.lookUp();
        assertThat(addresses.current()).isNotDone();

        answers.put(List.of(OTHER, ONE));

        assertThat(addresses.current().get()).containsExactly(socket(OTHER), socket(ONE));
    }

    @Test
    void anUnknownNameIsAskedForAgain() throws Exception {
        addresses.lookUp();

        answers.put(List.of());
        answers.put(List.of(ONE));

        assertThat(addresses.current().get()).containsExactly(socket(ONE));
    }

    @Test
    void theNameIsNotLookedUpAgainRightAfterAnAnswer() throws Exception {
        addresses.lookUp();
        answers.put(List.of(ONE));
        assertThat(addresses.current().get()).hasSize(1);

        addresses.allFailed();

        assertThat(answers.offer(List.of(OTHER))).isFalse();
        assertThat(addresses.current().get()).containsExactly(socket(ONE));
    }

    @Test
    void aLaterAnswerReplacesTheFirst() throws Exception {
        addresses.lookUp();
        answers.put(List.of(ONE));
        assertThat(addresses.current().get()).hasSize(1);

        addresses.lookUp();
        answers.put(List.of(OTHER));

        while (addresses.current().get().contains(socket(ONE))) {
            Thread.onSpinWait();
        }
        assertThat(addresses.current().get()).containsExactly(socket(OTHER));
    }

    private static SocketAddress socket(InetAddress address) {
        return new InetSocketAddress(address, 80);
    }
}
