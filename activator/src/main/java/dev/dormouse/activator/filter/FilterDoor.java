package dev.dormouse.activator.filter;

import dev.dormouse.proxy.Doorkeeper;
import dev.dormouse.units.service.WakeFilter;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Lets in whom a wake filter is for. Thread-safe. */
public final class FilterDoor implements Doorkeeper {
    private final WakeFilter filter;
    private final Turnaways turnaways;

    /** The door of a service; whom it does not let in is counted. */
    public FilterDoor(WakeFilter filter, Turnaways turnaways) {
        this.filter = filter;
        this.turnaways = turnaways;
    }

    @Override
    public Visit arrived(Optional<InetAddress> source) {
        return new FilterVisit(source);
    }

    private final class FilterVisit implements Visit {
        private final Optional<InetAddress> source;
        private final FirstBytes firstBytes = new FirstBytes(filter);
        /** They are not read again while more of them are waited for. */
        private boolean right;

        FilterVisit(Optional<InetAddress> source) {
            this.source = source;
        }

        @Override
        public Verdict look(ByteBuffer sent) {
            if (!isFromAllowed()) {
                return turnedAway(new Finding.Refused(Reason.SOURCE));
            }
            if (!filter.readsBytes()) {
                return Verdict.ADMITTED;
            }
            if (!sent.hasRemaining()) {
                return Verdict.UNDECIDED;
            }
            if (right) {
                return enough(sent);
            }
            return switch (firstBytes.judge(sent)) {
                case Finding.Right _ -> {
                    right = true;
                    yield enough(sent);
                }
                case Finding.Open _ -> Verdict.UNDECIDED;
                case Finding.Refused refused -> turnedAway(refused);
            };
        }

        private Verdict enough(ByteBuffer sent) {
            return sent.remaining() < filter.minBytes().orElse(0) ? Verdict.UNDECIDED : Verdict.ADMITTED;
        }

        /** The client of a unix socket has no address; who may connect is what the file's mode says. */
        private boolean isFromAllowed() {
            return filter.from().isEmpty()
                    || source.isEmpty()
                    || filter.from().stream().anyMatch(network -> network.contains(source.get()));
        }

        private Verdict turnedAway(Finding.Refused refused) {
            turnaways.count(refused.reason(), source);
            return new Verdict.TurnedAway(refused.answer());
        }

        @Override
        public void undecided(Departure why) {
            turnaways.count(
                    switch (why) {
                        case SILENT -> Reason.SILENT;
                        case OVERSIZE -> Reason.OVERSIZE;
                        case CROWDED -> Reason.CROWDED;
                    },
                    source);
        }
    }
}
