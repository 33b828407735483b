package dev.dormouse.daemon.network;

import java.util.Set;

/** What the host's own routes reach. */
interface HostRoutes {
    /** Destinations of every route but the default one; an interface's address brings a route of its own. */
    Set<Subnet> destinations();
}
