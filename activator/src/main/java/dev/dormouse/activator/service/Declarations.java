package dev.dormouse.activator.service;

import dev.dormouse.activator.config.ServiceConfig;

/** How services are declared. Thread-safe. */
public interface Declarations {
    /**
     * The declaration as it is now; blocks on a small file.
     *
     * @throws dev.dormouse.activator.config.ConfigException if there is none, or it is wrong
     */
    ServiceConfig read(String name);
}
