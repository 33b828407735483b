package dev.dormouse.activator.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dormouse.activator.service.ManualAgenda;
import dev.dormouse.activator.tally.Count;
import dev.dormouse.activator.tally.Series;
import dev.dormouse.activator.tally.Tally;
import dev.dormouse.activator.tls.Hellos;
import dev.dormouse.proxy.Doorkeeper.Departure;
import dev.dormouse.proxy.Doorkeeper.Verdict;
import dev.dormouse.proxy.Doorkeeper.Visit;
import dev.dormouse.units.journal.JournalEvent;
import dev.dormouse.units.service.HostPattern;
import dev.dormouse.units.service.PathPrefix;
import dev.dormouse.units.service.SourceNetwork;
import dev.dormouse.units.service.WakeFilter;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class FilterDoorTest {
    private static final String REQUEST = "GET /shop/x HTTP/1.1\r\nHost: shop.example\r\n\r\n";

    private final ManualAgenda agenda = new ManualAgenda();
    private final Tally tally = new Tally();
    private final List<JournalEvent> told = new ArrayList<>();
    private final Turnaways turnaways = new Turnaways("web", agenda, tally, told::add);

    @Test
    void aSourceIsEnoughWhereNothingElseIsAskedFor() {
        FilterDoor door = door(new WakeFilter(
                List.of(SourceNetwork.parse("192.0.2.0/24"), SourceNetwork.parse("2001:db8::/33")),
                List.of(),
                List.of(),
                List.of(),
                OptionalInt.empty()));

        assertThat(arrival(door, "192.0.2.9")).isEqualTo(Verdict.ADMITTED);
        assertThat(arrival(door, "2001:db8:7fff::1")).isEqualTo(Verdict.ADMITTED);
        assertThat(door.arrived(Optional.empty()).look(bytes("")))
                .as("a unix socket's")
                .isEqualTo(Verdict.ADMITTED);
        assertThat(arrival(door, "192.0.3.9")).isInstanceOf(Verdict.TurnedAway.class);
        assertThat(arrival(door, "2001:db8:8000::1")).isInstanceOf(Verdict.TurnedAway.class);
        assertThat(filtered("source")).isEqualTo(2);
    }

    @Test
    void aTlsNameDecidesAndTheOthersGetAnAlert() {
        FilterDoor door = door(new WakeFilter(
                List.of(),
                List.of(HostPattern.parse("shop.example"), HostPattern.parse("*.shop.example")),
                List.of(),
                List.of(),
                OptionalInt.empty()));

        assertThat(look(door, Hellos.naming("shop.example"))).isEqualTo(Verdict.ADMITTED);
        assertThat(look(door, Hellos.naming("a.b.shop.example"))).isEqualTo(Verdict.ADMITTED);
        assertThat(answer(look(door, Hellos.naming("notshop.example")))).endsWith("p");
        assertThat(answer(look(door, Hellos.naming("")))).endsWith("p");
        assertThat(answer(look(door, REQUEST.getBytes(StandardCharsets.US_ASCII))))
                .startsWith("HTTP/1.1 400 ");
        assertThat(filtered("sni")).isEqualTo(2);
        assertThat(filtered("protocol")).isEqualTo(1);
    }

    @Test
    void anHttpHostAndPathDecideAndTheOthersAreTold() {
        FilterDoor door = door(new WakeFilter(
                List.of(),
                List.of(),
                List.of(HostPattern.parse("shop.example")),
                List.of(PathPrefix.parse("/shop")),
                OptionalInt.empty()));

        assertThat(look(door, REQUEST)).isEqualTo(Verdict.ADMITTED);
        assertThat(look(door, REQUEST.substring(0, 30))).isEqualTo(Verdict.UNDECIDED);
        assertThat(answer(look(door, REQUEST.replace("shop.example", "other.example"))))
                .startsWith("HTTP/1.1 421 ");
        assertThat(answer(look(door, REQUEST.replace("/shop/", "/shopping/")))).startsWith("HTTP/1.1 404 ");
        assertThat(answer(look(door, REQUEST.replace("Host:", "Most:")))).startsWith("HTTP/1.1 400 ");
        assertThat(answer(look(door, "SSH-2.0-x\r\n"))).isEmpty();
        assertThat(answer(look(door, Hellos.naming("shop.example")))).hasSize(7);
        assertThat(answer(look(door, REQUEST.replace("GET /shop", "HEAD /no")))).endsWith("\r\n\r\n");
    }

    @Test
    void asManyBytesAsAskedForMustCome() {
        FilterDoor door = door(new WakeFilter(List.of(), List.of(), List.of(), List.of(), OptionalInt.of(3)));

        assertThat(look(door, "ab")).isEqualTo(Verdict.UNDECIDED);
        assertThat(look(door, "abc")).isEqualTo(Verdict.ADMITTED);
    }

    @Test
    void whatHasBeenFoundRightIsNotReadAgainWhileMoreIsToCome() {
        int enough = REQUEST.length() + 10;
        FilterDoor door = door(new WakeFilter(
                List.of(), List.of(), List.of(HostPattern.parse("shop.example")), List.of(), OptionalInt.of(enough)));
        Visit visit = door.arrived(Optional.empty());
        assertThat(visit.look(bytes(REQUEST))).isEqualTo(Verdict.UNDECIDED);

        // Were they read again these would be refused.
        assertThat(visit.look(bytes(" ".repeat(enough - 1)))).isEqualTo(Verdict.UNDECIDED);
        assertThat(visit.look(bytes(" ".repeat(enough)))).isEqualTo(Verdict.ADMITTED);
    }

    @Test
    void theJournalHasTheFirstAtOnceAndTheOthersOfAMinuteInALine() {
        FilterDoor door = door(new WakeFilter(List.of(), List.of(), List.of(), List.of(), OptionalInt.of(3)));
        for (int client = 0; client < 3; client++) {
            Visit visit = door.arrived(Optional.of(InetAddress.ofLiteral("192.0.2." + client)));
            visit.undecided(client == 2 ? Departure.OVERSIZE : Departure.SILENT);
            agenda.settle();
        }
        assertThat(told)
                .extracting(JournalEvent::message)
                .containsExactly("web: 1 clients not let in: silent 1; the last from 192.0.2.0");

        agenda.pass(Duration.ofMinutes(1));
        agenda.settle();

        assertThat(told.getLast().message())
                .isEqualTo("web: 2 clients not let in: silent 1, oversize 1; the last from 192.0.2.2");
        assertThat(told).hasSize(2);
        assertThat(filtered("silent")).isEqualTo(2);
    }

    private FilterDoor door(WakeFilter filter) {
        return new FilterDoor(filter, turnaways);
    }

    private static Verdict arrival(FilterDoor door, String source) {
        return door.arrived(Optional.of(InetAddress.ofLiteral(source))).look(bytes(""));
    }

    private static Verdict look(FilterDoor door, String sent) {
        return look(door, sent.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static Verdict look(FilterDoor door, byte[] sent) {
        Visit visit = door.arrived(Optional.of(InetAddress.getLoopbackAddress()));
        assertThat(visit.look(bytes(""))).isEqualTo(Verdict.UNDECIDED);
        return visit.look(ByteBuffer.wrap(sent));
    }

    private static String answer(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Verdict.TurnedAway.class);
        return StandardCharsets.ISO_8859_1
                .decode(((Verdict.TurnedAway) verdict).answer())
                .toString();
    }

    private long filtered(String reason) {
        agenda.settle();
        return tally.totals().counts().getOrDefault(new Series(Count.CLIENTS_FILTERED, "web", reason), 0L);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
