package dev.dormouse.units.journal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Events as lines of the log; their fields are in the words already. */
final class LoggedJournal implements Journal {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

    @Override
    public void tell(JournalEvent event) {
        switch (event.level()) {
            case ERROR -> LOG.error("{}", event.message());
            case WARNING -> LOG.warn("{}", event.message());
            case INFO -> LOG.info("{}", event.message());
        }
    }
}
