/** The client of image registries: the OCI distribution specification, version 1.1, and Docker's registry version 2 before it. */
@NullMarked
package dev.dormouse.daemon.registry;

import org.jspecify.annotations.NullMarked;
