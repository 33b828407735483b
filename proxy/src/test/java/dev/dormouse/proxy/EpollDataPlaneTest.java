package dev.dormouse.proxy;

import dev.dormouse.proxy.loop.EpollDataPlane;
import org.junit.jupiter.api.Nested;

class EpollDataPlaneTest {
    @Nested
    class Relaying extends RelayContract {
        @Override
        DataPlane start(int loops) {
            return EpollDataPlane.start(loops);
        }
    }

    @Nested
    class HoldingClients extends HeldClientsContract {
        @Override
        DataPlane start(int loops) {
            return EpollDataPlane.start(loops);
        }
    }

    @Nested
    class Listening extends ListenerContract {
        @Override
        DataPlane start(int loops) {
            return EpollDataPlane.start(loops);
        }
    }

    @Nested
    class Counting extends TrafficContract {
        @Override
        DataPlane start(int loops) {
            return EpollDataPlane.start(loops);
        }
    }

    @Nested
    class GivingUp extends GivingUpContract {
        @Override
        DataPlane start(int loops) {
            return EpollDataPlane.start(loops);
        }
    }
}
