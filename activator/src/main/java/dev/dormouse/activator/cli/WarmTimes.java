package dev.dormouse.activator.cli;

import dev.dormouse.units.service.ServiceFiles;
import dev.dormouse.units.service.ServiceNames;
import java.util.List;

/** The timer of a service that is to be kept warm at times. */
final class WarmTimes {
    private final Units units;

    WarmTimes(Units units) {
        this.units = units;
    }

    /** Has systemd wake the service at the times of its files as they are now, at once if it is such a time, and not as before. */
    void change(String service, ServiceFiles.Content before, ServiceFiles.Content now) {
        String timer = ServiceNames.warmTimer(service);
        if (before.isKeptWarm()) {
            units.stop(List.of(timer));
            if (!now.isKeptWarm()) {
                units.disable(timer);
            }
        }
        if (now.isKeptWarm()) {
            units.enable(timer);
            units.start(timer);
        }
    }
}
